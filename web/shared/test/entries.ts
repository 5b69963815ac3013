import type { Entry } from "../src";

export function message(seq: number, text = `message ${seq}`, client_id: string | null = null): Entry {
  return {
    conversation: "talk",
    seq,
    id: `entry-${seq}`,
    at: "2026-03-02T01:43:00Z",
    by: { kind: "customer", id: null, name: "" },
    internal: false,
    client_id,
    body: { type: "message", text, attachments: [], cards: [], choices: [], sources: [], choice: null },
  };
}
