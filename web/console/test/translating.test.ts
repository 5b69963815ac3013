import { describe, expect, it } from "vitest";
import { intoFor, spokenIn } from "../src/conversation/translating";

describe("what is offered to be translated", () => {
  it.each([
    ["我的订单 TD20260101 到哪了", "zh"], ["Where is my order?", "en"], ["TD20260101", null], ["13800138000", null], ["👍", null],
  ] as const)("%s is %s", (text, spoken) => expect(spokenIn(text)).toBe(spoken));

  it("is nothing that is in the wanted language already, or is wanted in one that nobody can give", () => {
    expect(intoFor("你好", "zh")).toBeNull();
    expect(intoFor("你好", "en")).toBe("en");
    expect(intoFor("你好", "")).toBeNull();
  });
});
