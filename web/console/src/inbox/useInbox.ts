/** One view of the inbox: pages from the server, arranged so that nothing moves under a pointer. */

import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import type { Conversation } from "@tandem/shared";
import { useDesk, useRows } from "../live/DeskProvider";
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
  const desk = useDesk();
  const me = useMe().user.id;
  const queries = useQueryClient();
  const [arrangement, setArrangement] = useState<Arrangement>(emptyArrangement);
  const held = useRef(false);
  const pages = useInfiniteQuery({
    queryKey: ["conversations", view, q],
    queryFn: async ({ pageParam }) => {
      await desk.hearing();
      const [asked, hearing] = [rows.moment, desk.link === "online"];
      return { ...(await fetchPage(view, q, pageParam, PAGE)), asked, hearing };
    },
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
    for (const page of data.pages) rows.keep(page.items, page.asked);
    const [first] = data.pages;
    // Asked without a socket, because it was long in coming, and there is one now: who came in between is in neither.
    if (first && !first.hearing && desk.link === "online") void queries.invalidateQueries({ queryKey: ["conversations", view, q] });
    const late = first ? rows.since(first.asked) : [];
    if (late.length > 0) void queries.invalidateQueries({ queryKey: countsKey });
    else if (first && data.pages.length === 1) queries.setQueryData(countsKey, first.counts);
    const items = uniqueItems(data.pages);
    const searching = isSearching(view, q);
    const ids = items.filter((item) => searching || belongs(rows.get(item.id) ?? item, view, me)).map((item) => item.id);
    // What came while the pages were on their way is in none of them.
    const come = isAsked(view, q) ? [] : late.filter((row) => belongs(row, view, me) && !ids.includes(row.id)).map((row) => row.id);
    setArrangement((now) => (held.current && now.shown.length > 0 ? listed(now, ids, false) : listed(now, [...come, ...ids], true)));
  }, [data, rows, desk, queries, view, q, me]);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const unwatch = rows.watch((after, before) => {
      const here = belongs(after, view, me);
      // Whether he who has begun to wait is a team's, the server is asked: once for a burst of them.
      if (view === "team" && here && before?.owner !== "queue") timer ??= setTimeout(() => {
        timer = undefined;
        void queries.invalidateQueries({ queryKey: ["conversations", view] });
      }, SETTLE);
      setArrangement((now) => (isSearching(view, q) || (view === "team" && !now.shown.includes(after.id)) ? now : place(now, after, before, here, held.current)));
    });
    return () => {
      clearTimeout(timer);
      unwatch();
    };
  }, [rows, queries, view, me, q]);

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

/** What a search finds, and who waits for one's teams, only the server knows: news changes its rows but adds none. */
function isAsked(view: Place, q: string): boolean {
  return isSearching(view, q) || view === "team";
}

function isSearching(view: Place, q: string): boolean {
  return q !== "" || view === "mentions";
}

function place(now: Arrangement, after: Conversation, before: Conversation | undefined, here: boolean, held: boolean): Arrangement {
  if (!here) return left(now, after.id, held);
  const present = now.shown.includes(after.id) && !now.gone.has(after.id);
  const spoke = before !== undefined && after.unread > before.unread;
  return present && !spoke ? now : risen(now, after.id, held);
}
