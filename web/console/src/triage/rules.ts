/** Rules of triage as they are edited: words as people type them, sensitivity in three steps. */

import type { TriageRules } from "@tandem/shared";

export type Reason = TriageRules["words"][number]["reason"];
export type Way = "hand_over" | "offer" | "ignore";
export type Need = "early" | "normal" | "late";

export const rulesKey = ["triage-rules"] as const;
export const LOOKED_AT = 1000;
export const NEEDS: Record<Need, number> = { early: 0.7, normal: 1, late: 1.4 };
const ENOUGH = 1;
const AGAINST = -2;
const NOT = /^[-−－]\s*/;

/** The words of one reason: "-joking" speaks against it. */
export function wordsOf(rules: TriageRules, reason: Reason): string[] {
  return rules.words.filter((word) => word.reason === reason).map((word) => (word.weight < 0 ? `-${word.words}` : word.words));
}

export function withWords(rules: TriageRules, reason: Reason, typed: readonly string[], mayOppose: boolean): TriageRules {
  const others = rules.words.filter((word) => word.reason !== reason);
  const own = typed
    .map((text) => ({ words: text.trim().replace(NOT, ""), reason, weight: NOT.test(text.trim()) && mayOppose ? AGAINST : ENOUGH }))
    .filter((word) => word.words !== "");
  return { ...rules, words: [...others, ...own] };
}

export function wayOf(rules: TriageRules, reason: Reason): Way {
  return (rules.ways as Partial<Record<Reason, Way>>)[reason] ?? "hand_over";
}

export function withWay(rules: TriageRules, reason: Reason, way: Way): TriageRules {
  return { ...rules, ways: { ...rules.ways, [reason]: way } };
}

/** The step that is nearest to what is set. */
export function needOf(rules: TriageRules, reason: Reason): Need {
  const set = (rules.needs as Partial<Record<Reason, number>>)[reason] ?? NEEDS.normal;
  return (Object.keys(NEEDS) as Need[]).reduce((best, step) => (Math.abs(NEEDS[step] - set) < Math.abs(NEEDS[best] - set) ? step : best));
}

export function withNeed(rules: TriageRules, reason: Reason, need: Need): TriageRules {
  return { ...rules, needs: { ...rules.needs, [reason]: NEEDS[need] } };
}
