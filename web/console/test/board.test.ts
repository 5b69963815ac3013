import { describe, expect, it } from "vitest";
import type { Board } from "@tandem/shared";
import { queuesOf, sumOf } from "../src/board/Queues";

const queue = (part: Partial<Board["queues"][number]>): Board["queues"][number] => ({
  id: "q", name: "", waiting: 0, waiting_since: null, messages: 0, service_level: null, abandonment: null, left: 0, target: 60, teams: [], ...part,
});
const board: Board = {
  at: "2026-11-22T09:00:00Z", waiting: 0, waiting_since: null, hours: 24, target: 60, service_level: null, abandonment: null, left: 0, messages: 0, agents: [], teams: [],
  queues: [queue({ id: "refunds", teams: ["a"] }), queue({ id: "repairs", teams: ["b", "a"] }), queue({ id: "rest" }), queue({ id: "vip", teams: ["b"] })],
};

describe("the board of a team", () => {
  it("has the queues that are given to the team and those that anybody takes from", () => {
    expect(queuesOf(board, "a").map(({ id }) => id)).toEqual(["refunds", "repairs", "rest"]);
    expect(queuesOf(board, null)).toHaveLength(4);
  });

  it("weighs each queue by how many left it, and takes the longest of the waits", () => {
    const sum = sumOf([
      queue({ waiting: 2, waiting_since: "2026-11-22T08:59:00Z", service_level: 0.5, abandonment: 0.2, left: 10 }),
      queue({ waiting: 1, waiting_since: "2026-11-22T08:50:00Z", messages: 3, service_level: 1, abandonment: 0, left: 30 }),
      queue({}),
    ]);
    expect(sum).toEqual({ target: 60, waiting: 3, messages: 3, waiting_since: "2026-11-22T08:50:00Z", left: 40, service_level: 0.875, abandonment: 0.05 });
  });

  it("tells no share of nobody", () => {
    expect(sumOf([queue({})])).toEqual({ target: 60, waiting: 0, messages: 0, waiting_since: null, left: 0, service_level: null, abandonment: null });
  });

  it("names no target for all where each queue has its own", () => {
    expect(sumOf([queue({ target: 20 }), queue({ target: 60 })]).target).toBeNull();
  });
});
