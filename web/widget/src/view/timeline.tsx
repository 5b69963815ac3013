import { Fragment, h, type Child } from "../elements/jsx";
import { useEffect, useMemo, useRef, useState } from "../elements/render";
import { sayDay, type Entry } from "@tandem/shared";
import { rowsOf, type Row } from "../rows";
import { isFromOthers, type Said, type View } from "../view";
import { Bubble, UnsentBubble, Voice } from "./bubble";
import { chat, manner } from "./here";
import { Icon } from "./icons";
import { DOWN } from "./paths";
import { Markdown } from "./markdown";
import { Part } from "./part";
import { Seam } from "./seam";
import { useScroll } from "./scroll";
import { words } from "../words/words";

export function Timeline({ view, onEdit }: { view: View; onEdit: (client_id: string, said: Said) => void }): Child {
  const { unsent } = view;
  const { entries, start, cursor } = view.timeline;
  const leftAt = useRef(cursor);
  const { box, pinned, onScroll, toEnd } = useScroll(() => void chat.loadOlder(), () => (leftAt.current = cursor));
  useEffect(() => {
    if (pinned && !document.hidden) chat.markSeen();
  });
  // A message of one's own is always looked at.
  useEffect(() => {
    if (unsent.length > 0) toEnd();
  }, [unsent.length]);
  const fresh = pinned ? 0 : entries.filter((entry) => entry.seq > leftAt.current && isFromOthers(entry)).length;

  return (
    <div class="timeline-box">
      <div class="timeline" ref={box} onscroll={onScroll} role="log" aria-live="off" aria-label={words.timeline} tabindex={0}>
        <div class="stack">
          {view.loadingOlder && <div class="quiet centre">{words.older}</div>}
          {start === 0 && <Greeting view={view} />}
          <Rows view={view} />
          {unsent.map((message) => (
            <UnsentBubble
              key={message.client_id}
              unsent={message}
              waiting={view.reach !== "good"}
              onEdit={() => onEdit(message.client_id, message.payload)}
            />
          ))}
          <Composing view={view} />
          {view.state.owner === "closed" && <Part name="rating" view={view} faces={words.faces} />}
        </div>
      </div>
      {!pinned && (
        <button class="to-end line" onclick={toEnd} aria-label={fresh > 0 ? null : words.toEnd}>
          <Icon path={DOWN} size={14} />
          {fresh > 0 && words.fresh(fresh)}
        </button>
      )}
    </div>
  );
}

function Rows({ view: { timeline, state, unsent } }: { view: View }): Child {
  const { entries } = timeline;
  const rows = useMemo(() => rowsOf(entries, manner), [entries]);
  const helped = useMemo(() => helpedBy(entries), [entries]);
  const last = entries.filter(({ body }) => body.type === "message").at(-1);
  const minute = useMinute();
  return rows.map((row) => (
    <RowView
      key={row.key}
      row={row}
      minute={minute}
      read={row.entry.seq <= state.read_by_agent}
      choosable={unsent.length === 0 && row.entry === last}
      taken={takenOf(row.entry, entries)}
      helped={helped.get(row.entry.seq) ?? null}
    />
  ));
}

type RowViewProps = { row: Row; minute: number; read: boolean; choosable: boolean; taken: string | null; helped: boolean | null };

/** The same element as long as nothing about it changed: hundreds of rows are then not compared at each keystroke. */
function RowView({ row, minute, ...marks }: RowViewProps): Child {
  const { kind, key, entry, opens, closes } = row;
  return useMemo(() => {
    if (kind === "day") return <div class="quiet small centre">{sayDay(entry.at, Date.now(), manner)}</div>;
    if (entry.body.type === "message") return <Bubble message={entry.body} {...row} {...marks} />;
    return <Seam entry={entry} />;
  }, [key, minute, opens, closes, ...Object.values(marks)]);
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
function takenOf({ seq, body }: Entry, entries: readonly Entry[]): string | null {
  if (body.type !== "message" || body.choices.length === 0) return null;
  const answer = entries.find((entry) => entry.seq > seq && entry.by.kind === "customer");
  return answer?.body.type === "message" ? answer.body.choice : null;
}

/** What the customer said last of each answer, by its `seq`. */
function helpedBy(entries: readonly Entry[]): Map<number, boolean> {
  return new Map(entries.flatMap(({ body }) => (body.type === "helped" ? [[body.answer, body.yes]] : [])));
}

function Greeting({ view }: { view: View }): Child {
  if (!view.config) return null;
  const { greeting, suggestions, assistant_name } = view.config;
  const asked = view.unsent.length > 0 || view.timeline.entries.some((entry) => entry.by.kind === "customer");
  return (
    <>
      <Voice side="assistant" name={assistant_name} opens>
        <div class="bubble">
          <Markdown text={greeting} />
        </div>
      </Voice>
      {!asked && suggestions.length > 0 && (
        <div class="suggestions stack">
          <div class="quiet">{words.suggestions}</div>
          {suggestions.map((suggestion) => (
            <button class="chip" onclick={() => chat.say(suggestion)}>
              {suggestion}
            </button>
          ))}
        </div>
      )}
    </>
  );
}

/** An answer in the making: its words as far as they are there, else the dots. */
function Composing({ view }: { view: View }): Child {
  const { draft, typing, config, state } = view;
  if (draft === "" && !typing) return null;
  const side = draft !== "" ? "assistant" : (typing?.kind ?? "assistant");
  const name = side === "assistant" ? (config?.assistant_name ?? "") : (typing?.name || state.agent_name || "");
  return (
    <Voice side={side} name={name} opens>
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
    </Voice>
  );
}
