/** The views of the inbox, and which rows belong to which. The server filters what it lists; this filters what arrives. */

import type { Conversation } from "@tandem/shared";

export type View = "mine" | "unassigned" | "assistant" | "all" | "closed";
export const VIEWS: readonly View[] = ["mine", "unassigned", "assistant", "all", "closed"];
export type Counts = { mine: number; unassigned: number; assistant: number; all: number };

export function isView(name: string | undefined): name is View {
  return VIEWS.some((view) => view === name);
}

export function belongs(row: Conversation, view: View, me: string): boolean {
  switch (view) {
    case "mine":
      return row.owner === "agent" && row.agent?.id === me;
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
  const older = next.version < known.version || (next.version === known.version && next.last_seq < known.last_seq);
  return older ? known : next;
}
