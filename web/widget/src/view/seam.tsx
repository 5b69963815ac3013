import { h, type Child } from "../elements/jsx";
import { sayClock, type Entry } from "@tandem/shared";
import { seamOf } from "../seams";
import { manner } from "./here";
import { Face, Icon } from "./icons";

/** The line at which one voice takes over from the other: never a surprise. */
export function Seam({ entry }: { entry: Entry }): Child {
  const [text, voice, path] = seamOf(entry);
  return (
    text && (
      <div class={`seam small line ${voice}`}>
        <span class="line">
          {entry.body.type === "rated" ? <Face score={entry.body.score} size={18} /> : path && <Icon path={path} size={14} />}
          <span dir="auto">{text}</span>
          <time datetime={entry.at}>{sayClock(entry.at, manner)}</time>
        </span>
      </div>
    )
  );
}
