/** Moving a conversation's owner: each a compare-and-set, so that two people never both believe they have it. */

import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { App } from "antd";
import { useQueryClient } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { Conversation } from "@tandem/shared";
import { useDesk, useRows } from "../live/DeskProvider";
import { Unsaid } from "../live/deeds";
import { conversationKey } from "../live/keys";
import { later } from "../live/later";
import { api } from "../session/api";
import { isRefused, sayProblem } from "../session/problem";
import { useMe } from "../session/session";
import type { Target } from "./TransferButton";

const TAKE_BACK_WITHIN = 5000;

/** What the server calls whom something is given to. */
const PLACE = { colleague: "to", team: "team", queue: "queue" } as const;

export type Move = "accept" | "hand-back" | "transfer" | "resolve";

export type Actions = {
  busy: Move | null;
  accept: () => void;
  handBack: () => void;
  /** `to` null: the queue. */
  transfer: (to: Target, note: string) => void;
  resolve: () => void;
  undoResolve: () => void;
  resolveNow: () => void;
  /** When the planned resolve is sent; null when none is planned. */
  resolvingAt: number | null;
};

/** `onMine` runs when an accept has made it mine. */
export function useActions(row: Conversation, onMine: () => void): Actions {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [busy, setBusy] = useState<Move | null>(null);
  const take = useTake();
  const move = useCallback(
    async (what: Move, body: Record<string, unknown>, done: string): Promise<boolean> => {
      setBusy(what);
      const happened = await take(row.id, what, body);
      if (happened) message.success(done);
      setBusy(null);
      return happened;
    },
    [row.id, take, message],
  );
  const mine = useRef<(() => void) | null>(null);
  // Whoever went on to another conversation before the answer came is not called back to this one.
  useEffect(() => {
    mine.current = onMine;
    return () => {
      mine.current = null;
    };
  });
  const name = `resolve ${row.id}`;
  const resolvingAt = useSyncExternalStore(later.subscribe, () => later.dueAt(name));
  const { version } = row;
  return useMemo(
    () => ({
      busy,
      resolvingAt,
      accept: () => void move("accept", { version }, t("action.accepted")).then((happened) => happened && mine.current?.()),
      handBack: () => void move("hand-back", { version }, t("action.handedBack")),
      transfer: (to, note) => void move("transfer", { version, note, ...(to && { [PLACE[to.kind]]: to.id }) }, to ? t("action.transferred", { name: to.name }) : t("action.queued")),
      resolve: () => later.plan(name, TAKE_BACK_WITHIN, () => void move("resolve", { version }, t("action.resolved"))),
      undoResolve: () => later.drop(name),
      resolveNow: () => later.runNow(name),
    }),
    [busy, resolvingAt, move, version, t, name],
  );
}

/** True when it happened. When somebody was faster, the conversation as it is now is shown, and nothing else is done. */
function useTake(): (id: string, what: Move, body: Record<string, unknown>) => Promise<boolean> {
  const { t } = useTranslation();
  const { message, notification } = App.useApp();
  const desk = useDesk();
  const rows = useRows();
  const queries = useQueryClient();
  const me = useMe().user.id;
  return useCallback(
    async (id, what, body) => {
      try {
        const path = `/conversations/${id}/${what}`;
        // Who left before he had it does not want to find himself with it at his next sign-in.
        const done = what === "accept" ? desk.inTurn(id, () => api.post<Conversation>(path, body)) : desk.do<Conversation>({ what, conversations: [id], path, body });
        rows.hear(await done);
        return true;
      } catch (error) {
        const now = isRefused(error, "conversation-moved") ? error.problem.conversation : undefined;
        if (now) {
          rows.hear(now);
          notification.warning({ title: sayWhoWasFaster(now, me, t), description: t("action.movedDetail") });
        } else if (error instanceof Unsaid) notification.warning({ title: t("action.unsaid"), description: t("action.unsaidDetail") });
        else message.error(sayProblem(error));
        return false;
      } finally {
        void queries.invalidateQueries({ queryKey: [conversationKey, id] });
      }
    },
    [desk, rows, queries, message, notification, me, t],
  );
}

function sayWhoWasFaster(now: Conversation, me: string, t: TFunction): string {
  switch (now.owner) {
    case "agent":
      return now.agent?.id === me ? t("action.accepted") : t("action.moved", { name: now.agent?.name ?? t("voice.person") });
    case "queue":
      return t("action.movedQueue");
    case "assistant":
      return t("action.movedAssistant");
    case "closed":
      return t("action.movedClosed");
  }
}
