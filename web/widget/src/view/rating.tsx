import { h, type Child } from "../elements/jsx";
import { useEffect, useState } from "../elements/render";
import type { View } from "../view";
import { useHere } from "./here";
import { Face } from "./icons";
import { words } from "../words/words";

type Step = "ask" | "words" | "thanks";

/** One tap counts at once; words may follow, thanks always do. */
export function Rating({ view }: { view: View }): Child {
  const { chat } = useHere();
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
  const add = async (): Promise<void> => {
    if (await chat.rate(score, comment.trim())) setStep("thanks");
  };

  return (
    <section class="card rating stack" aria-label={words.rate}>
      <b>{step === "ask" ? words.rate : step === "words" ? words.thanks : words.commentThanks}</b>
      {step !== "thanks" && (
        <div class="line">
          {words.faces.map((label, index) => (
            <button
              class={score === index + 1 ? "face-button chosen" : "face-button"}
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
        <div class="line">
          <input
            class="grow"
            value={comment}
            maxlength={500}
            placeholder={words.comment}
            aria-label={words.comment}
            oninput={(event) => setComment(event.currentTarget.value)}
            onkeydown={(event) => event.key === "Enter" && !event.isComposing && void add()}
          />
          <button class="button" disabled={comment.trim() === ""} onclick={() => void add()}>
            {words.sendComment}
          </button>
        </div>
      )}
    </section>
  );
}
