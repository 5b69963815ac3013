/** Every conversation this console has heard of, as it is now. Lists and the open conversation read the same row. */

import type { Conversation } from "@tandem/shared";
import { newer } from "./views";

export type RowNews = (after: Conversation, before: Conversation | undefined) => void;

export class Rows {
  private readonly rows = new Map<string, Conversation>();
  private readonly readers = new Set<() => void>();
  private readonly watchers = new Set<RowNews>();
  /** How much had been heard when each row was heard of last. */
  private readonly heardAt = new Map<string, number>();
  private heard = 0;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.readers.add(listener);
    return () => this.readers.delete(listener);
  };

  get(id: string): Conversation | undefined {
    return this.rows.get(id);
  }

  all(): Conversation[] {
    return [...this.rows.values()];
  }

  /** Told of each single row that `hear` brings, after it is kept. */
  watch(run: RowNews): () => void {
    this.watchers.add(run);
    return () => this.watchers.delete(run);
  }

  /** Goes up with all that is heard: taken before rows are asked for, it tells `keep` and `since` what came while they were on their way. */
  get moment(): number {
    return this.heard;
  }

  /** What was heard of after `moment`, newest first. */
  since(moment: number): Conversation[] {
    const late = [...this.heardAt].filter(([, at]) => at > moment).sort(([, one], [, other]) => other - one);
    return late.flatMap(([id]) => this.rows.get(id) ?? []);
  }

  /** Rows of a list that was asked for at `asked`: kept, but no news to anybody. What was heard since is newer, unless the numbers say otherwise. */
  keep(rows: readonly Conversation[], asked: number): void {
    for (const row of rows) {
      const known = this.rows.get(row.id);
      const same = known?.version === row.version && known.last_seq === row.last_seq;
      if (!same || (this.heardAt.get(row.id) ?? 0) <= asked) this.rows.set(row.id, newer(known, row));
    }
    this.readers.forEach((listener) => listener());
  }

  hear(row: Conversation): void {
    const before = this.rows.get(row.id);
    const after = newer(before, row);
    if (after === before) return;
    this.rows.set(row.id, after);
    this.heardAt.set(row.id, ++this.heard);
    this.readers.forEach((listener) => listener());
    this.watchers.forEach((run) => run(after, before));
  }

  markRead(id: string, by: "customer" | "agent", seq: number): void {
    const row = this.rows.get(id);
    if (!row) return;
    if (by === "customer") this.rows.set(id, { ...row, read_by_customer: Math.max(row.read_by_customer, seq) });
    else this.rows.set(id, { ...row, read_by_agent: Math.max(row.read_by_agent, seq), unread: seq >= row.last_seq ? 0 : row.unread });
    this.heardAt.set(id, ++this.heard);
    this.readers.forEach((listener) => listener());
  }
}
