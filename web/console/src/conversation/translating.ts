/** Words between a customer and an agent who speak different languages, if a language model is set. */

import { useQuery } from "@tanstack/react-query";
import { languageNow } from "../i18n/i18n";
import { api } from "../session/api";

export type Spoken = "zh" | "en";

const HAN = /[\u4e00-\u9fff]/;
const LATIN = /[A-Za-z]{2,}/;

/** Null for what is no language: numbers, codes alone. */
export function spokenIn(text: string): Spoken | null {
  if (HAN.test(text)) return "zh";
  return LATIN.test(text.replace(/\b[A-Za-z]*\d[\dA-Za-z-]*\b/g, "")) ? "en" : null;
}

export function ownLanguage(): Spoken {
  return languageNow().startsWith("zh") ? "zh" : "en";
}

/** Into what a text would be translated for somebody who speaks `wanted`; null when there is nothing to do. */
export function intoFor(text: string, wanted: string): Spoken | null {
  const spoken = spokenIn(text);
  return (wanted === "zh" || wanted === "en") && spoken !== null && spoken !== wanted ? wanted : null;
}

export function useMayTranslate(): boolean {
  return useQuery({ queryKey: ["translation"], queryFn: () => api.get<{ available: boolean }>("/translation"), staleTime: Infinity }).data?.available ?? false;
}

export async function translated(conversation: string, text: string, into: Spoken): Promise<string> {
  return (await api.post<{ text: string }>(`/conversations/${conversation}/translation`, { text, into })).text;
}
