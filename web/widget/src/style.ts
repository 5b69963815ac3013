/** Style as constructed sheets: a page whose policy allows no inline style shows the widget all the same. */

import base from "./style.css?inline";
import panel from "./panel.css?inline";
import timeline from "./timeline.css?inline";
import cards from "./cards.css?inline";
import composer from "./composer.css?inline";

/** The root of the widget, and what gives it the colours of the shop: until then it is black and white. */
export function makeRoot(): [ShadowRoot, (palette: string) => void] {
  const host = document.createElement("tandem-widget");
  document.body.append(host);
  const root = host.attachShadow({ mode: "open" });
  const [own, brand] = [new CSSStyleSheet(), new CSSStyleSheet()];
  own.replaceSync(base + panel + timeline + cards + composer);
  root.adoptedStyleSheets = [own, brand];
  return [root, (palette) => brand.replaceSync(palette)];
}
