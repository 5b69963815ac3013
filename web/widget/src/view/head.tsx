import type { VNode } from "preact";
import type { ChatState } from "@tandem/shared";
import type { View } from "../view";
import type { Words } from "../words/words";
import { initialsOf } from "./bubble";
import { useHere } from "./here";
import { Icon } from "./icons";

/** Whose chat this is, who answers now, and the way to a person, which never leaves its place. */
export function Head({ view, onQueue, onClose }: { view: View; onQueue: () => void; onClose: () => void }): VNode {
  const { chat, words } = useHere();
  const { state, config } = view;
  const brand = config?.brand ?? "";
  return (
    <header class="head">
      <span class={`voice big ${state.owner}`} aria-hidden="true">
        {sayMark(state, brand, words)}
      </span>
      <div class="grow">
        <h2 class="clip" dir="auto">
          {brand}
        </h2>
        <div class={`status ${state.owner}`}>
          <span dir="auto">
            {sayOwner(state, words)}
          </span>
        </div>
      </div>
      {state.owner === "queue" ? (
        <button type="button" class="person waiting" aria-label={words.placeShortLong(state.queue?.place ?? 1)} onClick={onQueue}>
          {words.placeShort(state.queue?.place ?? 1)}
        </button>
      ) : (
        state.owner !== "agent" && (
          <button type="button" class="person" aria-label={words.personLong} onClick={() => void chat.askForPerson()}>
            {words.person}
          </button>
        )
      )}
      <button type="button" class="tool close" aria-label={words.close} title={words.close} onClick={onClose}>
        <Icon name="close" />
      </button>
    </header>
  );
}

function sayMark({ owner, agent_name }: ChatState, brand: string, words: Words): string {
  if (owner === "assistant") return words.ai;
  if (owner === "agent" && agent_name) return initialsOf(agent_name);
  return [...brand][0] ?? "";
}

function sayOwner(state: ChatState, words: Words): string {
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
