import { h, type Child } from "../elements/jsx";
import { sayClock, type Entry } from "@tandem/shared";
import { saySeam } from "../words/seams";
import { useHere } from "./here";
import { Face, Icon } from "./icons";
import { CHECK, PERSON, SHIELD } from "./paths";

type Voice = "assistant" | "agent" | "queue" | "closed";

/** The line at which one voice takes over from the other: never a surprise. */
export function Seam({ entry }: { entry: Entry }): Child {
  const { manner } = useHere();
  const text = saySeam(entry);
  if (text === "") return null;
  const [voice, path] = looksOf(entry);
  return (
    <div class={`seam small line ${voice}`}>
      <span class="line">
        {entry.body.type === "rated" ? <Face score={entry.body.score} size={18} /> : path && <Icon path={path} size={14} />}
        <span dir="auto">{text}</span>
        <time datetime={entry.at}>{sayClock(entry.at, manner)}</time>
      </span>
    </div>
  );
}

/** Who answers from here on, and the sign of it. */
function looksOf({ body }: Entry): [Voice, string?] {
  switch (body.type) {
    case "accepted":
      return ["agent", PERSON];
    case "transferred":
      return [body.to === null ? "queue" : "agent", PERSON];
    case "handed_off":
      return ["queue", PERSON];
    case "handed_back":
    case "returned":
    case "reopened":
      return ["assistant"];
    case "resolved":
      return ["closed", CHECK];
    case "verified":
      return ["closed", SHIELD];
    default:
      return ["closed"];
  }
}
