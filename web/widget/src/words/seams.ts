import type { Entry } from "@tandem/shared";
import { words } from "./words";

/** Empty for what has no seam. */
export function saySeam({ body, by }: Entry): string {
  switch (body.type) {
    case "handed_off":
      return words.handedOff;
    case "accepted":
      return words.accepted(by.name);
    case "transferred":
      return body.to === null ? words.transferredQueue : words.transferred(body.name);
    case "handed_back":
      return words.handedBack;
    case "returned":
      return words.returned;
    case "resolved":
      return words.resolved;
    case "reopened":
      return words.reopened;
    case "verified":
      return words.verified;
    case "rated":
      return words.rated(words.faces[body.score - 1] ?? "");
    default:
      return "";
  }
}
