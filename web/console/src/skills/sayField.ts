import { Refused } from "@tandem/shared";

/** Which field the server stumbled over, and why; nothing when it named none. */
export function sayField(error: unknown): string | undefined {
  const first = error instanceof Refused ? error.problem.errors?.[0] : undefined;
  return first && `${first.field}: ${first.message}`;
}
