/** Which figures a way to judge gives, which way is better, and what two of the same kind differ in. */

import type { Evaluation } from "@tandem/shared";

export type Kind = Evaluation["kind"];
export type Role = Evaluation["files"][number]["role"];
type Better = "more" | "less" | "neither";
export type Figure = { name: string; better: Better };
export type Difference = Figure & { first: number | null; second: number | null; verdict: "better" | "worse" | "same" | "neither" };

export const evaluationsKey = ["evaluations"] as const;

/** In the order in which they are told. */
export const FIGURES: Record<Kind, readonly Figure[]> = {
  intents: figures("accuracy+ macro_f1+ in_scope_accuracy+ oos_recall+ auroc+ ece- ms_p50-"),
  answers: figures("hit_at_1+ hit_at_3+ answer_rate+ wrong_of_answered- abstain_recall+ clarify_rate ms_p50- by_meaning"),
  handoff: figures("recall+ precision+ explicit_recall+ critical_recall+ false_handoff_rate- offered_rate reason_accuracy+ emotion_macro_f1+ dialogues ms_p50- model_asked model_failed-"),
  loop: figures("automated+ wrong_of_automated- automated_last_fifth+ wrong_of_automated_last_fifth- human_answers-"),
  dialogues: figures("passed+ passed_every_time+ dialogues repeats model_asked model_failed-"),
};
export const KINDS = Object.keys(FIGURES) as Kind[];

/** The files a way to judge takes; `many`: several may be given. */
export const FILES: Record<Kind, readonly { role: Role; needed: boolean; many: boolean; accept: string }[]> = {
  intents: [one("train", ".csv"), one("test", ".csv")],
  answers: [one("queries", ".jsonl,.json"), { ...one("entries", ".json"), needed: false }],
  handoff: [one("dialogues", ".jsonl,.json")],
  loop: [one("stream", ".csv")],
  dialogues: [{ ...one("conversations", ".yaml,.yml,.json"), many: true }],
};

const COUNTS = new Set(["dialogues", "repeats", "human_answers", "model_asked", "model_failed"]);

function figures(told: string): Figure[] {
  return told.split(" ").map((it) => ({ name: it.replace(/[+-]$/, ""), better: it.endsWith("+") ? "more" : it.endsWith("-") ? "less" : "neither" }));
}

function one(role: Role, accept: string): { role: Role; needed: boolean; many: boolean; accept: string } {
  return { role, needed: true, many: false, accept };
}

export function sayFigure(name: string, value: number | null | undefined, locale: string): string {
  if (value === null || value === undefined) return "—";
  if (name.startsWith("ms_")) return `${new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(value)} ms`;
  if (COUNTS.has(name)) return new Intl.NumberFormat(locale).format(value);
  return new Intl.NumberFormat(locale, { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(value);
}

/** What the second has that the first has not, figure by figure. */
export function differences(first: Evaluation, second: Evaluation): Difference[] {
  return FIGURES[first.kind].map((figure) => {
    const before = first.figures[figure.name] ?? null;
    const after = second.figures[figure.name] ?? null;
    return { ...figure, first: before, second: after, verdict: verdict(figure.better, before, after) };
  });
}

function verdict(better: Better, before: number | null, after: number | null): Difference["verdict"] {
  if (before === null || after === null || better === "neither") return "neither";
  if (before === after) return "same";
  return after > before === (better === "more") ? "better" : "worse";
}

type Mistake = Evaluation["mistakes"][number];

/** Mistakes of the one that the other has not made on the same thing. */
export function onlyIn(one: Evaluation, other: Evaluation): Mistake[] {
  const key = ({ where, said }: Mistake): string => `${where.split(" · ").slice(0, 2).join(" · ")}\n${said}`;
  const made = new Set(other.mistakes.map(key));
  const seen = new Set<string>();
  return one.mistakes.filter((it) => !made.has(key(it)) && !seen.has(key(it)) && seen.add(key(it)));
}

export function isUnderWay({ state }: Pick<Evaluation, "state">): boolean {
  return state === "waiting" || state === "running";
}
