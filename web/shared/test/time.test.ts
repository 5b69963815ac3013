import { describe, expect, it } from "vitest";
import { sayClock, sayDay, sayTime } from "../src";

const zh = { locale: "zh-CN", zone: "Asia/Shanghai" };
const en = { locale: "en", zone: "Europe/London" };
const now = Date.parse("2026-03-02T06:00:00Z");

describe("times", () => {
  it("are relative for one hour", () => {
    expect(sayTime("2026-03-02T05:59:30Z", now, zh)).toBe("刚刚");
    expect(sayTime("2026-03-02T05:55:00Z", now, zh)).toMatch(/^5\s?分钟前$/);
    expect(sayTime("2026-03-02T05:55:00Z", now, en)).toBe("5 min. ago");
  });

  it("are the clock for the rest of the day, in the reader's zone", () => {
    expect(sayTime("2026-03-02T01:43:00Z", now, zh)).toBe("09:43");
    expect(sayTime("2026-03-02T01:43:00Z", now, en)).toBe("01:43");
    expect(sayClock("2026-03-01T16:00:00Z", zh)).toBe("00:00");
  });

  it("are the date after that, with the year when it is another one", () => {
    expect(sayTime("2026-03-01T01:43:00Z", now, zh)).toBe("3月1日");
    expect(sayTime("2025-12-31T01:43:00Z", now, zh)).toBe("2025年12月31日");
  });

  it("are never in the future, whatever the reader's clock says", () => {
    expect(sayTime("2026-03-02T06:10:00Z", now, en)).toBe("just now");
  });

  it("name the day of a timeline", () => {
    expect(sayDay("2026-03-01T20:00:00Z", now, zh)).toBe("今天");
    expect(sayDay("2026-03-01T20:00:00Z", now, en)).toBe("Yesterday");
  });
});
