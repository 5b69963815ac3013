import { describe, expect, it } from "vitest";
import type { Phrase } from "@tandem/shared";
import { fill, fitting, gapIn, triggerAt } from "../src/conversation/phrases";

function phrase(shortcut: string, lang: Phrase["lang"] = "", text = "…"): Phrase {
  return { id: shortcut, shortcut, lang, title: "", text, mine: true, used: 0 };
}

describe("what a sign offers", () => {
  it("begins at a slash or an at-sign that begins a word", () => {
    expect(triggerAt("/退", 2, "/@")).toEqual({ sign: "/", start: 0, typed: "退" });
    expect(triggerAt("您好，/hi", 6, "/@")).toEqual({ sign: "/", start: 3, typed: "hi" });
    expect(triggerAt("请 @李", 4, "/@")).toEqual({ sign: "@", start: 2, typed: "李" });
  });

  it("does not begin within a date, an address or a word, nor where the sign means nothing", () => {
    expect(triggerAt("7/11", 4, "/@")).toBeNull();
    expect(triggerAt("https://a", 9, "/@")).toBeNull();
    expect(triggerAt("a@b", 3, "/@")).toBeNull();
    expect(triggerAt("@李", 2, "/")).toBeNull();
    expect(triggerAt("/退 货", 4, "/")).toBeNull();
  });

  it("puts shortcuts that begin so first, then those of the customer's language, and keeps the order of use", () => {
    const all = [phrase("bye"), phrase("refund-en", "en"), phrase("refund-zh", "zh"), phrase("x", "", "refund in words")];
    expect(fitting(all, "ref", "zh").map(({ id }) => id)).toEqual(["refund-zh", "refund-en", "x"]);
  });
});

describe("a phrase in a conversation", () => {
  it("shows what is missing as a gap to be filled and never sends a bare variable", () => {
    const text = fill("{customer}您好，订单 {order}", { customer: "林女士" }, () => "订单号");
    expect(text).toBe("林女士您好，订单 【订单号】");
    expect(gapIn(text)).toEqual([9, 14]);
    expect(gapIn("没有缺的")).toBeNull();
  });
});
