import { h, type Child } from "../elements/jsx";
import { useEffect, useState } from "../elements/render";
import type { View } from "../view";
import { chat } from "./here";
import { Face } from "./icons";
import { words } from "../words/words";

type Step = "ask" | "words" | "thanks";

/** One tap counts at once; words may follow, thanks always do. */
export function Rating({ view }: { view: View }): Child {
  const [score, setScore] = useState(0);
  const [comment, setComment] = useState("");
  const [step, setStep] = useState<Step>("ask");
  const { can_rate, owner } = view.state;
  useEffect(() => {
    if (owner === "closed") return;
    setScore(0);
    setStep("ask");
  }, [owner]);
  if (!can_rate && (score === 0 || view.unsent.length > 0)) return null;

  const tap = async (face: number): Promise<void> => {
    setScore(face);
    if (await chat.rate(face, comment.trim())) setStep("words");
    else setScore(0);
  };
  const add = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (await chat.rate(score, comment.trim())) setStep("thanks");
  };

  return (
    <section class="card rating stack" aria-label={words.rate}>
      <b>{step === "ask" ? words.rate : step === "words" ? words.thanks : words.commentThanks}</b>
      {step !== "thanks" && (
        <div class="line">
          {words.faces.map((label, index) => (
            <button
              class="face-button"
              aria-pressed={score === index + 1}
              aria-label={label}
              title={label}
              onclick={() => void tap(index + 1)}
            >
              <Face score={index + 1} />
            </button>
          ))}
        </div>
      )}
      {step === "words" && (
        <form class="line" onsubmit={add}>
          <input
            class="grow"
            value={comment}
            maxlength={500}
            placeholder={words.comment}
            aria-label={words.comment}
            oninput={(event) => setComment(event.currentTarget.value)}
          />
          <button class="button" disabled={comment.trim() === ""}>
            {words.sendComment}
          </button>
        </form>
      )}
    </section>
  );
}
