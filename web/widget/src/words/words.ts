/** The words of the page's language. Each language is a file of its own, so that nobody loads the other. */

import type { words as zh } from "./zh";

/** A catalogue. The Chinese one is the measure: a key missing in another fails the type check. */
export type Words = typeof zh;

/** Undefined until they are here: nothing is shown before. */
export let words: Words;

export function speak(catalogue: Words): void {
  words = catalogue;
}

/** Chinese for every kind of Chinese, English for all others. */
export function localeOf(wish: string): "zh-CN" | "en" {
  return /^zh\b/i.test(wish) ? "zh-CN" : "en";
}

/** Raises when they cannot be fetched. A browser may remember that an address failed, so each attempt has its own. */
export async function loadWords(base: string, locale: string, attempt: number): Promise<void> {
  if (words) return;
  const file = (await import(/* @vite-ignore */ `${base}/words/${locale}.js?${attempt || ""}`)) as { words: Words };
  speak(file.words);
}
