import type { VNode } from "preact";
import { sayClock, type Entry } from "@tandem/shared";
import { saySeam } from "../words/seams";
import { useHere } from "./here";
import { Face, Icon, type IconName } from "./icons";

type Voice = "assistant" | "agent" | "queue" | "closed";

/** The line at which one voice takes over from the other: never a surprise. */
export function Seam({ entry }: { entry: Entry }): VNode | null {
  const { words, manner } = useHere();
  const text = saySeam(entry, words);
  if (text === "") return null;
  const icon = ICONS[entry.body.type];
  return (
    <div class={`seam ${voiceOf(entry)}`} data-seq={entry.seq}>
      <span class="seam-text">
        {entry.body.type === "rated" ? <Face score={entry.body.score} size={18} /> : icon && <Icon name={icon} size={14} />}
        <span dir="auto">{text}</span>
        <time dateTime={entry.at}>{sayClock(entry.at, manner)}</time>
      </span>
    </div>
  );
}

const ICONS: Partial<Record<Entry["body"]["type"], IconName>> = {
  handed_off: "person",
  accepted: "person",
  transferred: "person",
  resolved: "check",
  verified: "shield",
};

function voiceOf({ body }: Entry): Voice {
  switch (body.type) {
    case "accepted":
      return "agent";
    case "transferred":
      return body.to === null ? "queue" : "agent";
    case "handed_off":
      return "queue";
    case "handed_back":
    case "returned":
    case "reopened":
      return "assistant";
    default:
      return "closed";
  }
}
