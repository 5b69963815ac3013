import type { Manner, Storage } from "@tandem/shared";
import type { Chat } from "../chat";

/** What every part of the widget may need and none changes. A page has one widget: it is told once, before the first part is drawn. */
export let chat: Chat;
export let manner: Manner;
/** Origin of the server: attachments and pictures come from there. */
export let base: string;
/** Kept for this visitor over tabs and visits. */
export let visitor: Storage;
/** Kept for this tab over a reload. */
export let tab: Storage;

export type Surroundings = { chat: Chat; manner: Manner; base: string; visitor: Storage; tab: Storage };

export function surround(here: Surroundings): void {
  ({ chat, manner, base, visitor, tab } = here);
}
