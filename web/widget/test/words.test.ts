import { describe, expect, it } from "vitest";
import { words as en } from "../src/words/en";
import { localeOf } from "../src/words/words";
import { words as zh } from "../src/words/zh";

describe("the words", () => {
  it("are Chinese for every kind of Chinese and English for all others", () => {
    for (const locale of ["zh", "zh-CN", "zh-Hant-TW", "ZH-cn"]) expect(localeOf(locale)).toBe("zh-CN");
    for (const locale of ["en", "en-GB", "fr", "", "zhx"]) expect(localeOf(locale)).toBe("en");
  });

  it("give the wait as a range, never as a promise of seconds", () => {
    expect([zh.estimate(60, 180), en.estimate(60, 180)]).toEqual(["预计 1–3 分钟", "About 1–3 min"]);
    expect([zh.estimate(100, 130), en.estimate(100, 130)]).toEqual(["预计约 2 分钟", "About 2 min"]);
    expect([zh.estimate(5, 40), en.estimate(5, 40)]).toEqual(["预计不到 1 分钟", "Less than a minute"]);
  });

  it("address Chinese customers with 您", () => {
    const all = Object.values(zh).map((word) => (typeof word === "function" ? word.toString() : String(word)));
    expect(all.join("")).not.toMatch(/你|亲/);
  });
});
