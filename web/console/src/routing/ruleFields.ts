/** The rule as its form has it, and back. */

import type { RoutingRule } from "@tandem/shared";

export const NUMBERS = ["sticky_seconds", "sticky_days", "again_after", "missed_before_away", "absent_after"] as const;
export const KINDS = ["chat", "ticket", "call"] as const;
/** Where in the rule a head start stands, and its word. */
export const STARTS = [
  { of: "emotion", at: "angry", word: "angry" },
  { of: "emotion", at: "disappointed", word: "disappointed" },
  { of: "emotion", at: "anxious", word: "anxious" },
  { of: "urgency", at: "2", word: "urgent" },
  { of: "urgency", at: "3", word: "most_urgent" },
] as const;

export type Fields = Pick<RoutingRule, (typeof NUMBERS)[number] | "weights" | "head_start"> & {
  percent: number;
  hours: number;
  tiers: { tier: string; seconds: number }[];
};

export function fieldsOf(rule: RoutingRule): Fields {
  const tiers = Object.entries(rule.head_start.tier).map(([tier, seconds]) => ({ tier, seconds }));
  return { ...rule, percent: rule.exploration * 100, hours: rule.message_target / 3600, tiers };
}

/** What the form does not show stays as it was. */
export function ruleOf(before: RoutingRule, { percent, hours, tiers, weights, head_start, ...numbers }: Fields, order: RoutingRule["order"]): RoutingRule {
  return {
    ...before, ...numbers, order, exploration: percent / 100, message_target: Math.round(hours * 3600),
    weights: { ...before.weights, ...weights },
    head_start: {
      emotion: { ...before.head_start.emotion, ...head_start.emotion },
      urgency: { ...before.head_start.urgency, ...head_start.urgency },
      tier: Object.fromEntries(tiers.map(({ tier, seconds }) => [tier.trim(), seconds])),
    },
  };
}
