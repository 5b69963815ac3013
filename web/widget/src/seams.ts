/** The lines at which one voice takes over from another: what they say, who answers from there on, and the sign of it. */

import type { Entry } from "@tandem/shared";
import { sayMoney } from "./money";
import { manner } from "./view/here";
import { CHECK, PERSON } from "./view/paths";
import { words } from "./words/words";

type Seam = [text: string, voice: "assistant" | "agent" | "queue" | "closed", path?: string];

/** Without text for what has no seam. */
export function seamOf({ body, by }: Entry): Seam {
  switch (body.type) {
    case "handed_off":
      return [words.handedOff, "queue", PERSON];
    case "accepted":
      return [words.accepted(by.name), "agent", PERSON];
    case "transferred":
      return body.to === null ? [words.transferredQueue, "queue", PERSON] : [words.transferred(body.name), "agent", PERSON];
    case "handed_back":
      return [words.handedBack, "assistant"];
    case "waits":
      return [words.waits[body.how], "queue", PERSON];
    case "returned":
      return [words.returned, "assistant"];
    case "resolved":
      return [words.resolved, "closed", CHECK];
    case "reopened":
      return [words.reopened, "assistant"];
    case "verified":
      return [words.verified, "closed", CHECK];
    case "rated":
      return [words.rated(words.faces[body.score - 1] ?? ""), "closed"];
    case "exception":
      // What is done always says so itself.
      return [body.said || words.exceptions[body.state as Exclude<typeof body.state, "done">] + (body.amount ? ` ${sayMoney(body.amount, manner)}` : ""), "closed"];
    case "stepped_in":
      return [body.left ? "" : words.accepted(by.name), "agent", PERSON];
    default:
      return ["", "closed"];
  }
}
