import { describe, expect, it } from "vitest";
import { percent, shareOf, stateOf } from "../src/promise/promise";

describe("the promise is said to be kept or broken only where the whole interval says so", () => {
  it("stays open while the truth may lie on either side", () => {
    expect(stateOf({ judged: 0, wrong: 0, low: 0, high: 1 }, 0.02)).toBe("open");
    expect(stateOf({ judged: 300, wrong: 2, low: 0.001, high: 0.0199 }, 0.02)).toBe("kept");
    expect(stateOf({ judged: 100, wrong: 9, low: 0.05, high: 0.15 }, 0.02)).toBe("broken");
  });
});

describe("the number", () => {
  it("is taken as a percentage and refused outside what the server takes", () => {
    expect([2, 0.5, 20].map(shareOf)).toEqual([0.02, 0.005, 0.2]);
    expect([null, 0, 21, Number.NaN].map(shareOf)).toEqual([null, null, null, null]);
  });

  it("is shown without needless digits", () => {
    expect([percent(0.02), percent(0.0155), percent(0.876, 0)]).toEqual(["2%", "1.6%", "88%"]);
  });
});
