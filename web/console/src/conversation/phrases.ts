/** Ready phrases: which fit what is typed after the slash, and what they become in this conversation. */

import { useQuery } from "@tanstack/react-query";
import type { Phrase } from "@tandem/shared";
import { api } from "../session/api";

export const phrasesKey = ["phrases"] as const;
const MOST_OFFERED = 8;

export function usePhrases(): readonly Phrase[] {
  return useQuery({ queryKey: phrasesKey, queryFn: () => api.get<Phrase[]>("/phrases"), staleTime: 300_000 }).data ?? [];
}

export function useVariables(conversation: string): Readonly<Record<string, string>> {
  const asked = useQuery({ queryKey: ["variables", conversation], queryFn: () => api.get<{ values: Record<string, string> }>(`/conversations/${conversation}/variables`), staleTime: 30_000 });
  return asked.data?.values ?? {};
}

/** Those of the customer's language first; the server gives the most used first, and that order is kept. */
export function fitting(phrases: readonly Phrase[], typed: string, language: string): Phrase[] {
  const wanted = typed.toLowerCase();
  const score = (phrase: Phrase): number => {
    const begins = phrase.shortcut.toLowerCase().startsWith(wanted) ? 0 : 2;
    return begins + (phrase.lang === "" || phrase.lang === language ? 0 : 1);
  };
  return phrases
    .filter(({ shortcut, title, text }) => `${shortcut} ${title} ${text}`.toLowerCase().includes(wanted))
    .map((phrase, place) => ({ phrase, place }))
    .sort((one, other) => score(one.phrase) - score(other.phrase) || one.place - other.place)
    .slice(0, MOST_OFFERED)
    .map(({ phrase }) => phrase);
}

/** What has no value stays as a gap that shows: 【order】. The server refuses nothing here; the eye and `gapIn` catch it. */
export function fill(text: string, values: Readonly<Record<string, string>>, say: (name: string) => string): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? `【${say(name)}】`);
}

/** Where the first gap is, to be written over; null when there is none. */
export function gapIn(text: string): [number, number] | null {
  const found = /【[^】]*】/.exec(text);
  return found ? [found.index, found.index + found[0].length] : null;
}

export type Trigger = { sign: "/" | "@"; start: number; typed: string };

/** The word under the cursor, if it begins with a sign that offers something; a slash within a word (a date, an address) does not. */
export function triggerAt(text: string, cursor: number, signs: string): Trigger | null {
  const found = /(^|[\s，。！？、])([/@])([^\s/@]{0,30})$/.exec(text.slice(0, cursor));
  const sign = found?.[2];
  if (!found || (sign !== "/" && sign !== "@") || !signs.includes(sign)) return null;
  return { sign, start: cursor - (found[3]?.length ?? 0) - 1, typed: found[3] ?? "" };
}
