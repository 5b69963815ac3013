import { describe, expect, it } from "vitest";
import { emptyArrangement, left, listed, neighbour, risen, settle } from "../src/inbox/arrangement";

const abc = listed(emptyArrangement, ["a", "b", "c"], true);

describe("the list never moves under a pointer", () => {
  it("keeps a new row behind the pill while somebody points at the list, newest first", () => {
    const held = risen(risen(abc, "x", true), "y", true);
    expect(held.shown).toEqual(["a", "b", "c"]);
    expect(held.waiting).toEqual(["y", "x"]);
    expect(settle(held).shown).toEqual(["y", "x", "a", "b", "c"]);
  });

  it("counts a row that rises twice once", () => {
    expect(risen(risen(abc, "c", true), "c", true).waiting).toEqual(["c"]);
  });

  it("moves a row up and leaves no second one behind", () => {
    expect(risen(abc, "c", false).shown).toEqual(["c", "a", "b"]);
  });

  it("leaves a row that belongs elsewhere now in its place, marked, until the pointer is away", () => {
    const held = left(abc, "b", true);
    expect(held.shown).toEqual(["a", "b", "c"]);
    expect(held.gone.has("b")).toBe(true);
    expect(settle(held).shown).toEqual(["a", "c"]);
  });

  it("brings back a row that left and came again", () => {
    const back = risen(left(abc, "b", true), "b", true);
    expect(back.gone.has("b")).toBe(false);
    expect(settle(back).shown).toEqual(["b", "a", "c"]);
  });

  it("forgets a new row that was gone before anybody saw it", () => {
    expect(settle(left(risen(abc, "x", true), "x", true)).shown).toEqual(["a", "b", "c"]);
  });

  it("changes nothing, not even the object, when there is nothing to settle", () => {
    expect(settle(abc)).toBe(abc);
  });
});

describe("pages and steps", () => {
  it("adds a further page below without showing a shifted row twice", () => {
    expect(listed(abc, ["c", "d"], false).shown).toEqual(["a", "b", "c", "d"]);
  });

  it("steps from row to row, begins at the first and stops at the ends", () => {
    expect(neighbour(abc.shown, null, 1)).toBe("a");
    expect(neighbour(abc.shown, "a", 1)).toBe("b");
    expect(neighbour(abc.shown, "a", -1)).toBeNull();
    expect(neighbour(abc.shown, "c", 1)).toBeNull();
    expect(neighbour(abc.shown, "not listed any more", 1)).toBe("a");
  });
});
