import { useEffect, useLayoutEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { ArrowDown } from "lucide-react";
import { useTranslation } from "react-i18next";
import { sayDay, type Conversation, type Entry } from "@tandem/shared";
import { FailedState } from "../app/StatePage";
import { languageNow } from "../i18n/i18n";
import { useDesk, useSending } from "../live/DeskProvider";
import type { Feed, FeedState } from "../live/feed";
import { useMinute } from "../live/ticker";
import { nameOf } from "../look/contactName";
import { Face } from "../look/Face";
import { Waiting } from "../look/Waiting";
import { useMe } from "../session/session";
import { MessageText } from "./MessageText";
import { NoteView, OnItsWay, Said } from "./Said";
import { Seam } from "./Seam";
import { Skills } from "./Skills";
import { countNews, layOut, type Item } from "./timelineItems";
import "./timeline.css";

/** An entry to scroll to and light; `turn` makes pressing the same ↗n twice work twice. */
export type Lit = { seq: number; turn: number };

const LIT_LASTS = 2400;
const NEAR_END = 80;
const NEAR_BEGINNING = 240;

type Props = { feed: Feed; state: FeedState; row: Conversation; lit: Lit | null; onRetry: () => void; onSeen: (seq: number) => void };

export function Timeline({ feed, state, row, lit, onRetry, onSeen }: Props): ReactNode {
  const { t } = useTranslation();
  const sending = useSending(feed.conversation);
  const entries = state.timeline.entries;
  const scroll = useScroll(feed, state, sending.length, onSeen);
  useLit(feed, lit, scroll.release);
  const me = useMe().user.id;
  const news = scroll.atEnd ? 0 : countNews(entries, scroll.seen, me);
  if (state.status === "loading") return <div className="timeline"><Waiting kind="bubble" rows={4} /></div>;
  if (state.status === "failed") {
    return <div className="timeline"><FailedState title={t("conversation.failed")} hint={t("problem.network")} onRetry={onRetry} /></div>;
  }
  return (
    <div className="timeline">
      <div ref={scroll.ref} className="timeline-scroll" tabIndex={0} role="log" aria-label={t("conversation.timeline")} onScroll={scroll.onScroll}>
        <div className="timeline-lane">
          <p className="timeline-top quiet">{state.loadingOlder ? t("conversation.older") : feed.hasOlder ? "" : t("conversation.beginning")}</p>
          <Entries entries={entries} contact={row.contact} readBy={row.read_by_customer} lit={lit?.seq ?? null} />
          <Outgoing feed={feed} />
          <Passing state={state} row={row} />
        </div>
      </div>
      {!scroll.atEnd && (
        <button type="button" className={`timeline-pill${news > 0 ? " timeline-pill-news" : ""}`} onClick={scroll.toEnd}>
          <ArrowDown aria-hidden /> {news > 0 ? t("conversation.new", { count: news }) : t("conversation.toEnd")}
        </button>
      )}
    </div>
  );
}

type EntriesProps = { entries: readonly Entry[]; contact: Conversation["contact"]; readBy: number; lit: number | null };

function Entries({ entries, contact, readBy, lit }: EntriesProps): ReactNode {
  const language = languageNow();
  const items = useMemo(() => layOut(entries, { locale: language }), [entries, language]);
  return items.map((item) => <ItemView key={item.key} item={item} contact={contact} readBy={readBy} lit={lit} />);
}

function ItemView({ item, contact, readBy, lit }: Omit<EntriesProps, "entries"> & { item: Item }): ReactNode {
  const minute = useMinute();
  switch (item.kind) {
    case "day":
      return <div className="day"><span>{sayDay(item.at, minute, { locale: languageNow() })}</span></div>;
    case "skills":
      return <Skills entries={item.entries} open={item.entries.some((entry) => entry.seq === lit)} />;
    case "seam":
      return <div id={`entry-${item.entry.seq}`}><Seam entry={item.entry} /></div>;
    case "note":
      return (
        <div id={`entry-${item.entry.seq}`}>
          {item.entry.body.type === "note" && <NoteView by={item.entry.by.name} at={item.entry.at} text={item.entry.body.text} whisper={item.entry.body.whisper} original={item.entry.body.original_of !== null} />}
        </div>
      );
    case "said":
      return <div id={`entry-${item.entry.seq}`}><Said entry={item.entry} customer={nameOf(contact)} first={item.first} readBy={readBy} /></div>;
  }
}

function Outgoing({ feed }: { feed: Feed }): ReactNode {
  const desk = useDesk();
  const sending = useSending(feed.conversation);
  const name = useMe().user.name;
  return sending.map((one) => (
    <OnItsWay key={one.client_id} sending={one} name={name} onAgain={() => desk.sayAgain(one.client_id)} onDrop={() => desk.takeBack(one.client_id)} />
  ));
}

/** What passes: the answer the assistant is composing, and who is typing. */
function Passing({ state, row }: { state: FeedState; row: Conversation }): ReactNode {
  const { t } = useTranslation();
  const me = useMe().user.name;
  if (state.draft) {
    return (
      <div className="said said-assistant said-first said-drafting" aria-label={t("conversation.drafting")}>
        <Face voice="assistant" name="" />
        <div className="said-body">
          <div className="said-speaker"><span className="ai-label">{t("voice.ai")}</span><span className="quiet">{t("conversation.drafting")}</span></div>
          <div className="bubble"><MessageText text={state.draft.text} /></div>
        </div>
      </div>
    );
  }
  if (!state.typing || (state.typing.kind === "agent" && state.typing.name === me)) return null;
  const name = state.typing.kind === "customer" ? nameOf(row.contact) : state.typing.name || t(`voice.${state.typing.kind === "assistant" ? "ai" : "person"}`);
  return <p className="typing quiet"><span className="typing-dots" aria-hidden><i /><i /><i /></span>{t("conversation.typing", { name })}</p>;
}

type Scroll = { ref: React.RefObject<HTMLDivElement | null>; atEnd: boolean; seen: number; onScroll: () => void; toEnd: () => void; release: () => void };

/** Stays at the end while one is there, else stays where one reads; history that arrives above moves nothing. */
function useScroll(feed: Feed, state: FeedState, outgoing: number, onSeen: (seq: number) => void): Scroll {
  const ref = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const stuck = useRef(true);
  const [seen, setSeen] = useState(0);
  const before = useRef({ start: 0, height: 0 });
  const { start, cursor } = state.timeline;

  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    if (stuck.current) element.scrollTop = element.scrollHeight;
    else if (start < before.current.start) element.scrollTop += element.scrollHeight - before.current.height;
    before.current = { start, height: element.scrollHeight };
  }, [state, start, outgoing]);

  useLayoutEffect(() => {
    if (outgoing === 0 || !ref.current) return;
    stuck.current = true;
    ref.current.scrollTop = ref.current.scrollHeight;
  }, [outgoing]);

  useEffect(() => {
    const element = ref.current;
    const lane = element?.firstElementChild;
    if (!element || !lane) return;
    // Pictures that load, the keyboard of a phone, a folded panel: the end stays the end.
    const observer = new ResizeObserver(() => {
      if (stuck.current) element.scrollTop = element.scrollHeight;
    });
    observer.observe(lane);
    observer.observe(element);
    return () => observer.disconnect();
  }, [state.status]);

  useEffect(() => {
    if (!atEnd) return;
    setSeen(cursor);
    const look = (): void => {
      if (!document.hidden && cursor > 0) onSeen(cursor);
    };
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [atEnd, cursor, onSeen]);

  const onScroll = (): void => {
    const element = ref.current;
    if (!element) return;
    stuck.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END;
    setAtEnd(stuck.current);
    if (element.scrollTop < NEAR_BEGINNING) void feed.loadOlder();
  };
  const toEnd = (): void => {
    stuck.current = true;
    ref.current?.scrollTo({ top: ref.current.scrollHeight });
  };
  const release = useRef(() => {
    stuck.current = false;
  }).current;
  return { ref, atEnd, seen, onScroll, toEnd, release };
}

function useLit(feed: Feed, lit: Lit | null, release: () => void): void {
  useEffect(() => {
    if (!lit) return;
    let wanted = true;
    void feed.reach(lit.seq).then((there) => {
      if (!there || !wanted) return;
      release();
      // One frame later the entry, perhaps just loaded or unfolded, has its place.
      requestAnimationFrame(() => light(lit.seq));
    });
    return () => {
      wanted = false;
    };
  }, [feed, lit, release]);
}

function light(seq: number): void {
  const element = document.getElementById(`entry-${seq}`);
  if (!element) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  document.querySelector(".lit")?.classList.remove("lit");
  element.classList.add("lit");
  setTimeout(() => element.classList.remove("lit"), LIT_LASTS);
}
