/** The rows of a timeline as a reader sees them: days, seams, and runs of messages by one author. */

import { isSameDay, type Entry, type Manner } from "@tandem/shared";

export type Row = {
  readonly kind: "day" | "seam" | "message";
  readonly key: string;
  readonly entry: Entry;
  /** First and last message of a run: the name stands above it, time and marks below. */
  readonly opens: boolean;
  readonly closes: boolean;
};

const RUN = 5 * 60_000;

export function rowsOf(entries: readonly Entry[], manner: Manner): Row[] {
  const shown = entries.filter((entry, index) => isShown(entry, entries[index + 1]));
  return shown.flatMap((entry, index) => {
    const before = shown[index - 1];
    const row = rowOf(entry, before, shown[index + 1], manner);
    if (before && isSameDay(Date.parse(before.at), Date.parse(entry.at), manner)) return row;
    return [{ ...row, kind: "day", key: `day-${entry.seq}` }, row];
  });
}

function rowOf(entry: Entry, before: Entry | undefined, after: Entry | undefined, manner: Manner): Row {
  const kind = entry.body.type === "message" ? "message" : "seam";
  return { kind, key: `entry-${entry.seq}`, entry, opens: !isRun(before, entry, manner), closes: !isRun(entry, after, manner) };
}

/** A second rating with words replaces the first in the reader's eyes. */
function isShown({ body }: Entry, next: Entry | undefined): boolean {
  if (body.type === "note" || body.type === "skill_called" || body.type === "helped") return false;
  return body.type !== "rated" || next?.body.type !== "rated";
}

function isRun(one: Entry | undefined, other: Entry | undefined, manner: Manner): boolean {
  if (one?.body.type !== "message" || other?.body.type !== "message") return false;
  const [start, end] = [Date.parse(one.at), Date.parse(other.at)];
  return one.by.kind === other.by.kind && one.by.id === other.by.id && end - start < RUN && isSameDay(start, end, manner);
}
