import { describe, expect, it } from "vitest";
import { ALWAYS, emptyDraft, hasUnpublished, isSame, missingIn } from "../src/knowledge/article";
import { changesBetween, type Piece } from "../src/knowledge/changes";

const words = { category: "退换货", question: "怎么退货？", phrasings: ["怎么退", "不想要了"], answer: "签收后 7 天内可退。", conditions: ALWAYS, buttons: [], images: [] };
const of = (pieces: readonly Piece[], kind: Piece["kind"]): string => pieces.filter((piece) => piece.kind === kind).map(({ text }) => text).join("");

describe("what changed between two versions", () => {
  it("is nothing when nothing changed", () => {
    expect(changesBetween(words, words, "zh")).toEqual([]);
  });

  it("names the field and only the words that differ, in Chinese too", () => {
    const [change, ...rest] = changesBetween(words, { ...words, answer: "签收后 15 天内可退。" }, "zh");
    expect(rest).toEqual([]);
    expect(change?.field).toBe("answer");
    expect(of(change?.pieces ?? [], "removed")).toBe("7");
    expect(of(change?.pieces ?? [], "added")).toBe("15");
  });

  it("shows phrasings line by line", () => {
    const [change] = changesBetween(words, { ...words, phrasings: ["怎么退", "能退吗"] }, "zh");
    expect(change?.field).toBe("phrasings");
    expect(of(change?.pieces ?? [], "removed")).toBe("不想要了\n");
    expect(of(change?.pieces ?? [], "added")).toBe("能退吗\n");
  });

  it("names conditions, buttons and pictures that came or went", () => {
    const after = { ...words, conditions: { ...ALWAYS, audience: ["gold"] }, buttons: [{ label: "尺码助手", to: "https://shop.example/size" }] };
    const changes = changesBetween(words, after, "zh");
    expect(changes.map(({ field, pieces }) => [field, of(pieces, "added")])).toEqual([
      ["buttons", "尺码助手 → https://shop.example/size\n"],
      ["conditions", "gold\n"],
    ]);
  });

  it("loses no word: what is kept and added is the new text", () => {
    const after = { ...words, answer: "**7 天内**，商品完好即可退，运费由我们承担。" };
    const [change] = changesBetween(words, after, "zh");
    expect((change?.pieces ?? []).filter(({ kind }) => kind !== "removed").map(({ text }) => text).join("")).toBe(after.answer);
  });
});

describe("a draft", () => {
  const draft = { ...emptyDraft("zh"), ...words };
  it("is unchanged by a blank phrasing or a space at the end", () => {
    expect(isSame(draft, { ...draft, phrasings: [...draft.phrasings, " "], answer: `${draft.answer}\n` })).toBe(true);
    expect(isSame(draft, { ...draft, answer: "x" })).toBe(false);
  });

  it("says which fields still lack words", () => {
    expect(missingIn({ ...draft, question: " ", category: "" })).toEqual(["question", "category"]);
  });

  it("of a published article counts as unpublished until it is published", () => {
    const article = { ...draft, id: "k", state: "published" as const, version: 3, published_version: 2, owner_name: null, in_review: false, submitted_by: "", review_note: "", source: null, updated_at: "", updated_by: "", used: 0 };
    expect(hasUnpublished(article)).toBe(true);
    expect(hasUnpublished({ ...article, published_version: 3 })).toBe(false);
    expect(hasUnpublished({ ...article, published_version: null })).toBe(false);
  });
});
