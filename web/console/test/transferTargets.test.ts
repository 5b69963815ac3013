import { describe, expect, it } from "vitest";
import type { Colleague } from "@tandem/shared";
import { byReadiness, inOrder } from "../src/conversation/transferTargets";

const colleague = (id: string, state: Colleague["state"], open: number): Colleague => ({ id, name: id, role: "agent", state, open, reason: "", wrap_up_until: null });
const ids = (items: readonly { id: string }[]): string[] => items.map(({ id }) => id);

describe("those to whom a conversation can be given", () => {
  it("stand in the order of who is there and has least to do", () => {
    expect(ids(byReadiness([colleague("away", "offline", 0), colleague("full", "online", 4), colleague("free", "online", 1), colleague("pause", "break", 0)]))).toEqual(["free", "full", "pause", "away"]);
  });

  it("stay where they are while one looks, whatever becomes of them; who comes stands behind", () => {
    const order = ids(byReadiness([colleague("tom", "online", 1), colleague("wang", "online", 2)]));
    expect(ids(inOrder([colleague("new", "online", 0), colleague("wang", "online", 0), colleague("tom", "offline", 5)], order))).toEqual(["tom", "wang", "new"]);
  });
});
