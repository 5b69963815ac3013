/** What a signed-in person may do. The server decides; the console only hides what would be refused. */

import type { Me } from "@tandem/shared";

export type Permission =
  | "conversation:read"
  | "conversation:reply"
  | "conversation:assign"
  | "desk:supervise"
  | "exception:manage"
  | "knowledge:read"
  | "knowledge:write"
  | "knowledge:publish"
  | "user:manage"
  | "channel:manage"
  | "routing:manage"
  | "assistant:manage"
  | "assistant:evaluate"
  | "skill:manage"
  | "answer:inspect"
  | "contact:read"
  | "contact:write"
  | "audit:read";

export type Section = "inbox" | "board" | "approvals" | "workbench" | "knowledge" | "promise" | "triage" | "evaluate" | "users" | "channels" | "routing" | "skills" | "audit";

const NEEDED: Record<Section, Permission> = {
  inbox: "conversation:read",
  board: "desk:supervise",
  approvals: "desk:supervise",
  workbench: "conversation:reply",
  knowledge: "knowledge:read",
  promise: "knowledge:publish",
  triage: "assistant:manage",
  evaluate: "assistant:evaluate",
  skills: "skill:manage",
  routing: "routing:manage",
  users: "user:manage",
  channels: "channel:manage",
  audit: "audit:read",
};
/** Where the assistant's pages and the settings begin in the navigation. */
export const FIRST_OF_GROUP: readonly Section[] = ["knowledge", "routing"];

export function may(me: Pick<Me, "permissions">, permission: Permission): boolean {
  return me.permissions.includes(permission);
}

export function sectionsOf(me: Pick<Me, "permissions">): Section[] {
  return (Object.keys(NEEDED) as Section[]).filter((section) => may(me, NEEDED[section]));
}
