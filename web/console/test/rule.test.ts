import { describe, expect, it } from "vitest";
import type { RoutingRule } from "@tandem/shared";
import { fieldsOf, ruleOf } from "../src/routing/ruleFields";

const RULE: RoutingRule = {
  order: ["last_agent"], sticky_seconds: 20, sticky_days: 7, exploration: 0.05, weights: { chat: 10, ticket: 3, call: 60 },
  head_start: { tier: { 黑金: 60 }, emotion: { angry: 45, joyful: 1 }, urgency: { "3": 90 } }, again_after: 60, missed_before_away: 3, absent_after: 120, message_target: 28800,
};

describe("the rule in its form", () => {
  it("comes back as it was when nothing is changed", () => {
    expect(ruleOf(RULE, fieldsOf(RULE), RULE.order)).toEqual(RULE);
  });

  it("takes over weights, hours and tiers, and keeps what the form does not show", () => {
    const fields = { ...fieldsOf(RULE), hours: 4, weights: { chat: 20 }, tiers: [{ tier: " 银卡 ", seconds: 30 }], head_start: { tier: {}, emotion: { angry: 90 }, urgency: {} } };
    const changed = ruleOf(RULE, fields, RULE.order);
    expect(changed.message_target).toBe(14400);
    expect(changed.weights).toEqual({ chat: 20, ticket: 3, call: 60 });
    expect(changed.head_start).toEqual({ tier: { 银卡: 30 }, emotion: { angry: 90, joyful: 1 }, urgency: { "3": 90 } });
  });
});
