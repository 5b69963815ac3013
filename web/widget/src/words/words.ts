import { en } from "./en";
import { zh } from "./zh";

/** A catalogue. The Chinese one is the measure: a key missing in another fails the type check. */
export type Words = typeof zh;

/** Chinese for every kind of Chinese, English for all others. */
export function wordsFor(locale: string): Words {
  return /^zh\b/i.test(locale) ? zh : en;
}
