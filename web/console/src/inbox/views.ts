/** The views of the inbox, and which rows belong to which. The server filters what it lists; this filters what arrives. */

import type { Conversation } from "@tandem/shared";
import { filterIn, fits } from "./filter";

export type View = "mine" | "team" | "unassigned" | "assistant" | "all" | "closed" | "snoozed" | "mentions";
/** A view, or a filter written into an address: see `filter.ts`. */
export type Place = View | `filter-${string}`;
export const VIEWS: readonly View[] = ["mine", "mentions", "snoozed", "team", "unassigned", "assistant", "all", "closed"];
export type Counts = Record<Exclude<View, "closed">, number> & { packets_unread: number };

export function isView(name: string | undefined): name is View {
  return VIEWS.some((view) => view === name);
}

export function isPlace(name: string | undefined): name is Place {
  return isView(name) || (name !== undefined && filterIn(name) !== null);
}

export function belongs(row: Conversation, place: Place, me: string): boolean {
  if (!isView(place)) {
    const filter = filterIn(place);
    return filter !== null && fits(row, filter, Date.now());
  }
  switch (place) {
    case "mine":
      return row.owner === "agent" && row.agent?.id === me && row.snoozed_until === null;
    case "snoozed":
      return row.owner === "agent" && row.agent?.id === me && row.snoozed_until !== null;
    case "mentions":
      // Only the server knows where one was called to: what it listed stays until it is listed anew.
      return true;
    case "team":
      // Which queues are those of one's teams only the server knows: who waits stays listed until he is taken.
    case "unassigned":
      return row.owner === "queue";
    case "assistant":
      return row.owner === "assistant";
    case "all":
      return row.owner !== "closed";
    case "closed":
      return row.owner === "closed";
  }
}

/** `next` replaces `known` unless it is older news that a slow answer brought after a quick frame. */
export function newer(known: Conversation | undefined, next: Conversation): Conversation {
  if (!known) return next;
  // What an agent does beside the timeline (labels, putting aside) moves neither number, so equal numbers do not mean old news.
  const older = next.version < known.version || (next.version === known.version && next.last_seq < known.last_seq);
  return older ? known : next;
}
