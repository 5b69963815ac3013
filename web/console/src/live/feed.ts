/** One conversation's timeline as this console holds it, grown by the cursor rule, with what passes: typing and drafts. */

import {
  apply,
  beginTimeline,
  emptyTimeline,
  prepend,
  type AuthorKind,
  type Clock,
  type Entry,
  type Stretch,
  type Timeline,
} from "@tandem/shared";

export type Older = Stretch & { readonly more: boolean };

export interface TimelineSource {
  since(conversation: string, seq: number): Promise<Older>;
  before(conversation: string, seq: number): Promise<Older>;
}

export type FeedState = {
  readonly status: "loading" | "ready" | "failed";
  readonly timeline: Timeline;
  readonly loadingOlder: boolean;
  readonly typing: { readonly kind: AuthorKind; readonly name: string } | null;
  /** Null until the server has said it. */
  readonly customerOnline: boolean | null;
  readonly viewers: readonly Viewer[];
  readonly draft: { readonly turn: string; readonly text: string } | null;
};

export type Viewer = { readonly id: string; readonly name: string };

const TYPING_LASTS = 6_000;

export class Feed {
  state: FeedState = { status: "loading", timeline: emptyTimeline, loadingOlder: false, typing: null, customerOnline: null, viewers: [], draft: null };
  private readonly listeners = new Set<() => void>();
  private forgetTyping: () => void = () => {};
  private catching: Promise<void> | null = null;
  private growing: Promise<void> | null = null;

  constructor(
    readonly conversation: string,
    private readonly source: TimelineSource,
    private readonly clock: Clock,
    private readonly onEntries: (entries: readonly Entry[]) => void,
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly read = (): FeedState => this.state;

  get cursor(): number {
    return this.state.timeline.cursor;
  }

  get hasOlder(): boolean {
    return this.state.timeline.start > 0;
  }

  /** The newest part; `lastSeq` is the conversation's. Raises nothing: a failure is a state with a way to try again. */
  async begin(lastSeq: number): Promise<void> {
    this.change({ status: "loading" });
    try {
      const newest = await this.source.before(this.conversation, lastSeq + 1);
      const timeline = beginTimeline(newest);
      this.change({ status: "ready", timeline: newest.more ? timeline : { ...timeline, start: 0 } });
      this.onEntries(newest.entries);
    } catch {
      this.change({ status: "failed" });
    }
  }

  receive(stretch: Stretch): void {
    if (this.state.status !== "ready") return;
    const { outcome, timeline } = apply(this.state.timeline, stretch);
    if (outcome === "gap") void this.catchUp();
    if (outcome !== "applied") return;
    const spoke = stretch.entries.some((entry) => entry.by.kind === this.state.typing?.kind);
    const answered = stretch.entries.some((entry) => entry.by.kind === "assistant");
    this.change({ timeline, ...(spoke && { typing: null }), ...(answered && { draft: null }) });
    this.onEntries(stretch.entries);
  }

  /** Something was missed. One question at a time: a burst of gaps is answered by the same stretch. */
  catchUp(): Promise<void> {
    this.catching ??= this.askSince().finally(() => {
      this.catching = null;
    });
    return this.catching;
  }

  private async askSince(): Promise<void> {
    if (this.state.status !== "ready") return;
    try {
      const missed = await this.source.since(this.conversation, this.cursor);
      this.receive(missed);
      if (missed.more) await this.askSince();
    } catch {
      // The socket follows again from this cursor at the next reconnection, which asks once more.
    }
  }

  /** One page at a time: whoever asks while one is on its way waits for that. */
  loadOlder(): Promise<void> {
    if (!this.hasOlder || this.state.status !== "ready") return Promise.resolve();
    this.growing ??= this.askBefore();
    return this.growing;
  }

  private async askBefore(): Promise<void> {
    this.change({ loadingOlder: true });
    const older = await this.source.before(this.conversation, this.state.timeline.start + 1).catch(() => null);
    this.growing = null;
    this.change({ loadingOlder: false, ...(older && { timeline: prepend(this.state.timeline, older) }) });
  }

  /** Load history until `seq` is held. False when it is not there to be seen. */
  async reach(seq: number): Promise<boolean> {
    await this.begun();
    while (this.state.timeline.start >= seq && this.hasOlder) {
      const start = this.state.timeline.start;
      await this.loadOlder();
      if (this.state.timeline.start === start) return false;
    }
    return this.state.timeline.entries.some((entry) => entry.seq === seq);
  }

  /** Settles when the newest part is held or could not be had: a packet may be read before the timeline is here. */
  private begun(): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (this.state.status === "loading") return;
        unsubscribe();
        resolve();
      };
      const unsubscribe = this.subscribe(look);
      look();
    });
  }

  showTyping(by: { kind: AuthorKind; name: string }, on: boolean): void {
    this.forgetTyping();
    this.change({ typing: on ? by : null });
    if (on) this.forgetTyping = this.clock.after(TYPING_LASTS, () => this.change({ typing: null }));
  }

  showCustomer(online: boolean): void {
    this.change({ customerOnline: online });
  }

  showViewing(by: Viewer, on: boolean): void {
    const others = this.state.viewers.filter(({ id }) => id !== by.id);
    this.change({ viewers: on ? [...others, by] : others });
  }

  /** After a gap nobody knows who is still here; whoever is says so again when this console follows. */
  forgetOthers(): void {
    this.change({ customerOnline: null, viewers: [] });
  }

  showDraft(turn: string, text: string): void {
    this.change({ draft: text === "" ? null : { turn, text } });
  }

  private change(part: Partial<FeedState>): void {
    this.state = { ...this.state, ...part };
    this.listeners.forEach((listener) => listener());
  }
}
