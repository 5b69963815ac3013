import { h, type Child } from "../elements/jsx";
import { chat } from "../view/here";
import { Icon } from "../view/icons";
import style from "./helped.css?inline";
import { inLanguage, part, useEffect, useState } from "./part";

const words = inLanguage(
  {
    ask: "这个回答有帮助吗？", yes: "有帮助", no: "没帮助", thanks: "谢谢您告诉我们。",
    sorry: "没帮上您。可以换个说法再问，也可以找人工客服。", person: "找人工客服",
  },
  {
    ask: "Did this answer help?", yes: "This helped", no: "This didn't help", thanks: "Thanks for telling us.",
    sorry: "That didn't help. Try asking in other words, or get a person.", person: "Talk to a person",
  },
);
const THUMB = "M7 11v9H4v-9zM7 11l4-8c2 0 3 2 2 5h5c2 0 2 1 2 3l-2 7c0 1-1 2-3 2H7";

/** Whether the assistant's answer helped: `yes` as the customer said last, null before. Who was not helped is offered a person. */
function Helped({ answer, yes }: { answer: number; yes: boolean | null }): Child {
  const [pressed, setPressed] = useState(yes);
  /** What was said of it here and is stored. */
  const [said, setSaid] = useState<boolean | null>(null);
  // Said in another tab, or on another device.
  useEffect(() => setPressed(yes), [yes]);
  const say = async (now: boolean): Promise<void> => {
    if (now === pressed) return;
    setPressed(now);
    if (await chat.act("helped", { answer, yes: now })) setSaid(now);
    else setPressed(pressed);
  };
  // The button leaves when it has done its work: the focus must not go with it.
  const getPerson = async ({ currentTarget }: MouseEvent & { readonly currentTarget: HTMLElement }): Promise<void> => {
    const panel = currentTarget.closest<HTMLElement>(".panel");
    if (await chat.askForPerson()) panel?.focus();
  };
  const { owner } = chat.store.value.state;
  return (
    <div class="helped">
      <div class="line" role="group" aria-label={words().ask}>
        {[true, false].map((way) => {
          const label = way ? words().yes : words().no;
          return (
            <button class={`thumb ${way ? "" : "down"}`} aria-label={label} title={label} aria-pressed={pressed === way} onclick={() => void say(way)}>
              <Icon path={THUMB} size={16} />
            </button>
          );
        })}
      </div>
      <div role="status">{said !== null && <p class="quiet small">{said ? words().thanks : words().sorry}</p>}</div>
      {said === false && (owner === "assistant" || owner === "closed") && (
        <button class="chip" onclick={getPerson}>
          {words().person}
        </button>
      )}
    </div>
  );
}

export default part(Helped, style);
