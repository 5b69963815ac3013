import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Manner, Storage } from "@tandem/shared";
import type { Chat } from "../chat";
import type { Words } from "../words/words";

/** What every part of the widget may need and none changes. */
export type Surroundings = {
  readonly chat: Chat;
  readonly words: Words;
  readonly manner: Manner;
  /** Origin of the server: attachments and pictures come from there. */
  readonly base: string;
  /** Kept for this visitor over tabs and visits. */
  readonly visitor: Storage;
  /** Kept for this tab over a reload. */
  readonly tab: Storage;
};

export const Here = createContext<Surroundings | null>(null);

export function useHere(): Surroundings {
  const here = useContext(Here);
  if (!here) throw new Error("used outside of the widget");
  return here;
}
