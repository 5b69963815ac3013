/** One clock for everything on the screen that ticks. */

import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | null = null;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  now = Date.now();
  timer ??= setInterval(() => {
    now = Date.now();
    listeners.forEach((run) => run());
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  };
}

/** Milliseconds since 1970, new each second. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}

const toMinute = (): number => Math.floor(now / 60_000) * 60_000;

/** The same, new each minute, for times that are said in minutes. */
export function useMinute(): number {
  return useSyncExternalStore(subscribe, toMinute);
}
