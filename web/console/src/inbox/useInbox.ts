/** One view of the inbox: pages from the server, arranged so that nothing moves under a pointer. */

import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import type { Conversation } from "@tandem/shared";
import { useRows } from "../live/DeskProvider";
import { useMe } from "../session/session";
import { emptyArrangement, left, listed, risen, settle, type Arrangement } from "./arrangement";
import { countsKey, fetchPage, type ConversationPage } from "./counts";
import { belongs, type Place } from "./views";

const PAGE = 100;
const TEAM_EACH = 15_000;
const SETTLE = 300;

export type Inbox = {
  status: "loading" | "ready" | "failed";
  error: unknown;
  arrangement: Arrangement;
  hasMore: boolean;
  loadingMore: boolean;
  loadMore: () => void;
  retry: () => void;
  /** While held, the order stays as it is. */
  hold: (held: boolean) => void;
  showWaiting: () => void;
};

export function useInbox(view: Place, q: string): Inbox {
  const rows = useRows();
  const me = useMe().user.id;
  const queries = useQueryClient();
  const [arrangement, setArrangement] = useState<Arrangement>(emptyArrangement);
  const held = useRef(false);
  const pages = useInfiniteQuery({
    queryKey: ["conversations", view, q],
    queryFn: ({ pageParam }) => fetchPage(view, q, pageParam, PAGE),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    // What happened while another view was shown went past this one: an accepted conversation would be missing from Mine.
    staleTime: 0,
    refetchOnMount: "always",
    // Who flows over from one queue into another is news to nobody else.
    refetchInterval: view === "team" ? TEAM_EACH : false,
  });
  const { data } = pages;

  // Before the page is painted: an inbox that is full must not say for a moment that it is empty.
  useLayoutEffect(() => {
    if (!data) return;
    const items = uniqueItems(data.pages);
    rows.keep(items);
    const counts = data.pages[0]?.counts;
    if (counts && data.pages.length === 1) queries.setQueryData(countsKey, counts);
    const ids = items.filter((item) => q !== "" || belongs(rows.get(item.id) ?? item, view, me)).map((item) => item.id);
    setArrangement((now) => (held.current ? whileHeld(now, ids) : listed(now, ids, true)));
  }, [data, rows, queries, view, q, me]);

  // What a search shows is what the server found: news changes its rows but adds none.
  const asked = q !== "" || view === "mentions";
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const unwatch = rows.watch((after, before) => {
      const here = belongs(after, view, me);
      // Whether he who has begun to wait is a team's, the server is asked: once for a burst of them.
      if (view === "team" && here && before?.owner !== "queue") timer ??= setTimeout(() => {
        timer = undefined;
        void queries.invalidateQueries({ queryKey: ["conversations", view] });
      }, SETTLE);
      setArrangement((now) => (asked || (view === "team" && !now.shown.includes(after.id)) ? now : place(now, after, before, here, held.current)));
    });
    return () => {
      clearTimeout(timer);
      unwatch();
    };
  }, [rows, queries, view, me, asked]);

  const hold = useCallback((on: boolean) => {
    held.current = on;
    if (!on) setArrangement(settle);
  }, []);
  const showWaiting = useCallback(() => setArrangement(settle), []);
  const { fetchNextPage, refetch } = pages;
  return useMemo(
    () => ({
      status: pages.status === "pending" ? "loading" : pages.status === "error" && !data ? "failed" : "ready",
      error: pages.error,
      arrangement,
      hasMore: pages.hasNextPage,
      loadingMore: pages.isFetchingNextPage,
      loadMore: () => void fetchNextPage(),
      retry: () => void refetch(),
      hold,
      showWaiting,
    }),
    [pages.status, pages.error, pages.hasNextPage, pages.isFetchingNextPage, data, arrangement, fetchNextPage, refetch, hold, showWaiting],
  );
}

/** Pages that shift while they are read may bring a row twice. */
function uniqueItems(pages: readonly ConversationPage[]): Conversation[] {
  const byId = new Map<string, Conversation>();
  for (const page of pages) for (const item of page.items) if (!byId.has(item.id)) byId.set(item.id, item);
  return [...byId.values()];
}

function whileHeld(now: Arrangement, ids: readonly string[]): Arrangement {
  if (now.shown.length === 0) return listed(now, ids, true);
  return listed(now, ids, false);
}

function place(now: Arrangement, after: Conversation, before: Conversation | undefined, here: boolean, held: boolean): Arrangement {
  if (!here) return left(now, after.id, held);
  const present = now.shown.includes(after.id) && !now.gone.has(after.id);
  const spoke = before !== undefined && after.unread > before.unread;
  return present && !spoke ? now : risen(now, after.id, held);
}
