/**
 * Files on their way into a reply. They belong to the conversation's draft, not to the screen: whoever looks at another conversation
 * while they are sent up finds them on his return, and what has arrived also after a reload.
 */

import type { Attachment, Storage } from "@tandem/shared";

export type Upload = { key: number; name: string; size: number; attachment: Attachment | null; failed: string | null };

export interface DraftFilesOptions {
  /** Begins the key under which what has arrived for a conversation is kept. */
  prefix: string;
  storage: Storage;
  send: (file: File) => Promise<Attachment>;
  /** A file that fails says why, and takes nothing else with it. */
  sayWhy: (error: unknown) => string;
}

const NONE: readonly Upload[] = [];

export class DraftFiles {
  private readonly drafts = new Map<string, readonly Upload[]>();
  private readonly listeners = new Set<() => void>();
  private next = 0;

  constructor(private readonly options: DraftFilesOptions) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  of(conversation: string): readonly Upload[] {
    const known = this.drafts.get(conversation);
    if (known) return known;
    const kept = this.load(conversation);
    this.drafts.set(conversation, kept);
    return kept;
  }

  /** Whether something would be lost with the page. */
  get sending(): boolean {
    return [...this.drafts.values()].some((uploads) => uploads.some(({ attachment, failed }) => attachment === null && failed === null));
  }

  add(conversation: string, files: Iterable<File>): void {
    for (const file of files) {
      const key = this.next++;
      this.set(conversation, [...this.of(conversation), { key, name: file.name, size: file.size, attachment: null, failed: null }]);
      this.options.send(file).then(
        (attachment) => this.change(conversation, key, { attachment }),
        (error: unknown) => this.change(conversation, key, { failed: this.options.sayWhy(error) }),
      );
    }
  }

  remove(conversation: string, key: number): void {
    this.set(conversation, this.of(conversation).filter((upload) => upload.key !== key));
  }

  clear(conversation: string): void {
    this.set(conversation, NONE);
  }

  private change(conversation: string, key: number, part: Partial<Upload>): void {
    this.set(conversation, this.of(conversation).map((upload) => (upload.key === key ? { ...upload, ...part } : upload)));
  }

  private set(conversation: string, uploads: readonly Upload[]): void {
    const { prefix, storage } = this.options;
    this.drafts.set(conversation, uploads);
    const arrived = uploads.flatMap(({ attachment }) => (attachment ? [attachment] : []));
    if (arrived.length === 0) storage.remove(prefix + conversation);
    else storage.set(prefix + conversation, JSON.stringify(arrived));
    this.listeners.forEach((listener) => listener());
  }

  /** Other code of the page can write the same storage: what cannot be read is left out. */
  private load(conversation: string): readonly Upload[] {
    try {
      const arrived = JSON.parse(this.options.storage.get(this.options.prefix + conversation) ?? "[]") as Attachment[];
      const whole = arrived.filter((it) => typeof it.id === "string" && typeof it.name === "string");
      return whole.map((attachment) => ({ key: this.next++, name: attachment.name, size: attachment.size, attachment, failed: null }));
    } catch {
      return NONE;
    }
  }
}
