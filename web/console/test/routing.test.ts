import { describe, expect, it } from "vitest";
import { readHolidays, readSpans, sayWeek, writeSpans } from "../src/routing/settings";
import { secondsLeft } from "../src/routing/why";

describe("opening hours as they are typed", () => {
  it("are read in the ways people write them, and written in one", () => {
    const spans = readSpans("9:00-12:00，13:00–18:00");
    expect(spans).toEqual([{ start: 540, end: 720 }, { start: 780, end: 1080 }]);
    expect(writeSpans(spans ?? [])).toBe("09:00-12:00, 13:00-18:00");
    expect(readSpans("")).toEqual([]);
    expect(readSpans("00:00-24:00")).toEqual([{ start: 0, end: 1440 }]);
  });

  it.each(["9-12", "12:00-09:00", "09:00-25:00", "09:70-10:00", "09:00-12:00, 11:00-13:00", "morning"])("refuse %s", (text) => {
    expect(readSpans(text)).toBeNull();
  });

  it("take holidays with and without hours of their own", () => {
    expect(readHolidays("2026-10-01 国庆\n2026-10-10 09:00-18:00 调休\n2026-12-25")).toEqual([
      { on: "2026-10-01", name: "国庆", spans: [] },
      { on: "2026-10-10", name: "调休", spans: [{ start: 540, end: 1080 }] },
      { on: "2026-12-25", name: "", spans: [] },
    ]);
    expect(readHolidays("Christmas")).toBeNull();
  });
});

describe("a week of hours in one line", () => {
  const name = (day: number): string => ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][day] ?? "";

  it("takes days in a row with the same hours together, and leaves closed days out", () => {
    const day = [{ start: 540, end: 1080 }];
    expect(sayWeek([day, day, day, day, day, [{ start: 600, end: 840 }], []], name)).toBe("Mon–Fri 09:00-18:00 · Sat 10:00-14:00");
    expect(sayWeek(Array(7).fill(day), name)).toBe("Mon–Sun 09:00-18:00");
    expect(sayWeek(Array(7).fill([]), name)).toBe("");
  });
});

describe("the countdown of an offer", () => {
  it("ends at nothing and never goes below", () => {
    const until = "2026-11-23T02:00:25Z";
    expect(secondsLeft(until, Date.parse("2026-11-23T02:00:00Z"))).toBe(25);
    expect(secondsLeft(until, Date.parse("2026-11-23T02:00:24.400Z"))).toBe(1);
    expect(secondsLeft(until, Date.parse("2026-11-23T02:01:00Z"))).toBe(0);
  });
});
