/** Where one can go: every page, its shortcut, and the parts of it that have an address of their own. */

import type { ReactNode } from "react";
import { BookOpen, FlaskConical, Gauge, HandCoins, Inbox, Plug, Radio, Route, ScrollText, ShieldCheck, Split, UsersRound, Zap } from "lucide-react";
import type { Me } from "@tandem/shared";
import { may, type Permission, type Section } from "../session/permissions";

export const ICONS: Record<Section, ReactNode> = {
  inbox: <Inbox />, board: <Gauge />, approvals: <HandCoins />, workbench: <Zap />, knowledge: <BookOpen />, users: <UsersRound />, channels: <Radio />, skills: <Plug />, promise: <ShieldCheck />, triage: <Route />, evaluate: <FlaskConical />, routing: <Split />, audit: <ScrollText />,
};

export function pathOf(section: Section): string {
  return section === "inbox" ? "/inbox/mine" : `/${section}`;
}

export const PAGE_KEYS: Partial<Record<Section, string>> = {
  board: "g b", approvals: "g x", workbench: "g w", knowledge: "g k", promise: "g p", triage: "g t", evaluate: "g v", skills: "g i", routing: "g r", users: "g o", channels: "g h", audit: "g d",
};

type Part = { section: Section; part: string; name: string; needs?: Permission };

/** `name`: the key of its words. */
const PARTS: readonly Part[] = [
  { section: "approvals", part: "to_do", name: "exception.tab.to_do" },
  { section: "approvals", part: "decided", name: "exception.tab.decided" },
  { section: "approvals", part: "differences", name: "exception.tab.differences" },
  { section: "approvals", part: "authority", name: "exception.tab.authority" },
  { section: "workbench", part: "macros", name: "writing.macros" },
  { section: "workbench", part: "tags", name: "order.tags" },
  { section: "workbench", part: "fields", name: "person.fields", needs: "channel:manage" },
  { section: "workbench", part: "handoffs", name: "repeat.tab", needs: "conversation:assign" },
  { section: "routing", part: "people", name: "routing.tab.people" },
  { section: "routing", part: "names", name: "routing.tab.names" },
  { section: "routing", part: "hours", name: "routing.tab.hours" },
  { section: "routing", part: "rule", name: "routing.tab.rule" },
];

export function partsFor(me: Pick<Me, "permissions">, sections: readonly Section[]): Part[] {
  return PARTS.filter(({ section, needs }) => sections.includes(section) && (!needs || may(me, needs)));
}
