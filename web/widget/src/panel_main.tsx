/** The second script, fetched when the chat is first opened: the panel and its style. */

import type { VNode } from "preact";
import cards from "./cards.css?inline";
import composer from "./composer.css?inline";
import panel from "./panel.css?inline";
import queue from "./queue.css?inline";
import rating from "./rating.css?inline";
import timeline from "./timeline.css?inline";
import { Here, type Surroundings } from "./view/here";
import { Panel as Inside, type PanelProps } from "./view/panel";

export const css: string = panel + queue + timeline + cards + rating + composer;

export function Panel({ here, ...props }: PanelProps & { here: Surroundings }): VNode {
  return (
    <Here.Provider value={here}>
      <Inside {...props} />
    </Here.Provider>
  );
}
