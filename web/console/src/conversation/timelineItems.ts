/** A timeline as it is drawn: days, seams where the owner changes, look-ups folded into one line, words in runs by one voice. */

import { isSameDay, type Entry, type Manner } from "@tandem/shared";

export type Item =
  | { kind: "day"; key: string; at: string }
  | { kind: "said"; key: string; entry: Entry; first: boolean }
  | { kind: "note"; key: string; entry: Entry }
  | { kind: "skills"; key: string; entries: Entry[] }
  | { kind: "seam"; key: string; entry: Entry };

const RUN_BREAKS_AFTER = 5 * 60_000;

export function layOut(entries: readonly Entry[], manner: Manner): Item[] {
  const items: Item[] = [];
  let before: Entry | undefined;
  for (const entry of entries) {
    if (!before || !isSameDay(Date.parse(before.at), Date.parse(entry.at), manner)) {
      items.push({ kind: "day", key: `day-${entry.seq}`, at: entry.at });
    }
    place(items, entry, before);
    before = entry;
  }
  return items;
}

function place(items: Item[], entry: Entry, before: Entry | undefined): void {
  const key = `entry-${entry.seq}`;
  const last = items.at(-1);
  if (entry.body.type === "skill_called") {
    if (last?.kind === "skills") last.entries.push(entry);
    else items.push({ kind: "skills", key, entries: [entry] });
  } else if (entry.body.type === "note") {
    items.push({ kind: "note", key, entry });
  } else if (entry.body.type === "message") {
    items.push({ kind: "said", key, entry, first: last?.kind !== "said" || !before || !sameRun(before, entry) });
  } else {
    items.push({ kind: "seam", key, entry });
  }
}

function sameRun(one: Entry, other: Entry): boolean {
  const close = Date.parse(other.at) - Date.parse(one.at) < RUN_BREAKS_AFTER;
  return close && one.by.kind === other.by.kind && one.by.id === other.by.id;
}

/** How many of the entries after `seen` are words somebody else said: what the pill counts. */
export function countNews(entries: readonly Entry[], seen: number, me: string): number {
  return entries.filter((entry) => entry.seq > seen && entry.body.type === "message" && entry.by.id !== me).length;
}
