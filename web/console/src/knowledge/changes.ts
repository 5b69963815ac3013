/** What changed from one version of an article to the next, field by field. */

import { diffArrays, diffWordsWithSpace } from "diff";
import type { ArticleVersion } from "./article";

export type Piece = { kind: "same" | "added" | "removed"; text: string };
export type Field = "question" | "category" | "phrasings" | "answer";
export type FieldChange = { field: Field; pieces: Piece[] };

type Words = Pick<ArticleVersion, Field>;

/** Only fields that differ. `locale` decides where words end: Chinese has no spaces. */
export function changesBetween(before: Words, after: Words, locale: string): FieldChange[] {
  const segmenter = new Intl.Segmenter(locale, { granularity: "word" });
  const words = (field: "question" | "category" | "answer"): FieldChange => ({
    field,
    pieces: diffWordsWithSpace(before[field], after[field], { intlSegmenter: segmenter }).map(({ added, removed, value }) => piece(added, removed, value)),
  });
  const phrasings: FieldChange = {
    field: "phrasings",
    pieces: diffArrays(before.phrasings, after.phrasings).flatMap(({ added, removed, value }) => value.map((line) => piece(added, removed, `${line}\n`))),
  };
  return [words("question"), words("category"), phrasings, words("answer")].filter(({ pieces }) => pieces.some(({ kind }) => kind !== "same"));
}

function piece(added: boolean, removed: boolean, text: string): Piece {
  return { kind: added ? "added" : removed ? "removed" : "same", text };
}
