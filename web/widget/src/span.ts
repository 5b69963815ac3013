/** Which part of a long timeline is on the page: nodes are costly, so about `MOST` entries at a time. */

import type { Entry } from "@tandem/shared";

/** From `first` to `last` by `seq`; `last` Infinity follows the end. */
export type Span = { readonly first: number; readonly last: number };

const STEP = 50;
export const MOST = 200;

export function spanAtEnd(entries: readonly Entry[]): Span {
  return { first: entries.at(-STEP)?.seq ?? 0, last: Infinity };
}

/** Where the reader was before a reload. */
export function spanAround(entries: readonly Entry[], seq: number): Span {
  const at = indexOf(entries, seq);
  return { first: entries[Math.max(0, at - STEP)]?.seq ?? 0, last: entries[at + STEP]?.seq ?? Infinity };
}

export function within(entries: readonly Entry[], { first, last }: Span): readonly Entry[] {
  return entries.filter((entry) => entry.seq >= first && entry.seq <= last);
}

/** Further up; the lower end is let go once the span is full. */
export function earlier(entries: readonly Entry[], span: Span): Span {
  const from = Math.max(0, indexOf(entries, span.first) - STEP);
  const first = from === 0 ? 0 : (entries[from]?.seq ?? 0);
  const shown = within(entries, { ...span, first });
  return { first, last: shown.length > MOST ? (shown[MOST - 1]?.seq ?? Infinity) : span.last };
}

/** Further down; at the end it follows the end again. */
export function later(entries: readonly Entry[], span: Span): Span {
  const shown = within(entries, { ...span, last: entries[indexOf(entries, span.last) + STEP]?.seq ?? Infinity });
  const reachesEnd = shown.at(-1) === entries.at(-1);
  return { first: shown.at(-MOST)?.seq ?? span.first, last: reachesEnd ? Infinity : (shown.at(-1)?.seq ?? Infinity) };
}

/** While the end is followed new entries come in below; those far above leave. */
export function trimmed(entries: readonly Entry[], span: Span): Span {
  const shown = within(entries, span);
  return shown.length > MOST ? { ...span, first: shown.at(-MOST)?.seq ?? span.first } : span;
}

function indexOf(entries: readonly Entry[], seq: number): number {
  const index = entries.findIndex((entry) => entry.seq >= seq);
  return index === -1 ? entries.length : index;
}
