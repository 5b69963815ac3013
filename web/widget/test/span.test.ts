import { describe, expect, it } from "vitest";
import { earlier, later, MOST, spanAround, spanAtEnd, trimmed, within } from "../src/span";
import { customer, entry, message } from "./entries";

const entries = Array.from({ length: 10_000 }, (_, index) => entry(index + 1, customer, message("x")));

describe("a timeline of 10,000 entries", () => {
  it("shows the newest first", () => {
    expect(within(entries, spanAtEnd(entries)).at(-1)?.seq).toBe(10_000);
  });

  it("can be read up to its beginning and down to its end with few entries on the page at any time", () => {
    const met = new Set<number>();
    let span = spanAtEnd(entries);
    const look = (): void => {
      const shown = within(entries, span);
      expect(shown.length).toBeLessThanOrEqual(MOST);
      shown.forEach((one) => met.add(one.seq));
    };
    for (look(); span.first > 0; look()) span = earlier(entries, span);
    expect(met.size).toBe(10_000);
    expect(span.last).toBeLessThan(10_000);
    for (; span.last !== Infinity; look()) span = later(entries, span);
    expect(within(entries, span).at(-1)?.seq).toBe(10_000);
  });

  it("does not grow on the page while new entries come in", () => {
    const span = { first: 5_000, last: Infinity };
    const shown = within(entries, trimmed(entries, span));
    expect([shown.length, shown.at(-1)?.seq]).toEqual([MOST, 10_000]);
  });

  it("comes back to where the reader was", () => {
    const shown = within(entries, spanAround(entries, 4_000)).map((one) => one.seq);
    expect(shown).toContain(4_000);
    expect(shown.length).toBeLessThanOrEqual(MOST);
  });
});
