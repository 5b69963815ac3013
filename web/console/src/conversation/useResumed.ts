/** Tells what became of what an earlier page left behind its last words: whoever closed it believes it was done. */

import { createElement, useEffect } from "react";
import { App, Button } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { Conversation, ConversationDetail, Done } from "@tandem/shared";
import { Unsaid, type Deed, type Resumed } from "../live/deeds";
import { useRows } from "../live/DeskProvider";
import { nameOf } from "../look/contactName";
import { api } from "../session/api";
import { isRefused, sayProblem } from "../session/problem";
import { useMe } from "../session/session";

export function useResumed(): void {
  const { t } = useTranslation();
  const { notification } = App.useApp();
  const rows = useRows();
  const navigate = useNavigate();
  const me = useMe().user.id;
  useEffect(() => {
    const hear = (event: Event): void => void say((event as CustomEvent<Resumed>).detail);
    const say = async ({ deed, answer, error }: Resumed): Promise<void> => {
      const now = error === null ? conversationsIn(deed, answer) : movedTo(error);
      now.forEach((row) => rows.hear(row));
      const [id = ""] = deed.conversations;
      const row = now[0] ?? rows.get(id) ?? (await find(id));
      const name = row && deed.conversations.length === 1 ? nameOf(row.contact) : t("action.resumed.several", { count: deed.conversations.length });
      if (error === null || isDone(deed, row, error, me)) return void notification.success({ title: t(`action.resumed.${deed.what}`, { name }), duration: 8 });
      const key = `resumed ${id}`;
      const open = (): void => {
        notification.destroy(key);
        void navigate(`/inbox/all/${id}`);
      };
      const here = location.pathname.includes(id);
      notification.warning({
        key, title: t("action.notResumed", { name }), description: error instanceof Unsaid ? t("action.unsaidDetail") : sayProblem(error), duration: here ? 8 : 0,
        // Whoever looks at it already has nothing to open, and needs what lies beneath.
        ...(!here && { actions: createElement(Button, { size: "small", onClick: open }, t("order.open")) }),
      });
    };
    addEventListener("tandem:resumed", hear);
    return () => removeEventListener("tandem:resumed", hear);
  }, [t, notification, rows, navigate, me]);
}

/** A page that has just opened has hardly heard of any yet; without a name it is told all the same. */
async function find(id: string): Promise<Conversation | undefined> {
  const detail = await api.get<ConversationDetail>(`/conversations/${id}`).catch(() => undefined);
  return detail?.conversation;
}

function conversationsIn({ what }: Deed, answer: unknown): readonly Conversation[] {
  return what === "bulk" ? (answer as Done).changed : [answer as Conversation];
}

function movedTo(error: unknown): readonly Conversation[] {
  const now = isRefused(error, "conversation-moved") ? error.problem.conversation : undefined;
  return now ? [now] : [];
}

/** Its answer may have been lost with the page: then the second call finds it done. */
function isDone({ what }: Deed, row: Conversation | undefined, error: unknown, me: string): boolean {
  if (isRefused(error, "conversation-closed")) return what === "resolve" || what === "macro";
  if (!row || !isRefused(error, "conversation-moved")) return false;
  switch (what) {
    case "resolve":
      return row.owner === "closed";
    case "hand-back":
      return row.owner === "assistant";
    default:
      return what === "transfer" && row.agent?.id !== me;
  }
}
