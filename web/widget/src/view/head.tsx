import { h, type Child } from "../elements/jsx";
import type { ChatState } from "@tandem/shared";
import type { View } from "../view";
import { initialsOf } from "./bubble";
import { useHere } from "./here";
import { Icon } from "./icons";
import { CLOSE, FILE } from "./paths";
import { words } from "../words/words";

/** Whose chat this is, who answers now, and the way to a person, which never leaves its place. */
export function Head({ view, onQueue, onClose }: { view: View; onQueue: () => void; onClose: () => void }): Child {
  const { chat } = useHere();
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
      {state.owner === "queue" ? (
        <button class="person waiting" aria-label={words.placeShortLong(state.queue?.place ?? 1)} onclick={onQueue}>
          {words.placeShort(state.queue?.place ?? 1)}
        </button>
      ) : (
        state.owner !== "agent" && (
          <button class="person" aria-label={words.personLong} onclick={() => void chat.askForPerson()}>
            {words.person}
          </button>
        )
      )}
      {(state.owner === "queue" || state.owner === "agent") && (
        <button class="tool" aria-label={words.told} title={words.told} onclick={openTold}>
          <Icon path={FILE} size={18} />
        </button>
      )}
      <button class="tool close" aria-label={words.close} title={words.close} onclick={onClose}>
        <Icon path={CLOSE} />
      </button>
    </header>
  );
}

/** Its code is fetched when it is asked for. */
async function openTold({ currentTarget }: MouseEvent): Promise<void> {
  const { base, chat, manner } = useHere();
  const opener = currentTarget as HTMLElement;
  const told = (await import(/* @vite-ignore */ `${base}/told.js`)) as typeof import("../told");
  told.default(opener.closest<HTMLElement>(".panel")!, opener, (body) => chat.calls.ask("told", body), manner.locale);
}

function sayMark({ owner, agent_name }: ChatState, brand: string): string {
  if (owner === "assistant") return words.ai;
  if (owner === "agent" && agent_name) return initialsOf(agent_name);
  return [...brand][0] ?? "";
}

function sayOwner(state: ChatState): string {
  switch (state.owner) {
    case "assistant":
      return words.assistantHere;
    case "queue":
      return words.waiting;
    case "agent":
      return words.agentHere(state.agent_name ?? "");
    case "closed":
      return words.ended;
  }
}
