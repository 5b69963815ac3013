/** Style as constructed sheets: a page whose policy allows no inline style shows the widget all the same. */

import base from "./style.css?inline";
import panel from "./panel.css?inline";
import timeline from "./timeline.css?inline";
import cards from "./cards.css?inline";
import composer from "./composer.css?inline";

/** The root of the widget; what gives it the colours of the shop, until then it is black and white; and what adds the style of a part. */
export function makeRoot(): { root: ShadowRoot; colour: (palette: string) => void; paint: (style: string) => void } {
  const host = document.createElement("tandem-widget");
  document.body.append(host);
  const root = host.attachShadow({ mode: "open" });
  const brand = new CSSStyleSheet();
  const paint = (style: string): void => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  };
  paint(base + panel + timeline + cards + composer);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, brand];
  return { root, colour: (palette) => brand.replaceSync(palette), paint };
}
