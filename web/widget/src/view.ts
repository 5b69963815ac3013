/** What the widget knows and shows: one value, replaced whenever something changes. */

import type { Attachment, ChatConfig, ChatState, Entry, Page, Timeline, Unsent } from "@tandem/shared";

/** What a customer sends. */
export type Said = { text: string; choice: string | null; attachments: Attachment[]; page: Page };
export type Reach = "good" | "reconnecting" | "offline";

export type View = {
  readonly phase: "loading" | "ready" | "absent";
  readonly config: ChatConfig | null;
  readonly state: ChatState;
  readonly timeline: Timeline;
  readonly unsent: readonly Unsent<Said>[];
  readonly reach: Reach;
  /** Who is typing on the other side. */
  readonly typing: { kind: "assistant" | "agent"; name: string } | null;
  /** What the assistant is composing, whole so far. */
  readonly draft: string;
  readonly loadingOlder: boolean;
  /** The last `seq` that this visitor has had before his eyes, in any tab. */
  readonly seen: number;
  readonly open: boolean;
  /** What the other side said last, for those who listen. */
  readonly spoken: string;
  /** Why the last action did not happen; empty when there is nothing to say. */
  readonly problem: string;
};

export const NOBODY: ChatState = {
  conversation: null,
  owner: "assistant",
  agent_name: null,
  queue: null,
  read_by_agent: 0,
  can_rate: false,
  people_online: false,
};

/** Somebody whose words are waited for. */
export function isAnswering(who: string): who is "assistant" | "agent" {
  return who === "assistant" || who === "agent";
}

export function isFromOthers(entry: Entry): boolean {
  return entry.by.kind !== "customer";
}

/** Messages from the other side that nobody has seen yet. */
export function countUnread({ timeline, seen }: View): number {
  return timeline.entries.filter((entry) => entry.seq > seen && isFromOthers(entry) && entry.body.type === "message").length;
}
