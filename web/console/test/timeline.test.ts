import { describe, expect, it } from "vitest";
import type { Clock, Entry } from "@tandem/shared";
import { countNews, layOut } from "../src/conversation/timelineItems";
import { Feed, type Older } from "../src/live/feed";
import { entry, said } from "./people";

const zone = { locale: "zh-CN", zone: "Asia/Shanghai" };
const lookedUp = { type: "skill_called", skill: "order", title: "订单", arguments: {}, outcome: "ok", summary: "", ms: 5, writes: false } as const;

describe("how a timeline is drawn", () => {
  it("folds look-ups that follow each other into one line", () => {
    const items = layOut([entry(1, "customer", said("?")), entry(2, "assistant", lookedUp), entry(3, "assistant", lookedUp), entry(4, "assistant", said("!"))], zone);
    expect(items.map(({ kind }) => kind)).toEqual(["day", "said", "skills", "said"]);
  });

  it("names a voice once in a run, and again after a pause or when the voice changes", () => {
    const items = layOut([entry(1, "customer", said("a"), 0), entry(2, "customer", said("b"), 1), entry(3, "assistant", said("c"), 2), entry(4, "assistant", said("d"), 20)], zone);
    expect(items.flatMap((item) => (item.kind === "said" ? [item.first] : []))).toEqual([true, false, true, true]);
  });

  it("shows a seam wherever the owner changes, and begins a new day where the reader's day begins", () => {
    const items = layOut([entry(1, "system", { type: "handed_off", reason: "complaint", packet: null }), entry(2, "agent", { type: "accepted", packet: null }, 8 * 60)], zone);
    expect(items.map(({ kind }) => kind)).toEqual(["day", "seam", "day", "seam"]);
  });

  it("counts as new what somebody else said since one looked", () => {
    const entries = [entry(1, "customer", said("a")), entry(2, "agent", said("mine")), entry(3, "customer", said("b")), entry(4, "system", { type: "accepted", packet: null })];
    expect(countNews(entries, 0, "wang")).toBe(2);
    expect(countNews(entries, 1, "wang")).toBe(1);
  });
});

/** A server that holds `all` and answers as docs/protocol.md says, 2 entries a page. */
function server(all: readonly Entry[]): { asked: string[]; source: ConstructorParameters<typeof Feed>[1] } {
  const asked: string[] = [];
  const page = (entries: readonly Entry[], after: number, through: number, more: boolean): Promise<Older> => Promise.resolve({ entries, after, through, more });
  return {
    asked,
    source: {
      since: (_, seq) => (asked.push(`since ${seq}`), page(all.filter((it) => it.seq > seq), seq, all.length, false)),
      before: (_, seq) => (asked.push(`before ${seq}`), page(all.filter((it) => it.seq < seq && it.seq >= seq - 2), Math.max(0, seq - 3), seq - 1, seq > 3)),
    },
  };
}

const still: Clock = { now: () => 0, after: () => () => {}, random: () => 0 };
const seqs = (feed: Feed): number[] => feed.state.timeline.entries.map((it) => it.seq);

describe("the copy of a timeline", () => {
  const all = [1, 2, 3, 4, 5, 6].map((seq) => entry(seq, "customer", said(String(seq))));

  it("reaches an entry that is asked for before the newest part is here, or while an older part is on its way", async () => {
    const feed = new Feed("c1", server(all).source, still, () => {});
    const early = feed.reach(6);
    await feed.begin(6);
    expect(await early).toBe(true);
    void feed.loadOlder();
    expect(await feed.reach(1)).toBe(true);
    expect(await feed.reach(7)).toBe(false);
  });

  it("begins at the newest part and grows upward to the first entry", async () => {
    const feed = new Feed("c1", server(all).source, still, () => {});
    await feed.begin(6);
    expect(seqs(feed)).toEqual([5, 6]);
    await feed.loadOlder();
    await feed.loadOlder();
    expect(seqs(feed)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(feed.hasOlder).toBe(false);
  });

  it("asks since its cursor when a frame shows that something was missed, once for a burst", async () => {
    const { asked, source } = server(all);
    const feed = new Feed("c1", source, still, () => {});
    await feed.begin(2);
    feed.receive({ entries: [all[4]!], after: 4, through: 5 });
    feed.receive({ entries: [all[5]!], after: 5, through: 6 });
    await feed.catchUp();
    expect(seqs(feed)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(asked.filter((question) => question.startsWith("since"))).toEqual(["since 2"]);
  });

  it("loads history until the entry that a fact cites is there", async () => {
    const feed = new Feed("c1", server(all).source, still, () => {});
    await feed.begin(6);
    expect(await feed.reach(2)).toBe(true);
    expect(seqs(feed)).toContain(2);
    expect(await feed.reach(99)).toBe(false);
  });

  it("takes the assistant's draft away when its answer is there", async () => {
    const feed = new Feed("c1", server(all.slice(0, 2)).source, still, () => {});
    await feed.begin(2);
    feed.showDraft("t", "有货，");
    feed.receive({ entries: [entry(3, "assistant", said("有货，12 台"))], after: 2, through: 3 });
    expect(feed.state.draft).toBeNull();
  });

  it("says that it failed, and can begin again", async () => {
    const good = server(all).source;
    let broken = true;
    const feed = new Feed("c1", { ...good, before: (id, seq) => (broken ? Promise.reject(new TypeError("network")) : good.before(id, seq)) }, still, () => {});
    await feed.begin(6);
    expect(feed.state.status).toBe("failed");
    broken = false;
    await feed.begin(6);
    expect(seqs(feed)).toEqual([5, 6]);
  });
});
