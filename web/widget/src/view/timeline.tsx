import type { VNode } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { sayDay, type Entry } from "@tandem/shared";
import { rowsOf, type Row as TimelineRow } from "../rows";
import { earlier, later, spanAround, spanAtEnd, trimmed, within, type Span } from "../span";
import { isFromOthers, type Said, type View } from "../view";
import { Bubble, Row, UnsentBubble } from "./bubble";
import { useHere } from "./here";
import { Icon } from "./icons";
import { Markdown } from "./markdown";
import { Rating } from "./rating";
import { Seam } from "./seam";
import { useScroll } from "./scroll";

export function Timeline({ view, onEdit }: { view: View; onEdit: (client_id: string, said: Said) => void }): VNode {
  const { chat, words } = useHere();
  const { entries, start } = view.timeline;
  const [span, setSpan] = useState<Span>(() => spanAtEnd(entries));
  const leftAt = useRef(view.timeline.cursor);

  const scroll = useScroll({
    onTop: () => {
      if (entries[0] && span.first <= entries[0].seq) void chat.loadOlder().catch(() => {});
      setSpan(earlier(entries, span));
    },
    onBottom: () => span.last !== Infinity && setSpan(later(entries, span)),
    onLeave: () => (leftAt.current = view.timeline.cursor),
  });
  useReturn(scroll.left, view, (seq) => setSpan(spanAround(entries, seq)));
  const following = scroll.pinned && span.last === Infinity;
  useEffect(() => {
    if (following) setSpan(trimmed(entries, span));
  }, [entries, following]);
  useEffect(() => {
    if (following && view.open && !document.hidden) chat.markSeen();
  });
  // A message of one's own is always looked at.
  useLayoutEffect(() => {
    if (view.unsent.length > 0) toEnd();
  }, [view.unsent.length]);

  const toEnd = (): void => {
    setSpan((held) => ({ ...held, last: Infinity }));
    scroll.toEnd();
  };
  const fresh = following ? 0 : entries.filter((entry) => entry.seq > leftAt.current && isFromOthers(entry)).length;
  const whole = start === 0 && span.first <= (entries[0]?.seq ?? 0);

  return (
    <div class="timeline-box">
      <div class="timeline" ref={scroll.box} onScroll={scroll.onScroll} role="log" aria-live="off" aria-label={words.timeline} tabIndex={0}>
        <div class="timeline-content">
          {view.loadingOlder && <div class="quiet centre">{words.older}</div>}
          {whole && <Greeting view={view} />}
          <Rows view={view} shown={within(entries, span)} />
          {view.unsent.map((unsent) => (
            <UnsentBubble
              key={unsent.client_id}
              unsent={unsent}
              waiting={view.reach !== "good"}
              onEdit={() => onEdit(unsent.client_id, unsent.payload)}
            />
          ))}
          <Composing view={view} />
          <Rating view={view} />
        </div>
      </div>
      {!following && (
        <button type="button" class="to-end" onClick={toEnd} aria-label={fresh > 0 ? undefined : words.toEnd}>
          <Icon name="down" size={14} />
          {fresh > 0 && words.fresh(fresh)}
        </button>
      )}
    </div>
  );
}

function Rows({ view, shown }: { view: View; shown: readonly Entry[] }): VNode {
  const { manner } = useHere();
  const rows = useMemo(() => rowsOf(shown, manner), [shown.length, shown[0], shown.at(-1)]);
  const lastMessage = view.timeline.entries.filter((entry) => entry.body.type === "message").at(-1);
  const free = view.unsent.length === 0;
  const minute = useMinute();
  return (
    <>
      {rows.map((row) => (
        <RowView
          key={row.key}
          row={row}
          minute={minute}
          read={row.kind === "message" && row.entry.seq <= view.state.read_by_agent}
          choosable={free && row.kind === "message" && row.entry === lastMessage}
          taken={row.kind === "message" && row.message.choices.length > 0 ? takenOf(row.entry, view.timeline.entries) : null}
        />
      ))}
    </>
  );
}

/** Pages loaded at most to find the reader's place again; whoever was further up starts at the end of those. */
const RETURN_PAGES = 8;

function useReturn(left: number | null, view: View, show: (seq: number) => void): void {
  const { chat } = useHere();
  const pages = useRef(0);
  const first = view.timeline.entries[0]?.seq ?? 0;
  useEffect(() => {
    if (left === null || pages.current > RETURN_PAGES) return;
    if (left >= first || pages.current === RETURN_PAGES) {
      pages.current = Infinity;
      show(Math.max(left, first));
    } else {
      pages.current++;
      void chat.loadOlder().catch(() => {});
    }
  }, [first]);
}

type RowViewProps = { row: TimelineRow; minute: number; read: boolean; choosable: boolean; taken: string | null };

/** The same element as long as nothing about it changed: hundreds of rows are then not compared at each keystroke. */
function RowView({ row, minute, ...marks }: RowViewProps): VNode {
  const { manner } = useHere();
  const { kind, key } = row;
  const [opens, closes] = kind === "message" ? [row.opens, row.closes] : [false, false];
  return useMemo(() => {
    if (row.kind === "day") return <div class="day">{sayDay(row.at, Date.now(), manner)}</div>;
    if (row.kind === "seam") return <Seam entry={row.entry} />;
    return <Bubble {...row} {...marks} />;
  }, [key, minute, opens, closes, marks.read, marks.choosable, marks.taken]);
}

/** Counts minutes: "just now" does not stay true. */
function useMinute(): number {
  const [minute, setMinute] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setMinute((count) => count + 1), 60_000);
    return () => clearInterval(timer);
  }, []);
  return minute;
}

/** The value of the button that was pressed under a message: said by the customer's next message. */
function takenOf(asked: Entry, entries: readonly Entry[]): string | null {
  const answer = entries.find((entry) => entry.seq > asked.seq && entry.by.kind === "customer");
  return answer?.body.type === "message" ? answer.body.choice : null;
}

function Greeting({ view }: { view: View }): VNode | null {
  const { chat, words } = useHere();
  if (!view.config) return null;
  const { greeting, suggestions, assistant_name } = view.config;
  const asked = view.unsent.length > 0 || view.timeline.entries.some((entry) => entry.by.kind === "customer");
  return (
    <>
      <Row side="assistant" name={assistant_name} opens>
        <div class="bubble">
          <Markdown text={greeting} />
        </div>
      </Row>
      {!asked && suggestions.length > 0 && (
        <div class="suggestions">
          <div class="quiet">{words.suggestions}</div>
          {suggestions.map((suggestion) => (
            <button type="button" class="chip" onClick={() => chat.say(suggestion)}>
              {suggestion}
            </button>
          ))}
        </div>
      )}
    </>
  );
}

/** An answer in the making: its words as far as they are there, else the dots. */
function Composing({ view }: { view: View }): VNode | null {
  const { words } = useHere();
  const { draft, typing, config, state } = view;
  if (draft === "" && !typing) return null;
  const side = draft !== "" ? "assistant" : (typing?.kind ?? "assistant");
  const name = side === "assistant" ? (config?.assistant_name ?? "") : (typing?.name || state.agent_name || "");
  return (
    <Row side={side} name={name} opens>
      <div class="bubble making">
        {draft !== "" ? (
          <Markdown text={draft} />
        ) : (
          <span class="dots" role="img" aria-label={side === "assistant" ? words.answering : words.composing(name)}>
            <i />
            <i />
            <i />
          </span>
        )}
      </div>
    </Row>
  );
}
