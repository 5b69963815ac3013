/** What changed from one version of an article to the next, field by field. */

import { diffArrays, diffWordsWithSpace } from "diff";
import type { ArticleVersion } from "./article";

export type Piece = { kind: "same" | "added" | "removed"; text: string };
type Prose = "question" | "category" | "answer";
type Listed = "phrasings" | "conditions" | "buttons" | "images";
export type Field = Prose | Listed;
export type FieldChange = { field: Field; pieces: Piece[] };

export type Words = Pick<ArticleVersion, Field>;

/** Only fields that differ. `locale` decides where words end: Chinese has no spaces. */
export function changesBetween(before: Words, after: Words, locale: string): FieldChange[] {
  const segmenter = new Intl.Segmenter(locale, { granularity: "word" });
  const prose = (field: Prose): FieldChange => ({
    field,
    pieces: diffWordsWithSpace(before[field], after[field], { intlSegmenter: segmenter }).map(({ added, removed, value }) => piece(added, removed, value)),
  });
  const lines = (field: Listed, of: (words: Words) => string[]): FieldChange => ({
    field,
    pieces: diffArrays(of(before), of(after)).flatMap(({ added, removed, value }) => value.map((line) => piece(added, removed, `${line}\n`))),
  });
  return [
    prose("question"),
    prose("category"),
    lines("phrasings", ({ phrasings }) => phrasings),
    prose("answer"),
    lines("images", ({ images }) => images.map(({ name }) => name)),
    lines("buttons", ({ buttons }) => buttons.map(({ label, to }) => `${label} → ${to}`)),
    lines("conditions", conditionLines),
  ].filter(({ pieces }) => pieces.some(({ kind }) => kind !== "same"));
}

function conditionLines({ conditions }: Words): string[] {
  const { audience, channels, valid_from, valid_until } = conditions;
  const period = valid_from || valid_until ? [`${valid_from ?? "…"} – ${valid_until ?? "…"}`] : [];
  return [...audience, ...channels, ...period];
}

function piece(added: boolean, removed: boolean, text: string): Piece {
  return { kind: added ? "added" : removed ? "removed" : "same", text };
}
