/** The promise as the console shows it. */

import type { PromiseKept } from "@tandem/shared";

export const promiseKey = ["promise"] as const;
export const waitingKey = ["promise", "waiting"] as const;
/** A threshold above 1 is one that nothing reaches. */
export const REACHABLE = 1;

export type KeptState = "kept" | "broken" | "open";

/** Kept or broken only where the whole interval says so. */
export function stateOf(kept: PromiseKept, maxWrong: number): KeptState {
  if (kept.high <= maxWrong) return "kept";
  return kept.low > maxWrong ? "broken" : "open";
}

export function percent(share: number, digits = 1): string {
  return `${(share * 100).toFixed(digits).replace(/\.0$/, "")}%`;
}

/** What was typed as a percentage, as a share; null outside 0.1 to 20. */
export function shareOf(typed: number | null): number | null {
  return typed === null || !(typed >= 0.1 && typed <= 20) ? null : Math.round(typed * 10) / 1000;
}
