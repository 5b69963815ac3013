import type { Author, Body, Entry, Message } from "@tandem/shared";

export const customer: Author = { kind: "customer", id: null, name: "" };
export const assistant: Author = { kind: "assistant", id: null, name: "Clara" };
export const agent: Author = { kind: "agent", id: "7", name: "王芳" };

export function message(text: string, more: Partial<Message> = {}): Message {
  return { type: "message", text, attachments: [], cards: [], choices: [], sources: [], choice: null, ...more };
}

export function entry(seq: number, by: Author, body: Body, at = "2026-03-02T01:43:00Z"): Entry {
  return { conversation: "talk", seq, id: `entry-${seq}`, at, by, internal: false, client_id: null, body };
}
