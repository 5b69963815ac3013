/** An action that waits a few seconds, so that it can still be taken back. Leaving the page carries it out at once. */

import { browserClock, type Clock } from "@tandem/shared";

type Planned = { at: number; run: () => void; cancel: () => void };

export class Later {
  private readonly planned = new Map<string, Planned>();
  private readonly listeners = new Set<() => void>();

  constructor(private readonly clock: Clock) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** When it will run, in milliseconds since 1970; null when nothing is planned under this name. */
  dueAt(name: string): number | null {
    return this.planned.get(name)?.at ?? null;
  }

  plan(name: string, ms: number, run: () => void): void {
    this.drop(name);
    const cancel = this.clock.after(ms, () => this.runNow(name));
    this.planned.set(name, { at: this.clock.now() + ms, run, cancel });
    this.tell();
  }

  drop(name: string): void {
    this.planned.get(name)?.cancel();
    if (this.planned.delete(name)) this.tell();
  }

  runNow(name: string): void {
    const run = this.planned.get(name)?.run;
    this.drop(name);
    run?.();
  }

  runAll(): void {
    for (const name of [...this.planned.keys()]) this.runNow(name);
  }

  private tell(): void {
    this.listeners.forEach((listener) => listener());
  }
}

export const later = new Later(browserClock);
