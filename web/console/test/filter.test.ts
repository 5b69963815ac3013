import { describe, expect, it } from "vitest";
import { filterIn, fits, placeOf, trimmed } from "../src/inbox/filter";
import { laters } from "../src/inbox/snoozing";
import { belongs } from "../src/inbox/views";
import { conversation, withMe, withTom } from "./people";

const NOW = Date.parse("2026-07-11T10:00:00Z");

describe("a filter in an address", () => {
  it("comes back as it went, in any script", () => {
    const filter = { tier: "黑金会员", owner: ["queue" as const], waiting_over: 300 };
    expect(filterIn(placeOf(filter))).toEqual(filter);
    expect(placeOf(filter)).toMatch(/^filter-[\w-]+$/);
  });

  it("is the same address for the same filter, however it was put together", () => {
    expect(placeOf({ agent: "a", tags: [], language: null })).toBe(placeOf({ agent: "a" }));
    expect(trimmed({ unread: null, emotion: [] })).toEqual({});
  });

  it("is nothing when somebody made it up", () => {
    expect(filterIn("filter-%%%")).toBeNull();
    expect(filterIn("filter-W10")).toBeNull();
    expect(filterIn("mine")).toBeNull();
  });
});

describe("what fits a filter", () => {
  const angry = conversation({ ...withTom, emotion: "angry", tags: ["t1"], waiting_since: "2026-07-11T09:50:00Z", unread: 1 });
  it("has all that is set", () => {
    expect(fits(angry, {}, NOW)).toBe(true);
    expect(fits(angry, { emotion: ["angry"], tags: ["t1", "t2"], agent: "tom", waiting_over: 300, unread: true }, NOW)).toBe(true);
    expect(fits(angry, { emotion: ["angry"], agent: "wang" }, NOW)).toBe(false);
    expect(fits(angry, { waiting_over: 900 }, NOW)).toBe(false);
    expect(fits(angry, { snoozed: true }, NOW)).toBe(false);
    expect(fits(conversation(), { agent: "none" }, NOW)).toBe(true);
  });
});

describe("what is put aside", () => {
  const aside = conversation({ ...withMe, snoozed_until: "2026-07-12T09:00:00Z" });
  it("leaves my list for its own until it wakes", () => {
    expect(belongs(aside, "mine", "wang")).toBe(false);
    expect(belongs(aside, "snoozed", "wang")).toBe(true);
    expect(belongs(aside, "all", "wang")).toBe(true);
  });

  it("is never offered a time that is past", () => {
    expect(laters(new Date(2026, 6, 11, 19, 0)).map(({ key }) => key)).toEqual(["hour", "tomorrow", "monday"]);
    const monday = laters(new Date(2026, 6, 13, 8, 0)).find(({ key }) => key === "monday");
    expect(monday?.at.getDate()).toBe(20);
  });
});
