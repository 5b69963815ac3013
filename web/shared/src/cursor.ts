/** The cursor rule of docs/protocol.md: the one way in which a client's copy of a timeline grows. */

import type { Entry } from "./api";

/** What covers a timeline from `after + 1` to `through`; entries the reader may not see are absent from it. */
export type Stretch = { readonly entries: readonly Entry[]; readonly after: number; readonly through: number };

/** A reader's copy: complete from `start + 1` to `cursor`, in order of `seq`. `start` 0 means the history is whole. */
export type Timeline = { readonly start: number; readonly cursor: number; readonly entries: readonly Entry[] };

export type Applied = { readonly outcome: "applied" | "stale" | "gap"; readonly timeline: Timeline };

export const emptyTimeline: Timeline = { start: 0, cursor: 0, entries: [] };

/** A copy that begins at a stretch, whatever came before it (which `prepend` may bring later). */
export function beginTimeline(stretch: Stretch): Timeline {
  return { start: stretch.after, cursor: stretch.through, entries: inOrder(stretch.entries) };
}

/** News. On `gap` the caller asks `timeline?since=cursor` and applies that instead; `stale` needs nothing. */
export function apply(timeline: Timeline, stretch: Stretch): Applied {
  if (stretch.through <= timeline.cursor) return { outcome: "stale", timeline };
  if (stretch.after > timeline.cursor) return { outcome: "gap", timeline };
  const fresh = inOrder(stretch.entries).filter((entry) => entry.seq > timeline.cursor);
  const entries = [...timeline.entries, ...fresh];
  return { outcome: "applied", timeline: { ...timeline, cursor: stretch.through, entries } };
}

/** History, answered to `timeline?before=`. A stretch that does not touch what is held changes nothing. */
export function prepend(timeline: Timeline, older: Stretch & { readonly more: boolean }): Timeline {
  if (older.through < timeline.start || older.after >= timeline.start) return timeline;
  const before = inOrder(older.entries).filter((entry) => entry.seq <= timeline.start);
  return { ...timeline, start: older.more ? older.after : 0, entries: [...before, ...timeline.entries] };
}

function inOrder(entries: readonly Entry[]): Entry[] {
  return [...entries].sort((one, other) => one.seq - other.seq);
}
