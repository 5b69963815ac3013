/** The second script, fetched when the chat is first opened: the panel and its style. */

import type { VNode } from "preact";
import style from "./panel.css?inline";
import { Here, type Surroundings } from "./view/here";
import { Panel as Inside, type PanelProps } from "./view/panel";

export const css: string = style;

export function Panel({ here, ...props }: PanelProps & { here: Surroundings }): VNode {
  return (
    <Here.Provider value={here}>
      <Inside {...props} />
    </Here.Provider>
  );
}
