import { h, type Child } from "../elements/jsx";
import type { ChatState } from "@tandem/shared";
import type { View } from "../view";
import { initialsOf } from "./bubble";
import { chat, manner } from "./here";
import { fetchCode } from "./part";
import { CLOSE, FILE } from "./paths";
import { Tool } from "./tool";
import { words } from "../words/words";

/** Whose chat this is, who answers now, and the way to a person, which never leaves its place. */
export function Head({ view, onQueue, onClose }: { view: View; onQueue: () => void; onClose: () => void }): Child {
  const { state, config } = view;
  const brand = config?.brand ?? "";
  return (
    <header class="head line">
      <span class={`voice big ${state.owner}`} aria-hidden="true">
        {sayMark(state, brand)}
      </span>
      <div class="grow">
        <h2 class="clip" dir="auto">
          {brand}
        </h2>
        <div class={`dot quiet line ${state.owner}`}>
          <span class="lines" dir="auto">
            {sayOwner(state)}
          </span>
        </div>
      </div>
      {state.queue && state.queue.kind !== "ticket" && (
        <button class="person waiting" aria-label={words.placeShortLong(state.queue.place)} onclick={onQueue}>
          {words.placeShort(state.queue.place)}
        </button>
      )}
      {(state.owner === "assistant" || state.owner === "closed") && (
        <button class="person" aria-label={words.personLong} onclick={() => void chat.askForPerson()}>
          {words.person}
        </button>
      )}
      {state.owner !== "assistant" && <Tool label={words.told} path={FILE} onclick={openTold} />}
      <Tool class="tool close" label={words.close} path={CLOSE} onclick={onClose} />
    </header>
  );
}

/** Its code is fetched when it is asked for. */
const openTold = ({ currentTarget }: MouseEvent): unknown =>
  fetchCode<typeof import("../parts/told")>("told").then((told) =>
    told.default(currentTarget as HTMLElement, (body) => chat.calls.ask("told", body), manner.locale),
  );

function sayMark({ owner, agent_name }: ChatState, brand: string): string {
  if (owner === "assistant") return words.ai;
  if (owner === "agent" && agent_name) return initialsOf(agent_name);
  return [...brand][0] ?? "";
}

function sayOwner({ owner, agent_name, queue }: ChatState): string {
  const waiting = { chat: words.waiting, ticket: words.waits.message, call: words.waits.callback }[queue?.kind ?? "chat"];
  return { assistant: words.assistantHere, queue: waiting, agent: words.agentHere(agent_name ?? ""), closed: words.ended }[owner];
}
