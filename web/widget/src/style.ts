/** Style as constructed sheets: a page whose policy allows no inline style shows the widget all the same. */

import { darkBrand, lightBrand, type Brand } from "./colour";
import base from "./style.css?inline";
import panel from "./panel.css?inline";
import timeline from "./timeline.css?inline";
import cards from "./cards.css?inline";
import composer from "./composer.css?inline";

/** Sheets of a root by place: 0 the widget's own, 1 the brand's colours. */
export function putStyle(root: ShadowRoot, place: 0 | 1, text: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  const sheets = [...root.adoptedStyleSheets];
  sheets[place] = sheet;
  root.adoptedStyleSheets = sheets;
}

/** The root of the widget, with its own style. */
export function makeRoot(): ShadowRoot {
  const host = document.createElement("tandem-widget");
  document.body.append(host);
  const root = host.attachShadow({ mode: "open" });
  putStyle(root, 0, base + panel + timeline + cards + composer);
  return root;
}

export function brandSheet(colour: string): string {
  const variables = ({ fill, on, text }: Brand): string => `:host{--brand:${fill};--on-brand:${on};--brand-text:${text}}`;
  return `${variables(lightBrand(colour))}@media(prefers-color-scheme:dark){${variables(darkBrand(colour))}}`;
}
