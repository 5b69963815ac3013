import type { Manner, Storage } from "@tandem/shared";
import type { Chat } from "../chat";

/** What every part of the widget may need and none changes. */
export type Surroundings = {
  readonly chat: Chat;
  readonly manner: Manner;
  /** Origin of the server: attachments and pictures come from there. */
  readonly base: string;
  /** Kept for this visitor over tabs and visits. */
  readonly visitor: Storage;
  /** Kept for this tab over a reload. */
  readonly tab: Storage;
};

let here: Surroundings;

/** A page has one widget: what surrounds its views is told once, before the first of them is drawn. */
export function surround(surroundings: Surroundings): void {
  here = surroundings;
}

export const useHere = (): Surroundings => here;
