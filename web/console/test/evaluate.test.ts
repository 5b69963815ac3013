import { describe, expect, it } from "vitest";
import type { Evaluation } from "@tandem/shared";
import { differences, FIGURES, onlyIn, sayFigure } from "../src/evaluate/figures";

function evaluation(part: Partial<Evaluation>): Evaluation {
  return {
    id: "e", kind: "answers", name: "", by_name: "", files: [], choices: { oos_label: "", max_wrong: 0, seed: 0, repeats: 3 }, state: "done", done: 0, total: 0, articles: 0, figures: {}, mistakes: [], more_mistakes: 0, wrong: null, why: null,
    created_at: "2026-07-11T09:00:00Z", ended_at: null, ...part,
  };
}

function mistake(where: string, said = "怎么退"): Evaluation["mistakes"][number] {
  return { where, said, expected: "a", found: "b" };
}

describe("two evaluations are compared", () => {
  it("calls more hits better and more wrong answers worse, and takes no side where neither is", () => {
    const told = differences(evaluation({ figures: { hit_at_1: 0.5, wrong_of_answered: 0.02, clarify_rate: 0.1 } }), evaluation({ figures: { hit_at_1: 0.6, wrong_of_answered: 0.03, clarify_rate: 0.2 } }));
    expect(Object.fromEntries(told.map(({ name, verdict }) => [name, verdict]))).toMatchObject({ hit_at_1: "better", wrong_of_answered: "worse", clarify_rate: "neither" });
  });

  it("does not compare what could not be counted", () => {
    expect(differences(evaluation({ figures: { hit_at_1: null } }), evaluation({ figures: { hit_at_1: 0.6 } }))[0]?.verdict).toBe("neither");
  });

  it("lists only mistakes that the other one has not made", () => {
    expect(onlyIn(evaluation({ mistakes: [mistake("1"), mistake("2")] }), evaluation({ mistakes: [mistake("2")] })).map(({ where }) => where)).toEqual(["1"]);
  });

  it("counts the same step of a conversation once, whichever run it was", () => {
    const twice = evaluation({ kind: "dialogues", mistakes: [mistake("退货 · 2 · 1/3"), mistake("退货 · 2 · 3/3")] });
    expect(onlyIn(twice, evaluation({ kind: "dialogues" }))).toHaveLength(1);
    expect(onlyIn(twice, evaluation({ kind: "dialogues", mistakes: [mistake("退货 · 2 · 2/3")] }))).toHaveLength(0);
  });
});

describe("figures are said as what they are", () => {
  it("tells shares, times and numbers apart", () => {
    expect(sayFigure("hit_at_1", 0.6123, "en")).toBe("61.2%");
    expect(sayFigure("ms_p50", 0.412, "en")).toBe("0.41 ms");
    expect(sayFigure("human_answers", 4021, "en")).toBe("4,021");
    expect(sayFigure("recall", null, "en")).toBe("—");
  });

  it("has the most telling ones first, for the list", () => {
    expect(FIGURES.answers.slice(0, 3).map(({ name }) => name)).toEqual(["hit_at_1", "hit_at_3", "answer_rate"]);
  });
});
