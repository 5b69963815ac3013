/** What a signed-in person may do. The server decides; the console only hides what would be refused. */

import type { Me } from "@tandem/shared";

export type Permission =
  | "conversation:read"
  | "conversation:reply"
  | "conversation:assign"
  | "knowledge:read"
  | "knowledge:write"
  | "knowledge:publish"
  | "user:manage"
  | "channel:manage"
  | "routing:manage"
  | "assistant:manage"
  | "contact:read"
  | "contact:write";

export type Section = "inbox" | "workbench" | "knowledge" | "promise" | "triage" | "users" | "channels" | "routing";

const NEEDED: Record<Section, Permission> = {
  inbox: "conversation:read",
  workbench: "conversation:reply",
  knowledge: "knowledge:read",
  promise: "knowledge:publish",
  triage: "assistant:manage",
  users: "user:manage",
  channels: "channel:manage",
  routing: "routing:manage",
};

export function may(me: Pick<Me, "permissions">, permission: Permission): boolean {
  return me.permissions.includes(permission);
}

export function sectionsOf(me: Pick<Me, "permissions">): Section[] {
  return (Object.keys(NEEDED) as Section[]).filter((section) => may(me, NEEDED[section]));
}
