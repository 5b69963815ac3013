/** Why it is you, in words. */

import type { TFunction } from "i18next";
import type { Why } from "@tandem/shared";

export function sayWhy(why: Why, t: TFunction): string {
  const count = why.ahead_of;
  const idle = Math.max(1, Math.round(why.idle / 60));
  return t(`offer.why.${why.by}`, { count, idle, load: Math.round(why.load * 100), defaultValue: t("offer.why.any", { count }) });
}

/** What else speaks for it, beside what decided. */
export function alsoSpeaks(why: Why, t: TFunction): string[] {
  const found: string[] = [];
  if (why.last_agent && why.by !== "last_agent") found.push(t("offer.also.last_agent"));
  if (why.keeper && why.by !== "keeper") found.push(t("offer.also.keeper"));
  return found;
}

/** Seconds left, never below zero; 0 when the time is over. */
export function secondsLeft(until: string, now: number): number {
  return Math.max(0, Math.ceil((Date.parse(until) - now) / 1000));
}
