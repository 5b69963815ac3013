/** Style as constructed sheets: a page whose policy allows no inline style shows the widget all the same. */

import { darkBrand, lightBrand, type Brand } from "./colour";
import css from "./style.css?inline";

/** Sheets of a root by place: 0 the widget's own, 1 the brand's colours, 2 the panel's. */
export function putStyle(root: ShadowRoot, place: 0 | 1 | 2, text: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  const sheets = [...root.adoptedStyleSheets];
  sheets[place] = sheet;
  root.adoptedStyleSheets = sheets;
}

export function putOwnStyle(root: ShadowRoot): void {
  putStyle(root, 0, css);
}

export function brandSheet(colour: string): string {
  const variables = ({ fill, on, text }: Brand): string => `:host{--brand:${fill};--on-brand:${on};--brand-text:${text}}`;
  return `${variables(lightBrand(colour))}@media(prefers-color-scheme:dark){${variables(darkBrand(colour))}}`;
}
