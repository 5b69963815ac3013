import { h, type Child } from "../elements/jsx";
import { sayTime, type Choice, type Entry, type Message, type Source, type Unsent } from "@tandem/shared";
import type { Said } from "../view";
import { Attachments } from "./attachments";
import { chat, manner } from "./here";
import { Icon, Ticks } from "./icons";
import { Part } from "./part";
import { FILE, CLOCK, LOOKUP, WARN } from "./paths";
import { Markdown } from "./markdown";
import { words } from "../words/words";

type Side = "customer" | "assistant" | "agent";

export interface BubbleProps {
  entry: Entry;
  message: Message;
  opens: boolean;
  closes: boolean;
  read: boolean;
  /** The choice already taken, null while all may be pressed. */
  taken: string | null;
  choosable: boolean;
  /** What the customer said of it, null before. */
  helped: boolean | null;
}

export function Bubble({ entry, message, opens, closes, read, taken, choosable, helped }: BubbleProps): Child {
  const { kind, name } = entry.by;
  const side: Side = kind === "customer" || kind === "agent" ? kind : "assistant";
  return (
    <Voice side={side} name={name} opens={opens}>
      {message.text && (
        <div class="bubble">
          <Markdown text={message.text} />
        </div>
      )}
      <Attachments files={message.attachments} />
      {message.cards.length > 0 && <Part name="cards" cards={message.cards} />}
      {message.sources.length > 0 && <Sources sources={message.sources} />}
      {side === "assistant" && message.sources.length > 0 && <Part name="helped" answer={entry.seq} yes={helped} />}
      {message.choices.length > 0 && <Choices choices={message.choices} taken={taken} choosable={choosable} />}
      {closes && (
        <div class="meta quiet small line">
          <time datetime={entry.at}>{sayTime(entry.at, Date.now(), manner)}</time>
          {side === "customer" && <Mark read={read} />}
        </div>
      )}
    </Voice>
  );
}

/** One voice: a person's or the assistant's, told apart by mark and colour; the customer's own on the other side. */
export function Voice(props: { side: Side; name: string; opens: boolean; children: Child }): Child {
  const { side, opens } = props;
  const name = side === "assistant" ? (chat.store.value.config?.assistant_name ?? props.name) : props.name;
  return (
    <div class={`row ${side} ${opens ? "opens" : ""}`}>
      {side === "assistant" && (
        <span class="voice" role="img" aria-label={words.aiLong} title={words.aiLong}>
          {words.ai}
        </span>
      )}
      {side === "agent" && (
        <span class="voice" aria-hidden="true">
          {initialsOf(name)}
        </span>
      )}
      <div class="said stack">
        {side === "customer" ? <span class="hidden">{words.you}</span> : opens && <div class="quiet small name" dir="auto">{name}</div>}
        {props.children}
      </div>
    </div>
  );
}

function Mark({ read }: { read: boolean }): Child {
  return (
    <span class={read ? "mark read" : "mark"} role="img" aria-label={read ? words.read : words.sent}>
      <Ticks two={read} />
    </span>
  );
}

function Sources({ sources }: { sources: readonly Source[] }): Child {
  return (
    <div class="sources meta quiet small line">
      <Icon path={sources.some((source) => source.kind === "knowledge") ? FILE : LOOKUP} size={13} />
      <span>{words.sources(sources.map((source) => source.title).join(" · "))}</span>
    </div>
  );
}

function Choices({ choices, taken, choosable }: { choices: readonly Choice[]; taken: string | null; choosable: boolean }): Child {
  return (
    <div class="chips line">
      {choices.map(({ label, value }) => (
        <button
          class="chip"
          disabled={!choosable}
          aria-pressed={taken === value}
          onclick={() => chat.say(label, [], value)}
        >
          {label}
        </button>
      ))}
    </div>
  );
}

/** A message of ours that is not stored yet. */
export function UnsentBubble({ unsent, waiting, onEdit }: { unsent: Unsent<Said>; waiting: boolean; onEdit: () => void }): Child {
  const { payload, failed, client_id } = unsent;
  return (
    <Voice side="customer" name="" opens={false}>
      {payload.text && (
        <div class="bubble unsent">
          <Markdown text={payload.text} />
        </div>
      )}
      <Attachments files={payload.attachments} />
      <div class={`meta quiet small line ${failed === null ? "" : "failed"}`}>
        <Icon path={failed === null ? CLOCK : WARN} size={13} />
        <span>{failed === null ? (waiting ? words.waitingToSend : words.sending) : failed || words.failed}</span>
      </div>
      {failed !== null && (
        <div class="chips line">
          <button class="link" onclick={() => chat.retry(client_id)}>
            {words.retry}
          </button>
          <button class="link" onclick={onEdit}>
            {words.edit}
          </button>
          <button class="link" onclick={() => chat.discard(client_id)}>
            {words.remove}
          </button>
        </div>
      )}
    </Voice>
  );
}

/** Two letters of a Latin name; of a Chinese one the last two characters, as colleagues call each other. */
export function initialsOf(name: string): string {
  const parts = name.trim().split(/\s+/);
  if (/[\u3400-\u9fff]/.test(name)) return [...name.trim()].slice(-2).join("");
  return parts.map((part) => [...part][0] ?? "").slice(0, 2).join("").toUpperCase();
}
