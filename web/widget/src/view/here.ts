import type { Manner, Storage } from "@tandem/shared";
import type { Chat } from "../chat";
import type * as render from "../elements/render";

export type Hooks = Pick<typeof render, "useEffect" | "useRef" | "useState">;
export type Surroundings = {
  chat: Chat;
  manner: Manner;
  /** Origin of the server: attachments and pictures come from there. */
  base: string;
  /** Kept for this visitor over tabs and visits. */
  visitor: Storage;
  /** Kept for this tab over a reload. */
  tab: Storage;
  /** For the parts that are fetched later: their state is kept where they are drawn. */
  hooks: Hooks;
  /** Adds the style of such a part. */
  paint: (style: string) => void;
};

/** What every view may need and none changes. A page has one widget: it is told once, before the first view is drawn. */
export let here: Surroundings;
export let chat: Chat;
export let manner: Manner;
export let base: string;
export let visitor: Storage;
export let tab: Storage;

export function surround(surroundings: Surroundings): void {
  here = surroundings;
  ({ chat, manner, base, visitor, tab } = here);
}
