import { describe, expect, it } from "vitest";
import type { TriageRules } from "@tandem/shared";
import { needOf, wayOf, withNeed, withWay, withWords, wordsOf } from "../src/triage/rules";

const none: TriageRules = { words: [], ways: {}, needs: {} } as unknown as TriageRules;

describe("words as people type them", () => {
  it("speak for a reason, or against it with a minus in front", () => {
    const rules = withWords(none, "anger", ["骗子", " - just kidding ", "－玩笑", "  "], true);
    expect(rules.words.map((word) => [word.words, word.weight > 0])).toEqual([["骗子", true], ["just kidding", false], ["玩笑", false]]);
    expect(wordsOf(rules, "anger")).toEqual(["骗子", "-just kidding", "-玩笑"]);
  });

  it("never speak against what must not be suppressed, and leave other reasons alone", () => {
    const rules = withWords(withWords(none, "anger", ["a"], true), "safety", ["-smoke"], false);
    expect(wordsOf(rules, "safety")).toEqual(["smoke"]);
    expect(wordsOf(rules, "anger")).toEqual(["a"]);
  });
});

describe("what follows and how soon", () => {
  it("is handing over at the normal step until it is changed", () => {
    expect([wayOf(none, "anger"), needOf(none, "anger")]).toEqual(["hand_over", "normal"]);
    expect(wayOf(withWay(none, "anger", "offer"), "anger")).toBe("offer");
    expect(needOf(withNeed(none, "anger", "late"), "anger")).toBe("late");
  });
});
