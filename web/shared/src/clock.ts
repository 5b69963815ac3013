/** Time and chance as something that is passed in, so that a test owns both. */

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Run once after `ms`; the answer cancels it. */
  after(ms: number, run: () => void): () => void;
  /** At least 0, below 1. */
  random(): number;
}

export const browserClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
};

/** A pause that doubles with each attempt (from 0) up to `most` ms; half of it is chance, so that clients do not return in step. */
export function backoff(attempt: number, clock: Clock, first = 500, most = 20_000): number {
  const whole = Math.min(most, first * 2 ** Math.min(attempt, 16));
  return whole / 2 + (whole / 2) * clock.random();
}
