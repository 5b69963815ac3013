import type { VNode } from "preact";
import type { ChatState } from "@tandem/shared";
import type { Words } from "../words/words";
import { useHere } from "./here";
import { Icon } from "./icons";

/** The wait, told honestly, with its ways out; folded to one line for who keeps waiting. */
export function Queue({ state, folded, onFold }: { state: ChatState; folded: boolean; onFold: (folded: boolean) => void }): VNode {
  const { chat, words } = useHere();
  const place = sayPlace(state, words);
  const estimate = sayEstimate(state, words);
  if (folded)
    return (
      <button type="button" class="queue-panel folded" aria-expanded={false} onClick={() => onFold(false)}>
        <span class="pulse" aria-hidden="true" />
        <span class="grow">
          <b>{place}</b> · {estimate}
        </span>
        <Icon name="down" size={16} />
      </button>
    );
  return (
    <section class="queue-panel" aria-label={place}>
      <div class="line">
        <span class="pulse" aria-hidden="true" />
        <b class="grow">{place}</b>
        <span class="estimate">{estimate}</span>
      </div>
      <p>{state.people_online ? words.meanwhile : words.nobody}</p>
      <div class="line">
        <button type="button" class="button" onClick={() => onFold(true)}>
          {words.keepWaiting}
        </button>
        <button type="button" class="button plain" onClick={() => void chat.backToAssistant()}>
          {words.backToAssistant}
        </button>
      </div>
    </section>
  );
}

export function sayPlace({ queue }: ChatState, words: Words): string {
  if (!queue) return words.placeSoon;
  return queue.place <= 1 ? words.next : words.place(queue.place);
}

function sayEstimate({ queue }: ChatState, words: Words): string {
  return queue && queue.high > 0 ? words.estimate(queue.low, queue.high) : words.noEstimate;
}
