/** One thing done to many conversations, and taken back. */

import { useCallback, type ReactNode } from "react";
import { createElement } from "react";
import { App, Button } from "antd";
import { useTranslation } from "react-i18next";
import type { Bulk, BulkAction, Conversation, Done } from "@tandem/shared";
import { Unsaid } from "../live/deeds";
import { useDesk, useRows } from "../live/DeskProvider";
import { later } from "../live/later";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";

const AT_ONCE = 500;
const TAKE_BACK_WITHIN = 6000;
const PATH = "/conversations/bulk";
/** After these the conversation takes no more of one's own words: they wait until those on their way are stored. */
const ENDS: ReadonlySet<BulkAction["type"]> = new Set<BulkAction["type"]>(["resolve", "assign"]);

export function useBulk(): (rows: readonly Conversation[], action: BulkAction) => void {
  const { t } = useTranslation();
  const { message, notification } = App.useApp();
  const rows = useRows();
  const desk = useDesk();
  const tell = useCallback(
    (key: string, title: string, undo: (() => void) | null, description?: string) => {
      const back = (): void => {
        notification.destroy(key);
        undo?.();
      };
      const button: ReactNode = createElement(Button, { size: "small", type: "link", onClick: back }, t("common.undo"));
      notification.info({ key, title, description, duration: TAKE_BACK_WITHIN / 1000, ...(undo && { actions: button }) });
    },
    [notification, t],
  );
  const carryOut = useCallback(
    async (calls: readonly Bulk[]): Promise<Done> => {
      const all: Done = { changed: [], left: [], undo: [] };
      for (const call of calls) {
        const done = await (ENDS.has(call.action.type) ? desk.do<Done>({ what: "bulk", conversations: call.items.map(({ id }) => id), path: PATH, body: call }) : api.post<Done>(PATH, call));
        done.changed.forEach((row) => rows.hear(row));
        all.changed.push(...done.changed);
        all.left.push(...done.left);
        all.undo.push(...done.undo);
      }
      return all;
    },
    [rows, desk],
  );
  return useCallback(
    (chosen, action) => {
      if (chosen.length === 0) return;
      const calls = inPieces(chosen, action);
      const key = `bulk ${Date.now()}`;
      const run = async (): Promise<void> => {
        try {
          const done = await carryOut(calls);
          const left = done.left.length > 0 ? t("order.left", { count: done.left.length }) : undefined;
          const undo = done.undo.length > 0 ? () => void carryOut(done.undo).catch((error: unknown) => message.error(sayProblem(error))) : null;
          tell(key, t(`order.did.${action.type}`, { count: done.changed.length }), undo, left);
        } catch (error) {
          if (error instanceof Unsaid) notification.warning({ title: t("action.unsaid"), description: t("action.unsaidDetail") });
          else message.error(sayProblem(error));
        }
      };
      // A customer is told that his case is closed: that cannot be taken back afterwards, so it waits.
      if (action.type !== "resolve") return void run();
      later.plan(key, TAKE_BACK_WITHIN, () => void run());
      tell(key, t("order.resolving", { count: chosen.length }), () => later.drop(key));
    },
    [carryOut, tell, message, notification, t],
  );
}

function inPieces(chosen: readonly Conversation[], action: BulkAction): Bulk[] {
  const items = chosen.map(({ id, version }) => ({ id, version }));
  return Array.from({ length: Math.ceil(items.length / AT_ONCE) }, (_, piece) => ({ items: items.slice(piece * AT_ONCE, (piece + 1) * AT_ONCE), action }));
}
