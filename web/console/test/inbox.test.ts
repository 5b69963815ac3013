import { describe, expect, it } from "vitest";
import { alarmOf } from "../src/inbox/alerting";
import { Rows } from "../src/inbox/rows";
import { belongs, newer } from "../src/inbox/views";
import { pressureOf, sayWait, waitedSeconds } from "../src/inbox/waitingTime";
import { conversation, withMe, withTom } from "./people";

describe("which view a conversation belongs to", () => {
  it("is mine only when I own it", () => {
    expect(belongs(conversation(withMe), "mine", "wang")).toBe(true);
    expect(belongs(conversation(withTom), "mine", "wang")).toBe(false);
    expect(belongs(conversation({ owner: "queue" }), "unassigned", "wang")).toBe(true);
    expect(belongs(conversation({ owner: "closed" }), "all", "wang")).toBe(false);
    expect(belongs(conversation({ owner: "closed" }), "closed", "wang")).toBe(true);
  });
});

describe("a row", () => {
  it("is not put back by older news that arrives late", () => {
    const now = conversation({ version: 3, last_seq: 9 });
    expect(newer(now, conversation({ version: 2, last_seq: 8 }))).toBe(now);
    expect(newer(now, conversation({ version: 3, last_seq: 8 }))).toBe(now);
    expect(newer(now, conversation({ version: 3, last_seq: 10 })).last_seq).toBe(10);
  });

  it("has nothing unread once its owner has read to the end", () => {
    const rows = new Rows();
    rows.keep([conversation({ ...withMe, last_seq: 5, unread: 2 })], rows.moment);
    rows.markRead("c1", "agent", 4);
    expect(rows.get("c1")?.unread).toBe(2);
    rows.markRead("c1", "agent", 5);
    expect(rows.get("c1")?.unread).toBe(0);
  });

  it("keeps what was heard while an older answer was on its way, and is found among the news of that time", () => {
    const rows = new Rows();
    rows.keep([conversation()], rows.moment);
    const asked = rows.moment;
    rows.hear(conversation({ tags: ["urgent"] }));
    rows.hear(conversation({ id: "c2" }));
    rows.keep([conversation()], asked);
    expect(rows.get("c1")?.tags).toEqual(["urgent"]);
    expect(rows.since(asked).map(({ id }) => id)).toEqual(["c2", "c1"]);
    rows.keep([conversation({ last_seq: 4 })], asked);
    expect(rows.get("c1")?.last_seq).toBe(4);
    rows.keep([conversation({ last_seq: 4, tags: ["later"] })], rows.moment);
    expect(rows.get("c1")?.tags).toEqual(["later"]);
  });
});

describe("what is heard", () => {
  const queued = conversation({ owner: "queue" });
  it("is a customer who is new in the queue, once", () => {
    expect(alarmOf(queued, conversation(), "wang")).toBe("waiting");
    expect(alarmOf(queued, undefined, "wang")).toBe("waiting");
    expect(alarmOf({ ...queued, unread: 2 }, queued, "wang")).toBeNull();
  });

  it("is new words for me or a conversation given to me, not those of colleagues", () => {
    expect(alarmOf(conversation({ ...withMe, unread: 1 }), conversation(withMe), "wang")).toBe("reply");
    expect(alarmOf(conversation(withMe), conversation(withTom), "wang")).toBe("reply");
    expect(alarmOf(conversation({ ...withTom, unread: 1 }), conversation(withTom), "wang")).toBeNull();
    expect(alarmOf(conversation(withMe), queued, "wang")).toBeNull();
  });
});

describe("the waiting clock", () => {
  it("ticks in minutes, then hours, then days", () => {
    expect([0, 134, 3600 + 62, 90_000].map(sayWait)).toEqual(["00:00", "02:14", "1:01:02", "1d 1h"]);
  });

  it("presses after one minute and is overdue after two", () => {
    expect([59, 60, 119, 120].map(pressureOf)).toEqual(["none", "amber", "amber", "red"]);
  });

  it("never runs backwards when this machine's clock is behind the server's", () => {
    expect(waitedSeconds("2026-07-11T09:00:10Z", Date.parse("2026-07-11T09:00:00Z"))).toBe(0);
  });
});
