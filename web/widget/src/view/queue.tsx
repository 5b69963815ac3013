import { h, type Child } from "../elements/jsx";
import type { ChatState } from "@tandem/shared";
import { chat } from "./here";
import { Icon } from "./icons";
import { DOWN } from "./paths";
import { words } from "../words/words";

/** The wait, told honestly, with its ways out; folded to one line for who keeps waiting. */
export function Queue({ state, folded, onFold }: { state: ChatState; folded: boolean; onFold: (folded: boolean) => void }): Child {
  const place = sayPlace(state);
  const estimate = sayEstimate(state);
  if (folded)
    return (
      <button class="queue-panel folded dot waits queue line" aria-expanded={false} onclick={() => onFold(false)}>
        <span class="grow">
          <b>{place}</b> · {estimate}
        </span>
        <Icon path={DOWN} size={16} />
      </button>
    );
  return (
    <section class="queue-panel stack" aria-label={place}>
      <div class="dot waits queue line">
        <b class="grow">{place}</b>
        {estimate}
      </div>
      <p>{state.people_online ? words.meanwhile : words.nobody}</p>
      <div class="line">
        <button class="button" onclick={() => onFold(true)}>
          {words.keepWaiting}
        </button>
        <button class="button plain" onclick={() => void chat.backToAssistant()}>
          {words.backToAssistant}
        </button>
      </div>
    </section>
  );
}

export function sayPlace({ queue }: ChatState): string {
  if (!queue) return words.placeSoon;
  return queue.place <= 1 ? words.next : words.place(queue.place);
}

function sayEstimate({ queue }: ChatState): string {
  return queue && queue.high > 0 ? words.estimate(queue.low, queue.high) : words.noEstimate;
}
