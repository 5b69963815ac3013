/** What the shop says in the script tag, and what the page says about itself. */

import type { Page } from "@tandem/shared";
import { localeOf } from "./words/words";

export type Settings = {
  /** Origin of the script: where the API lives, whatever page the script is on. */
  readonly base: string;
  readonly channel: string;
  readonly identity: string | null;
  readonly locale: "zh-CN" | "en";
  /** Goes before the channel's own colour. */
  readonly colour: string | undefined;
  readonly position: "left" | "right";
};

export function readSettings(script: HTMLScriptElement): Settings {
  const { channel, identity, locale, colour, position } = script.dataset;
  return {
    base: new URL(script.src).origin,
    channel: channel ?? "",
    identity: identity || null,
    locale: localeOf(chooseLocale(locale)),
    colour,
    position: position === "left" ? "left" : "right",
  };
}

/** The tag's wish, else the page's language, else the browser's. */
function chooseLocale(wish: string | undefined): string {
  if (wish && wish !== "auto") return wish;
  return document.documentElement.lang || navigator.language || "en";
}

/** Without the fragment: single-page shops keep what is private to the visitor there. */
export function readPage(told: Partial<Page>): Page {
  const meta = document.querySelector<HTMLMetaElement>('meta[name="tandem:product"]');
  return {
    url: (location.origin + location.pathname + location.search).slice(0, 2000),
    title: (told.title ?? document.title).slice(0, 200),
    product: told.product ?? (meta?.content || null),
  };
}
