/**
 * The order of the list. It never moves under a pointer: while someone points at the list or has scrolled it, what is
 * new waits above it behind a pill, and what left the view stays in its place, marked as gone, until he lets go.
 */

export type Arrangement = {
  /** As shown, top first. */
  readonly shown: readonly string[];
  /** New or risen rows that wait to be shown on top, newest first. */
  readonly waiting: readonly string[];
  /** Shown, but no longer of this view. */
  readonly gone: ReadonlySet<string>;
};

export const emptyArrangement: Arrangement = { shown: [], waiting: [], gone: new Set() };

/** A page from the server: its order counts, and what is known of it keeps its place. */
export function listed(now: Arrangement, ids: readonly string[], first: boolean): Arrangement {
  if (first) return { shown: [...ids], waiting: [], gone: new Set() };
  const known = new Set(now.shown);
  return { ...now, shown: [...now.shown, ...ids.filter((id) => !known.has(id))] };
}

/** A row that is new to the view, or has new words of the customer: it belongs on top. */
export function risen(now: Arrangement, id: string, held: boolean): Arrangement {
  const gone = without(now.gone, id);
  const waiting = [id, ...now.waiting.filter((other) => other !== id)];
  const next = { ...now, gone, waiting };
  return held ? next : settle(next);
}

export function left(now: Arrangement, id: string, held: boolean): Arrangement {
  const waiting = now.waiting.filter((other) => other !== id);
  if (!now.shown.includes(id)) return { ...now, waiting };
  const next = { ...now, waiting, gone: new Set([...now.gone, id]) };
  return held ? next : settle(next);
}

/** The pointer is away, or the pill was pressed: everything goes where it belongs. */
export function settle(now: Arrangement): Arrangement {
  if (now.waiting.length === 0 && now.gone.size === 0) return now;
  const moved = new Set(now.waiting);
  const rest = now.shown.filter((id) => !moved.has(id) && !now.gone.has(id));
  return { shown: [...now.waiting, ...rest], waiting: [], gone: new Set() };
}

/** The row before or after `id` (`step` -1 or 1); from nowhere, the first. */
export function neighbour(shown: readonly string[], id: string | null, step: -1 | 1): string | null {
  const at = id === null ? -1 : shown.indexOf(id);
  if (at === -1) return shown[0] ?? null;
  return shown[at + step] ?? null;
}

function without(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  return ids.has(id) ? new Set([...ids].filter((other) => other !== id)) : ids;
}
