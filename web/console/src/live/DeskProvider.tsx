import { createContext, useContext, useEffect, useMemo, useState, useSyncExternalStore, type ReactNode } from "react";
import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import type { Colleague, Conversation, Link, Mine } from "@tandem/shared";
import { countsKey } from "../inbox/counts";
import { Rows } from "../inbox/rows";
import { useMe, useSession } from "../session/session";
import { colleaguesKey, conversationKey, exceptionsKey, mineKey } from "./keys";
import type { Resumed } from "./deeds";
import { Desk, type Sending } from "./desk";
import type { Feed, FeedState } from "./feed";

/** Said to the whole console: whichever page is open, one is called. */
export type Mentioned = { conversation: string; by: string; whisper: boolean };

const DeskContext = createContext<{ desk: Desk; rows: Rows } | null>(null);

/** One socket while somebody is signed in. */
export function DeskProvider({ children }: { children: ReactNode }): ReactNode {
  const user = useMe().user.id;
  const { showPresence } = useSession();
  const queries = useQueryClient();
  const value = useMemo(() => makeDesk(user, queries, showPresence), [user, queries, showPresence]);
  useEffect(() => {
    value.desk.start();
    return () => value.desk.stop();
  }, [value]);
  return <DeskContext value={value}>{children}</DeskContext>;
}

function makeDesk(user: string, queries: QueryClient, showPresence: (colleague: Colleague) => void): { desk: Desk; rows: Rows } {
  const rows = new Rows();
  const desk = new Desk(user, {
    conversation: (row) => rows.hear(row),
    read: (conversation, by, seq) => rows.markRead(conversation, by, seq),
    colleague: (colleague) => {
      showPresence(colleague);
      queries.setQueryData<Colleague[]>(colleaguesKey, (known) => known && placeColleague(known, colleague));
    },
    mine: (mine) => {
      // What was asked for before this may be answered after it, with how it stood then: an offer would be gone before anybody saw it.
      void queries.cancelQueries({ queryKey: mineKey });
      queries.setQueryData<Mine>(mineKey, mine);
    },
    exception: () => void queries.invalidateQueries({ queryKey: [exceptionsKey] }),
    mentioned: (conversation, by, whisper) => {
      void queries.invalidateQueries({ queryKey: countsKey });
      void queries.invalidateQueries({ queryKey: ["conversations", "mentions"] });
      dispatchEvent(new CustomEvent<Mentioned>("tandem:mentioned", { detail: { conversation, by, whisper } }));
    },
    resumed: (resumed) => {
      for (const id of resumed.deed.conversations) void queries.invalidateQueries({ queryKey: [conversationKey, id] });
      dispatchEvent(new CustomEvent<Resumed>("tandem:resumed", { detail: resumed }));
    },
    back: () => {
      void queries.invalidateQueries({ queryKey: [exceptionsKey] });
      void queries.invalidateQueries({ queryKey: mineKey });
      void queries.invalidateQueries({ queryKey: ["conversations"] });
      void queries.invalidateQueries({ queryKey: [conversationKey] });
      void queries.invalidateQueries({ queryKey: colleaguesKey });
      void queries.invalidateQueries({ queryKey: countsKey });
    },
  });
  return { desk, rows };
}

function placeColleague(known: Colleague[], next: Colleague): Colleague[] {
  const others = known.filter((colleague) => colleague.id !== next.id);
  return [...others, next].sort((one, other) => one.name.localeCompare(other.name));
}

function useDeskContext(): { desk: Desk; rows: Rows } {
  const value = useContext(DeskContext);
  if (!value) throw new Error("useDesk outside DeskProvider");
  return value;
}

export const useDesk = (): Desk => useDeskContext().desk;
export const useRows = (): Rows => useDeskContext().rows;

export function useRow(id: string | undefined): Conversation | undefined {
  const rows = useRows();
  return useSyncExternalStore(rows.subscribe, () => (id === undefined ? undefined : rows.get(id)));
}

export function useLink(): Link {
  const desk = useDesk();
  return useSyncExternalStore(desk.subscribe, desk.readLink);
}

/** What was typed in a conversation and is not known to be stored, oldest first. */
export function useSending(conversation: string): readonly Sending[] {
  const desk = useDesk();
  const all = useSyncExternalStore(desk.subscribe, desk.readPending);
  return useMemo(() => all.filter((sending) => sending.conversation === conversation), [all, conversation]);
}

/** The feed of the open conversation; followed while it is shown. `lastSeq` undefined: not known yet, nothing is asked. */
export function useFeed(conversation: string, lastSeq: number | undefined): { feed: Feed; state: FeedState } {
  const desk = useDesk();
  const [feed, setFeed] = useState(() => desk.open(conversation));
  const known = lastSeq !== undefined;
  useEffect(() => {
    const opened = desk.open(conversation);
    setFeed(opened);
    return () => desk.close(conversation);
  }, [desk, conversation]);
  useEffect(() => {
    if (lastSeq === undefined) return;
    void feed.begin(lastSeq).then(() => feed.state.status === "ready" && desk.follow(feed));
    // Only the first known number counts: later ones come as entries through the socket.
  }, [desk, feed, known]);
  const state = useSyncExternalStore(feed.subscribe, feed.read);
  return { feed, state };
}
