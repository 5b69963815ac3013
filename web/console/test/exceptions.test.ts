import { describe, expect, it } from "vitest";
import { fromMinor, shareOf, toMinor } from "../src/exceptions/exceptions";

describe("money is sent in the minor units of its currency", () => {
  it("knows that yuan have cents and yen have none", () => {
    expect(toMinor(35, "CNY")).toBe(3500);
    expect(toMinor(35, "JPY")).toBe(35);
  });

  it("loses no cent to binary fractions", () => {
    expect(toMinor(19.99, "CNY")).toBe(1999);
    expect(toMinor(1.15, "USD")).toBe(115);
  });

  it("comes back as it was typed", () => {
    for (const [typed, currency] of [[0.01, "CNY"], [1299.5, "EUR"], [980, "JPY"]] as const) expect(fromMinor({ amount: toMinor(typed, currency), currency })).toBe(typed);
  });
});

describe("shares", () => {
  it("are of what was decided, and of nothing are nothing", () => {
    expect(shareOf(7, 9)).toBe(78);
    expect(shareOf(0, 0)).toBe(0);
  });
});
