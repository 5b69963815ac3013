import { h, type Child } from "../elements/jsx";
import type { ChatState, QueuePlace } from "@tandem/shared";
import { chat } from "../view/here";
import { Icon } from "../view/icons";
import { DOWN } from "../view/paths";
import { part, useEffect, useRef, useState } from "./part";
import style from "./wait.css?inline";
import { words } from "./wait.words";

type Way = QueuePlace["ways"][number];
type WaitProps = { state: ChatState; folded: boolean; onFold: (folded: boolean) => void };

/** Milliseconds in which a screen reader has learnt of a new place. */
const SOON = 200;
/** Ten digits or more: a shorter number may be an order's. */
const SAID = /\+?\b\d(?:[ \-()]*\d){9,}/g;
/** As the server takes it. */
const PHONE = /^\+?\d[\d \-()]{3,22}\d$/;

/** The wait, told honestly, with its ways out; folded to one line for who keeps waiting. */
function Wait({ state, folded, onFold }: WaitProps): Child {
  const title = sayTitle(state.queue);
  const rest = sayRest(state.queue);
  const box = useRef<HTMLDivElement>(null);
  const was = useRef(folded);
  // The button that was pressed is gone with what stood there.
  useEffect(() => {
    if (was.current !== folded) box.current?.querySelector<HTMLElement>("section, button")?.focus();
    was.current = folded;
  }, [folded]);
  return (
    <div class="wait" ref={box}>
      {folded ? (
        <button class="queue-panel folded dot waits queue line" aria-expanded={false} onclick={() => onFold(false)}>
          <span class="grow">
            <b>{title}</b>
            {rest && ` · ${rest}`}
          </span>
          <Icon path={DOWN} size={16} />
        </button>
      ) : (
        <Open state={state} title={title} rest={rest} onFold={onFold} />
      )}
    </div>
  );
}

type OpenProps = { state: ChatState; title: string; rest: string; onFold: (folded: boolean) => void };

function Open({ state, title, rest, onFold }: OpenProps): Child {
  const kind = state.queue?.kind ?? "chat";
  const proposed = kind === "chat" ? (state.queue?.proposed ?? null) : null;
  const meanwhile = proposed ? words()[proposed].proposed : sayMeanwhile(state);
  const [said, setSaid] = useState("");
  const [calling, setCalling] = useState(false);
  const section = useRef<HTMLElement>(null);
  const shows = calling ? "form" : kind;
  const showed = useRef(shows);
  // A screen reader says what changes in a place that it knows, not what a new place holds.
  useEffect(() => {
    const timer = setTimeout(() => setSaid(`${title}\n${rest}\n${meanwhile}`), SOON);
    return () => clearTimeout(timer);
  }, [title, meanwhile]);
  useEffect(() => setCalling(false), [kind]);
  // The button that was pressed is gone.
  useEffect(() => {
    if (showed.current !== shows && !calling) section.current?.focus();
    showed.current = shows;
  }, [shows]);
  if (calling) return <CallForm onBack={() => setCalling(false)} />;
  return (
    <section class="queue-panel stack" aria-label={title} ref={section} tabindex={-1}>
      <div class="dot waits queue line">
        <b class="grow">{title}</b>
        {rest}
      </div>
      <p>{meanwhile}</p>
      <div class="hidden" role="status">
        {said}
      </div>
      <Ways queue={state.queue} proposed={proposed} onFold={() => onFold(true)} onCall={() => setCalling(true)} />
    </section>
  );
}

type WaysProps = { queue: QueuePlace | null; proposed: Way | null; onFold: () => void; onCall: () => void };

function Ways({ queue, proposed, onFold, onCall }: WaysProps): Child {
  const kind = queue?.kind ?? "chat";
  const ways = (queue?.ways ?? []).filter((way) => way !== { chat: "", ticket: "message", call: "callback" }[kind]);
  const wait = (how: Way | "chat"): void => void chat.act("wait", { how });
  const back = async ({ currentTarget }: MouseEvent & { readonly currentTarget: HTMLElement }): Promise<void> => {
    const panel = currentTarget.closest<HTMLElement>(".panel");
    if (await chat.act("return", {})) panel?.focus();
  };
  return (
    <div class="ways">
      <button class={`button ${proposed ? "plain" : ""}`} onclick={onFold}>
        {kind === "chat" ? words().keepWaiting : words().fold}
      </button>
      {ways.map((way) => (
        <button class={`button ${way === proposed ? "" : "plain"}`} onclick={() => (way === "callback" ? onCall() : wait(way))}>
          {words()[way].choose}
        </button>
      ))}
      {kind !== "chat" && (
        <button class="button plain" onclick={() => wait("chat")}>
          {words().backToChat}
        </button>
      )}
      <button class="button plain" onclick={back}>
        {words().backToAssistant}
      </button>
    </div>
  );
}

/** The number that the customer has told last: he need not say it again, and may put another. */
function numberSaid(): string {
  const said = chat.store.value.timeline.entries.flatMap(({ by, body }) => (by.kind === "customer" && body.type === "message" && body.text.match(SAID)) || []);
  return said.at(-1) ?? "";
}

/** Where to call back. What is no number is said at once, before it is sent. */
function CallForm({ onBack }: { onBack: () => void }): Child {
  const [phone, setPhone] = useState(numberSaid);
  const [wrong, setWrong] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (!PHONE.test(phone.trim())) {
      setWrong(true);
      field.current?.focus();
    } else if (await chat.act("wait", { how: "callback", phone: phone.trim() })) onBack();
  };
  return (
    <form class="queue-panel stack" novalidate onsubmit={send}>
      <label class="stack">
        <b>{words().phone}</b>
        <input
          ref={field}
          type="tel"
          autocomplete="tel"
          maxlength={25}
          value={phone}
          aria-invalid={wrong}
          aria-describedby="phone-wrong"
          oninput={(event) => {
            setPhone(event.currentTarget.value);
            setWrong(false);
          }}
        />
      </label>
      <p id="phone-wrong" role="alert">
        {wrong && words().phoneWrong}
      </p>
      <div class="ways">
        <button class="button">{words().callback.choose}</button>
        <button class="button plain" type="button" onclick={onBack}>
          {words().back}
        </button>
      </div>
    </form>
  );
}

function sayTitle(queue: QueuePlace | null): string {
  if (!queue) return words().placeSoon;
  if (queue.kind === "ticket") return words().message.taken;
  if (queue.kind === "call") return words().callback.taken;
  return queue.place <= 1 ? words().next : words().place(queue.place);
}

/** How long it will take. Who left a message waits for no turn. */
function sayRest(queue: QueuePlace | null): string {
  if (queue?.kind === "ticket") return "";
  return queue && queue.high > 0 ? words().estimate(queue.low, queue.high) : words().noEstimate;
}

function sayMeanwhile({ queue, people_online }: ChatState): string {
  if (queue?.kind === "ticket") return words().message.meanwhile;
  if (queue?.kind === "call") return words().callback.meanwhile(queue.place);
  return people_online && queue?.open ? words().meanwhile : words().nobody;
}

export default part(Wait, style);
