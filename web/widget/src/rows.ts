/** The rows of a timeline as a reader sees them: days, seams, and runs of messages by one author. */

import { isSameDay, type Entry, type Manner, type Message } from "@tandem/shared";

export type Row =
  | { readonly kind: "day"; readonly key: string; readonly at: string }
  | { readonly kind: "seam"; readonly key: string; readonly entry: Entry }
  | {
      readonly kind: "message";
      readonly key: string;
      readonly entry: Entry;
      readonly message: Message;
      /** First and last of a run: the name stands above it, time and marks below. */
      readonly opens: boolean;
      readonly closes: boolean;
    };

const RUN = 5 * 60_000;

export function rowsOf(entries: readonly Entry[], manner: Manner): Row[] {
  const rows: Row[] = [];
  const shown = entries.filter((entry, index) => isShown(entry, entries[index + 1]));
  shown.forEach((entry, index) => {
    const before = shown[index - 1];
    if (!before || !isSameDay(Date.parse(before.at), Date.parse(entry.at), manner))
      rows.push({ kind: "day", key: `day-${entry.seq}`, at: entry.at });
    rows.push(rowOf(entry, before, shown[index + 1], manner));
  });
  return rows;
}

function rowOf(entry: Entry, before: Entry | undefined, after: Entry | undefined, manner: Manner): Row {
  // A message keeps its key when it is stored, so that what is on the page stays and only its mark changes.
  const key = entry.client_id ?? `entry-${entry.seq}`;
  if (entry.body.type !== "message") return { kind: "seam", key, entry };
  const [opens, closes] = [!isRun(before, entry, manner), !isRun(entry, after, manner)];
  return { kind: "message", key, entry, message: entry.body, opens, closes };
}

/** A second rating with words replaces the first in the reader's eyes. */
function isShown({ body }: Entry, next: Entry | undefined): boolean {
  if (body.type === "note" || body.type === "skill_called") return false;
  return body.type !== "rated" || next?.body.type !== "rated";
}

function isRun(one: Entry | undefined, other: Entry | undefined, manner: Manner): boolean {
  if (one?.body.type !== "message" || other?.body.type !== "message") return false;
  const [start, end] = [Date.parse(one.at), Date.parse(other.at)];
  return one.by.kind === other.by.kind && one.by.id === other.by.id && end - start < RUN && isSameDay(start, end, manner);
}
