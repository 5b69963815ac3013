import type { Colleague } from "@tandem/shared";

/** The ids of those whose names stand after an @ in a note; nobody calls himself. */
export function namedIn(text: string, colleagues: readonly Colleague[], me: string): string[] {
  return colleagues.filter(({ id, name }) => id !== me && text.includes(`@${name}`)).map(({ id }) => id);
}
