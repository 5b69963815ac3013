/** Every conversation this console has heard of, as it is now. Lists and the open conversation read the same row. */

import type { Conversation } from "@tandem/shared";
import { newer } from "./views";

export type RowNews = (after: Conversation, before: Conversation | undefined) => void;

export class Rows {
  private readonly rows = new Map<string, Conversation>();
  private readonly readers = new Set<() => void>();
  private readonly watchers = new Set<RowNews>();

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

  /** Rows of a list: kept, but no news to anybody. */
  keep(rows: readonly Conversation[]): void {
    for (const row of rows) this.rows.set(row.id, newer(this.rows.get(row.id), row));
    this.readers.forEach((listener) => listener());
  }

  hear(row: Conversation): void {
    const before = this.rows.get(row.id);
    const after = newer(before, row);
    if (after === before) return;
    this.rows.set(row.id, after);
    this.readers.forEach((listener) => listener());
    this.watchers.forEach((run) => run(after, before));
  }

  markRead(id: string, by: "customer" | "agent", seq: number): void {
    const row = this.rows.get(id);
    if (!row) return;
    if (by === "customer") this.rows.set(id, { ...row, read_by_customer: Math.max(row.read_by_customer, seq) });
    else this.rows.set(id, { ...row, read_by_agent: Math.max(row.read_by_agent, seq), unread: seq >= row.last_seq ? 0 : row.unread });
    this.readers.forEach((listener) => listener());
  }
}
