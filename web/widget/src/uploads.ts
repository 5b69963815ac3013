/** Files that were chosen for the next message: going up one by one, kept when one fails. */

import { saySize, type Attachment } from "@tandem/shared";
import type { Chat } from "./chat";
import { Store } from "./store";
import { words } from "./words/words";

export type Upload = {
  readonly key: number;
  readonly name: string;
  /** Null for one that had gone up already with a message that was taken back. */
  readonly file: File | null;
  /** Part of 1. */
  readonly progress: number;
  readonly attachment: Attachment | null;
  /** Why it did not go up; empty while it may. */
  readonly failed: string;
};

const MOST_FILES = 10;

export class Uploads {
  /** `waiting`: a message was sent that goes out when its files are up. */
  readonly store = new Store<{ files: readonly Upload[]; problem: string; waiting: boolean }>({ files: [], problem: "", waiting: false });
  private readonly running = new Map<number, AbortController>();
  private added = 0;

  constructor(
    private readonly chat: Chat,
    private readonly locale: string,
  ) {}

  get ready(): boolean {
    return this.store.value.files.every((upload) => upload.attachment || upload.failed);
  }

  add(chosen: Iterable<File> | null | undefined): void {
    const files = [...(chosen ?? [])];
    const room = MOST_FILES - this.store.value.files.length;
    const problem = files.length > room ? words.tooMany(MOST_FILES) : "";
    this.store.set({ problem });
    for (const file of files.slice(0, room)) this.addOne(file);
  }

  retry(key: number): void {
    const upload = this.store.value.files.find((other) => other.key === key);
    if (upload?.file) void this.run(key, upload.file);
  }

  remove(key: number): void {
    this.running.get(key)?.abort();
    this.store.set({ files: this.store.value.files.filter((upload) => upload.key !== key), problem: "" });
  }

  /** Hands over what is up and forgets it; what failed stays to be seen. */
  take(): Attachment[] {
    const { files } = this.store.value;
    this.store.set({ files: files.filter((upload) => !upload.attachment), problem: "" });
    return files.flatMap((upload) => upload.attachment ?? []);
  }

  /** Files of a message that is written anew. */
  putBack(attachments: readonly Attachment[]): void {
    for (const attachment of attachments) this.place(attachment.name, null, attachment);
  }

  private addOne(file: File): void {
    void this.run(this.place(file.name, file, null), file);
  }

  private place(name: string, file: File | null, attachment: Attachment | null): number {
    const upload = { key: ++this.added, name, file, progress: 0, attachment, failed: "" };
    this.store.set({ files: [...this.store.value.files, upload] });
    return upload.key;
  }

  /** What the server would refuse anyway is not sent up first. The limit is known once a session is open. */
  private refusalOf({ size }: File): string {
    const limit = this.chat.store.value.config?.upload_limit ?? 0;
    if (size === 0) return words.empty;
    return size > limit ? words.tooLarge(saySize(size, this.locale), saySize(limit, this.locale)) : "";
  }

  private async run(key: number, file: File): Promise<void> {
    const stop = new AbortController();
    this.running.set(key, stop);
    this.change(key, { failed: "", progress: 0 });
    try {
      await this.chat.opened();
      const failed = this.refusalOf(file);
      if (failed) return this.change(key, { failed });
      // Taken out meanwhile: it stays with its owner.
      if (stop.signal.aborted) return;
      const attachment = await this.chat.calls.upload(file, (progress) => this.change(key, { progress }), stop.signal);
      this.change(key, { attachment, progress: 1 });
    } catch (error) {
      this.change(key, { failed: this.chat.reasonOf(error) ?? words.uploadFailed });
    } finally {
      this.running.delete(key);
    }
  }

  private change(key: number, change: Partial<Upload>): void {
    const files = this.store.value.files.map((upload) => (upload.key === key ? { ...upload, ...change } : upload));
    this.store.set({ files });
  }
}
