/** Small vocabulary of the tests: a conversation, a colleague, entries. */

import type { Body, Conversation, Entry, Me } from "@tandem/shared";

const AGENT = ["conversation:read", "conversation:reply", "contact:read", "contact:write", "knowledge:read"];
const SUPERVISOR = [...AGENT, "conversation:assign", "desk:supervise", "knowledge:write", "knowledge:publish", "assistant:evaluate"];

function person(permissions: string[]): Me {
  const user = { id: "wang", email: "wang@example.com", name: "王芳", role: "agent" as const, active: true, locale: "zh-CN", enter_sends: false, online_at_sign_in: true };
  return { user, csrf: "", permissions, presence: { id: "wang", name: "王芳", role: "agent", state: "online", open: 0, reason: "", wrap_up_until: null } };
}

export const agent = person(AGENT);
export const supervisor = person(SUPERVISOR);
export const administrator = person([...SUPERVISOR, "user:manage", "channel:manage", "assistant:manage", "skill:manage", "audit:read"]);
export const reader = person(["conversation:read"]);

export function conversation(part: Partial<Conversation> = {}): Conversation {
  return {
    id: "c1", channel: { id: "w", kind: "webchat", name: "Shop" }, contact: { id: "p", name: "李", tier: null, locale: "zh-CN", verified: false },
    owner: "assistant", agent: null, version: 1, last_seq: 3, episode: 1, language: "zh", emotion: null, reason: null, urgency: 0,
    preview: { by: "customer", text: "", at: "2026-07-11T09:00:00Z" }, waiting_since: null, unread: 0, read_by_agent: 0, read_by_customer: 0,
    opened_at: "2026-07-11T09:00:00Z", closed_at: null, changed_at: "2026-07-11T09:00:00Z", tags: [], snoozed_until: null, packet_unread: false, ...part,
  };
}

export const withMe = { owner: "agent", agent: { id: "wang", name: "王芳" } } as const;
export const withTom = { owner: "agent", agent: { id: "tom", name: "Tom" } } as const;

export function entry(seq: number, by: "customer" | "assistant" | "agent" | "system", body: Body, minute = seq): Entry {
  const at = new Date(Date.UTC(2026, 6, 11, 9, minute)).toISOString();
  return { conversation: "c1", seq, id: `e${seq}`, at, by: { kind: by, id: by === "agent" ? "wang" : by, name: by }, internal: false, client_id: null, body };
}

export function said(text: string): Body {
  return { type: "message", text, attachments: [], cards: [], choices: [], sources: [], choice: null };
}
