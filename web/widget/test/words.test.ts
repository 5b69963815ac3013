import { describe, expect, it } from "vitest";
import * as cards from "../src/parts/cards.words";
import * as wait from "../src/parts/wait.words";
import { localeOf } from "../src/words/words";
import { words as zh } from "../src/words/zh";

describe("the words", () => {
  it("are Chinese for every kind of Chinese and English for all others", () => {
    for (const locale of ["zh", "zh-CN", "zh-Hant-TW", "ZH-cn"]) expect(localeOf(locale)).toBe("zh-CN");
    for (const locale of ["en", "en-GB", "fr", "", "zhx"]) expect(localeOf(locale)).toBe("en");
  });

  it("give the wait as a range, never as a promise of seconds", () => {
    expect([wait.ZH.estimate(60, 180), wait.EN.estimate(60, 180)]).toEqual(["预计 1–3 分钟", "About 1–3 min"]);
    expect([wait.ZH.estimate(100, 130), wait.EN.estimate(100, 130)]).toEqual(["预计约 2 分钟", "About 2 min"]);
    expect([wait.ZH.estimate(5, 40), wait.EN.estimate(5, 40)]).toEqual(["预计不到 1 分钟", "Less than a minute"]);
  });

  it("address Chinese customers with 您", () => {
    const say = (word: unknown): string => (typeof word === "object" ? Object.values(word ?? {}).map(say).join("") : String(word));
    expect(say([zh, cards.ZH, wait.ZH])).not.toMatch(/你|亲/);
  });
});
