import { useEffect } from "react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Conversation } from "@tandem/shared";
import { useDesk, useRows } from "../live/DeskProvider";
import { api } from "../session/api";
import { filterIn } from "./filter";
import { isView, type Counts, type Place } from "./views";

export type ConversationPage = { items: Conversation[]; next: string | null; counts: Counts };

export const countsKey = ["counts"] as const;
const SETTLE = 300;

export function fetchPage(place: Place, q: string, cursor: string | null, limit: number): Promise<ConversationPage> {
  const where = isView(place) ? { view: place } : { filter: JSON.stringify(filterIn(place)) };
  return api.get<ConversationPage>("/conversations", { ...where, q, cursor, limit });
}

function sameHeap(before: Conversation, after: Conversation): boolean {
  return before.snoozed_until === after.snoozed_until && before.packet_unread === after.packet_unread;
}

/** How many wait where. Asked again shortly after a conversation changes hands, once for a burst of changes. */
export function useCounts(): Counts | undefined {
  const rows = useRows();
  const queries = useQueryClient();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const unwatch = rows.watch((after, before) => {
      if (before && before.owner === after.owner && before.agent?.id === after.agent?.id && sameHeap(before, after)) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        void queries.invalidateQueries({ queryKey: countsKey });
      }, SETTLE);
    });
    return () => {
      clearTimeout(timer);
      unwatch();
    };
  }, [rows, queries]);
  const desk = useDesk();
  const count = async (): Promise<Counts> => {
    await desk.hearing();
    return (await fetchPage("mine", "", null, 1)).counts;
  };
  return useQuery({ queryKey: countsKey, queryFn: count }).data;
}
