import { describe, expect, it } from "vitest";
import { rowsOf, type Row } from "../src/rows";
import { agent, assistant, customer, entry, message } from "./entries";

const manner = { locale: "zh-CN", zone: "Asia/Shanghai" };
const kinds = (rows: Row[]): string[] => rows.map((row) => row.kind);
const runs = (rows: Row[]): [boolean, boolean][] => rows.flatMap((row) => (row.kind === "message" ? [[row.opens, row.closes]] : []));

describe("the rows of a timeline", () => {
  it("put the messages of one voice together, and a change of voice apart", () => {
    const rows = rowsOf([1, 2].map((seq) => entry(seq, customer, message("a"))).concat(entry(3, assistant, message("b"))), manner);
    expect(runs(rows)).toEqual([
      [true, false],
      [false, true],
      [true, true],
    ]);
  });

  it("show a seam where a person takes over, even between two messages of one voice", () => {
    const rows = rowsOf(
      [entry(1, agent, message("a")), entry(2, agent, { type: "accepted", packet: null }), entry(3, agent, message("b"))],
      manner,
    );
    expect(kinds(rows)).toEqual(["day", "message", "seam", "message"]);
    expect(runs(rows)).toEqual([
      [true, true],
      [true, true],
    ]);
  });

  it("begin each day of the reader's zone with its name", () => {
    const late = entry(1, customer, message("a"), "2026-03-02T15:59:00Z");
    const early = entry(2, customer, message("b"), "2026-03-02T16:01:00Z");
    expect(kinds(rowsOf([late, early], manner))).toEqual(["day", "message", "day", "message"]);
  });

  it("never show what is said among colleagues", () => {
    expect(rowsOf([entry(1, agent, { type: "note", text: "angry", mentions: [], whisper: false, original_of: null })], manner)).toEqual([]);
  });

  it("show a rating once when words were added to it", () => {
    const rated = (seq: number, comment: string) => entry(seq, customer, { type: "rated", score: 5, comment } as const);
    expect(kinds(rowsOf([rated(1, ""), rated(2, "quick")], manner))).toEqual(["day", "seam"]);
  });
});
