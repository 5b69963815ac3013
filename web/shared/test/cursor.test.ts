import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { apply, beginTimeline, emptyTimeline, prepend, type Entry, type Stretch, type Timeline } from "../src";
import { message } from "./entries";

const seqs = (timeline: Timeline): number[] => timeline.entries.map((entry) => entry.seq);

/** What the server holds; entries whose seq is in `hidden` are not for this reader. */
class Server {
  constructor(
    private readonly last: number,
    private readonly hidden: ReadonlySet<number>,
  ) {}

  stretch(after: number, through: number): Stretch {
    const entries: Entry[] = [];
    for (let seq = after + 1; seq <= through; seq++) if (!this.hidden.has(seq)) entries.push(message(seq));
    return { entries, after, through };
  }

  get whole(): number[] {
    return this.stretch(0, this.last).entries.map((entry) => entry.seq);
  }
}

/** A client's whole duty: apply what comes, and where something is missing ask since the cursor. */
function receive(timeline: Timeline, frame: Stretch, answer: (since: number) => Stretch): Timeline {
  const result = apply(timeline, frame);
  return result.outcome === "gap" ? apply(result.timeline, answer(timeline.cursor)).timeline : result.timeline;
}

describe("the cursor rule", () => {
  it("ends with exactly the timeline, whatever was lost, doubled or out of order on the way", () => {
    const journey = fc.record({
      cuts: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 12 }),
      hidden: fc.uniqueArray(fc.integer({ min: 1, max: 60 })),
      deliveries: fc.array(fc.nat({ max: 11 }), { maxLength: 40 }),
      lateness: fc.array(fc.nat({ max: 3 }), { minLength: 40, maxLength: 40 }),
    });
    fc.assert(
      fc.property(journey, ({ cuts, hidden, deliveries, lateness }) => {
        const ends = cuts.reduce<number[]>((sums, cut) => [...sums, (sums.at(-1) ?? 0) + cut], [0]);
        const last = ends.at(-1) ?? 0;
        const server = new Server(last, new Set(hidden));
        const frames = cuts.map((_, index) => server.stretch(ends[index] ?? 0, ends[index + 1] ?? 0));
        let timeline = emptyTimeline;
        deliveries.forEach((pick, step) => {
          const index = pick % frames.length;
          const stored = Math.min(last, (ends[index + 1] ?? 0) + (lateness[step] ?? 0));
          timeline = receive(timeline, frames[index] as Stretch, (since) => server.stretch(since, stored));
          expect(seqs(timeline)).toEqual(server.stretch(0, timeline.cursor).entries.map((entry) => entry.seq));
        });
        const reconnected = receive(timeline, server.stretch(timeline.cursor, last), (since) => server.stretch(since, last));
        expect(seqs(reconnected)).toEqual(server.whole);
        expect(reconnected.cursor).toBe(last);
      }),
      { numRuns: 300 },
    );
  });

  it("tells old news, news and a gap apart", () => {
    const timeline = beginTimeline({ entries: [message(1), message(2)], after: 0, through: 2 });
    expect(apply(timeline, { entries: [message(2)], after: 1, through: 2 }).outcome).toBe("stale");
    expect(apply(timeline, { entries: [message(3)], after: 2, through: 3 }).outcome).toBe("applied");
    expect(apply(timeline, { entries: [message(5)], after: 4, through: 5 }).outcome).toBe("gap");
  });

  it("moves the cursor over entries that the reader may not see", () => {
    const { timeline, outcome } = apply(emptyTimeline, { entries: [], after: 0, through: 4 });
    expect([outcome, timeline.cursor]).toEqual(["applied", 4]);
  });

  it("keeps an entry once when a stretch overlaps what is held", () => {
    const timeline = beginTimeline({ entries: [message(1), message(2)], after: 0, through: 2 });
    expect(seqs(apply(timeline, { entries: [message(2), message(3)], after: 1, through: 3 }).timeline)).toEqual([1, 2, 3]);
  });
});

describe("history", () => {
  const recent = beginTimeline({ entries: [message(8), message(9)], after: 7, through: 9 });

  it("is put before what is held, and remembers whether there is more", () => {
    const longer = prepend(recent, { entries: [message(6), message(7)], after: 5, through: 7, more: true });
    expect([seqs(longer), longer.start, longer.cursor]).toEqual([[6, 7, 8, 9], 5, 9]);
    const whole = prepend(longer, { entries: [message(5)], after: 4, through: 5, more: false });
    expect([seqs(whole), whole.start]).toEqual([[5, 6, 7, 8, 9], 0]);
  });

  it("is not doubled when it was asked for twice", () => {
    const page = { entries: [message(6), message(7)], after: 5, through: 7, more: true };
    expect(seqs(prepend(prepend(recent, page), page))).toEqual([6, 7, 8, 9]);
  });
});
