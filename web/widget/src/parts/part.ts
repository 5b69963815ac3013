/** How code that is fetched later joins the widget: it is a module of its own, shares no variable with it, and is told all it needs. */

import type { Component } from "../elements/jsx";
import { surround, type Hooks, type Surroundings } from "../view/here";

/** What a part's module answers to the widget that fetched it. */
export type PartOf<Props> = (here: Surroundings) => Component<Props>;

export let { useEffect, useRef, useState } = {} as Hooks;

let locale: string;

/** `style` is the part's own, beside what it has in common with all. */
export function part<Props>(view: Component<Props>, style = ""): PartOf<Props> {
  return (here) => {
    surround(here);
    ({ useEffect, useRef, useState } = here.hooks);
    locale = here.manner.locale;
    here.paint(style);
    return view;
  };
}

/** A part carries its own words, in both languages: they are few, and those of the widget are loaded by all. */
export function inLanguage<Words>(zh: Words, en: Words): () => Words {
  return () => (locale === "en" ? en : zh);
}
