import { h, type Child } from "../elements/jsx";
import type { View } from "../view";
import { chat } from "../view/here";
import { Face } from "../view/icons";
import { inLanguage, part, useState } from "./part";
import style from "./rating.css?inline";

const words = inLanguage(
  {
    rate: "这次服务您满意吗？",
    thanks: "谢谢您的评价",
    comment: "补充几句（选填）",
    sendComment: "提交",
    commentThanks: "谢谢您。",
  },
  {
    rate: "How did we do?",
    thanks: "Thanks for telling us",
    comment: "Anything to add? (optional)",
    sendComment: "Send",
    commentThanks: "Got it. Thank you.",
  },
);

type Step = "ask" | "words" | "thanks";

/** One tap counts at once, and no other after it; words may follow, thanks always do. Shown while a conversation is over: the next one begins anew. */
function Rating({ view, faces }: { view: View; faces: readonly string[] }): Child {
  const [score, setScore] = useState(0);
  const [comment, setComment] = useState("");
  const [step, setStep] = useState<Step>("ask");
  if (!view.state.can_rate && (score === 0 || view.unsent.length > 0)) return null;

  const tap = async (face: number): Promise<void> => {
    setScore(face);
    if (await chat.act("rating", { score: face, comment: comment.trim() })) setStep("words");
    else setScore(0);
  };
  const add = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (await chat.act("rating", { score, comment: comment.trim() })) setStep("thanks");
  };

  return (
    <section class="card rating stack" aria-label={words().rate}>
      <b>{step === "ask" ? words().rate : step === "words" ? words().thanks : words().commentThanks}</b>
      {step !== "thanks" && (
        <div class="line">
          {faces.map((label, index) => (
            <button
              class="face-button"
              aria-pressed={score === index + 1}
              aria-disabled={step === "words"}
              aria-label={label}
              title={label}
              onclick={() => {
                if (step === "ask") void tap(index + 1);
              }}
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
            placeholder={words().comment}
            aria-label={words().comment}
            oninput={(event) => setComment(event.currentTarget.value)}
          />
          <button class="button" disabled={comment.trim() === ""}>
            {words().sendComment}
          </button>
        </form>
      )}
    </section>
  );
}

export default part(Rating, style);
