/** The customer's side of one conversation: what is known of it, how news changes that, and what the customer may do. */

import { apply, backoff, beginTimeline, emptyTimeline, LiveSocket, newId, Pending, prepend, Refused } from "@tandem/shared";
import type { Attachment, ChatSent, ChatSession, ChatState, ChatTimeline, Clock, Entry, Page, ServerFrame, Storage, Stretch, Unsent } from "@tandem/shared";
import { ChatCalls } from "./calls";
import { readPage, type Settings } from "./settings";
import { Store } from "./store";
import { Visitor } from "./visitor";
import { isAnswering, isFromOthers, NOBODY, type Said, type View } from "./view";
import { loadWords, words } from "./words/words";

/** The conversation does not exist before its first message, but messages already have an order. */
const LANE = "chat";
const TYPING_LASTS = 6_000;
const TYPING_EVERY = 3_000;
/** While the socket is away (also where a proxy or the page's policy forbids it) the timeline is asked for instead. */
const ASK_EVERY = 4_000;
const ASK_EVERY_CLOSED = 20_000;
/** A burst of entries is told as read once. */
const READ_AFTER = 400;

export class Chat {
  readonly store: Store<View>;
  readonly calls: ChatCalls;
  /** All but the visitor's own words, once each, for the page and for those who listen rather than look. */
  onNews: (entries: readonly Entry[]) => void = () => {};

  private readonly live: LiveSocket;
  private readonly pending: Pending<Said>;
  private readonly visitor: Visitor;
  private readonly prefix: string;
  private token = "";
  private identity: string | null;
  /** Milliseconds since 1970. What was typed before may be of another customer. */
  private since: number;
  private page: Partial<Page> = {};
  private followed: string | null = null;
  private linked = false;
  private stateNews = 0;
  private typedAt = 0;
  private catching: Promise<void> | null = null;
  private cancelAsk: () => void = () => {};
  private opening: Promise<void> | null = null;
  private cancelTyping: () => void = () => {};
  private cancelRead: () => void = () => {};

  constructor(
    private readonly settings: Settings,
    private readonly storage: Storage,
    private readonly clock: Clock,
  ) {
    this.prefix = `tandem:${settings.channel}:`;
    this.identity = settings.identity;
    this.since = clock.now();
    this.visitor = new Visitor(storage, `${this.prefix}token:`);
    this.calls = new ChatCalls({
      base: settings.base,
      locale: settings.locale,
      token: () => this.token,
      renew: () => this.openSession(),
      onReach: (reached) => this.reached(reached),
    });
    this.pending = new Pending<Said>({
      prefix: `${this.prefix}unsent:`,
      storage,
      clock,
      newId,
      send: (unsent) => this.transmit(unsent),
      onStored: (entry) => this.receive({ entries: [entry], after: entry.seq - 1, through: entry.seq }),
      onChange: () => this.showUnsent(),
    });
    this.live = new LiveSocket({
      url: `${settings.base.replace(/^http/, "ws")}/api/chat/socket`,
      token: () => this.token,
      clock,
      onFrame: (frame) => this.hear(frame),
      onLink: (link) => this.linkChanged(link === "online"),
      onBehind: () => void this.catchUp(),
    });
    this.store = new Store<View>({
      phase: "loading",
      config: null,
      state: NOBODY,
      timeline: emptyTimeline,
      unsent: [],
      reach: navigator.onLine ? "good" : "offline",
      typing: null,
      draft: "",
      loadingOlder: false,
      seen: 0,
      open: false,
      spoken: "",
      problem: "",
    });
  }

  start(): void {
    addEventListener("storage", (event) => this.otherTab(event));
    for (const event of ["online", "offline"]) addEventListener(event, () => this.reached(navigator.onLine));
    void this.begin(0);
  }

  /** Settles when there is a session. */
  async opened(): Promise<void> {
    if (!this.token) await this.openSession();
  }

  /** The page learnt who the visitor is. */
  async identify(identity: string): Promise<void> {
    this.identity = identity;
    // A session that is being opened was asked for as whoever he was before.
    await this.opening?.catch(() => {});
    if (!this.token) return;
    this.since = this.clock.now();
    await this.openSession();
  }

  /** What the visitor is looking at, where the page knows better than its address. */
  describe(page: Partial<Page>): void {
    this.page = page;
  }

  setOpen(open: boolean): void {
    this.store.set({ open, problem: "" });
    this.keepLive();
  }

  say(text: string, attachments: Attachment[] = [], choice: string | null = null): void {
    this.pending.add(LANE, { text, choice, attachments, page: readPage(this.page) });
    this.stopTyping();
  }

  retry(client_id: string): void {
    this.pending.retry(client_id);
  }

  discard(client_id: string): void {
    this.pending.discard(client_id);
  }

  askForPerson(): Promise<boolean> {
    return this.act("handoff", {});
  }

  /** A call that answers how things stand now, in its turn among the messages. False when it did not succeed: why is then the view's problem. */
  async act(path: string, body: object): Promise<boolean> {
    this.store.set({ problem: "" });
    try {
      await this.pending.inTurn(LANE, () => this.withState(() => this.calls.ask<ChatState>(path, body).then((state) => ({ state }))));
      return true;
    } catch (error) {
      this.store.set({ problem: this.reasonOf(error) ?? words.notDone });
      return false;
    }
  }

  /** What the server said against it; null when it was not reached. */
  reasonOf(error: unknown): string | null {
    return error instanceof Refused ? error.message : null;
  }

  dismissProblem(): void {
    this.store.set({ problem: "" });
  }

  async loadOlder(): Promise<void> {
    const { loadingOlder, timeline, state } = this.store.value;
    if (loadingOlder || timeline.start === 0 || !state.conversation) return;
    this.store.set({ loadingOlder: true });
    // Where it fails, scrolling further asks again.
    const older = await this.calls.ask<ChatTimeline>(`timeline?before=${timeline.start + 1}`).catch(() => null);
    this.store.set({ loadingOlder: false, ...(older && { timeline: prepend(this.store.value.timeline, older) }) });
  }

  /** All that is there has been before the visitor's eyes. */
  markSeen(): void {
    const { timeline, seen } = this.store.value;
    if (timeline.cursor <= seen) return;
    const news = timeline.entries.some((entry) => entry.seq > seen && isFromOthers(entry));
    this.setSeen(timeline.cursor);
    this.storage.set(`${this.prefix}seen`, `${this.followed}:${timeline.cursor}`);
    if (!news) return;
    this.cancelRead();
    // A lost mark costs nothing: the next one covers it.
    this.cancelRead = this.clock.after(READ_AFTER, () => void this.calls.ask("read", { seq: this.store.value.seen }).catch(() => {}));
  }

  keystroke(): void {
    const now = this.clock.now();
    if (!this.followed || now - this.typedAt < TYPING_EVERY) return;
    this.typedAt = now;
    this.live.typing(this.followed, true);
  }

  stopTyping(): void {
    if (this.followed && this.typedAt > 0) this.live.typing(this.followed, false);
    this.typedAt = 0;
  }

  /** Tries for as long as the network is away. A channel that does not exist (any more) shows nothing. */
  private async begin(attempt: number): Promise<void> {
    try {
      const { base, locale } = this.settings;
      // The words' coming shows what waits for nothing else: a panel opened before they and the session were here.
      await Promise.all([loadWords(base, locale, attempt).then(() => this.store.set({})), this.openSession()]);
      this.store.set({ phase: "ready" });
      this.pending.resume();
    } catch (error) {
      if (error instanceof Refused && !error.passing) this.store.set({ phase: "absent" });
      else this.clock.after(backoff(attempt, this.clock), () => void this.begin(attempt + 1));
    }
  }

  /** One at a time: a message typed before the first session is open asks for one too, and two would be two guests. */
  private openSession(): Promise<void> {
    this.opening ??= this.askSession().finally(() => {
      this.opening = null;
    });
    return this.opening;
  }

  private async askSession(): Promise<void> {
    const { channel, locale, colour } = this.settings;
    const opening = { channel, locale, colour, page: readPage(this.page) };
    const session = await this.visitor.open(opening, this.identity, (full) => this.calls.open(full));
    const { own } = this;
    if (this.visitor.isAnother) for (const unsent of this.pending.all) if (!own.includes(unsent)) this.discard(unsent.client_id);
    this.adopt(session);
    this.showUnsent();
  }

  /** Until a session tells who this is, only what he typed himself. */
  private showUnsent(): void {
    this.store.set({ unsent: this.token ? this.pending.all : this.own });
  }

  private get own(): readonly Unsent<Said>[] {
    return this.pending.all.filter(({ typed_at }) => typed_at >= this.since);
  }

  private adopt(session: ChatSession): void {
    const { token, config, state, conversation } = session;
    this.token = token;
    this.store.set({ config });
    if (conversation !== null && conversation === this.followed) {
      this.store.set({ state });
      this.receive(session);
      return;
    }
    if (this.followed) this.live.unfollow(this.followed);
    this.followed = null;
    this.store.set({ timeline: beginTimeline(session), seen: this.seenBefore(conversation) ?? session.through });
    this.takeState(state);
  }

  private takeState(state: ChatState): void {
    this.store.set({ state, ...(!isAnswering(state.owner) && { typing: null }), ...(state.owner !== "assistant" && { draft: "" }) });
    if (state.conversation && state.conversation !== this.followed) this.follow(state.conversation);
    this.keepLive();
  }

  private follow(conversation: string): void {
    this.followed = conversation;
    this.storage.set(`${this.prefix}conversation`, conversation);
    this.live.follow(conversation, () => this.store.value.timeline.cursor);
    if (!this.linked) this.askLater();
  }

  /** A visitor who only looks at the shop costs no socket. */
  private keepLive(): void {
    const { open, state } = this.store.value;
    if (this.followed && (open || state.owner !== "closed")) this.live.start();
  }

  private receive(stretch: Stretch): void {
    const before = this.store.value.timeline;
    const { outcome, timeline } = apply(before, stretch);
    if (outcome === "gap") void this.catchUp();
    if (outcome !== "applied") return;
    const fresh = timeline.entries.slice(before.entries.length);
    const answered = fresh.some((entry) => isAnswering(entry.by.kind));
    this.store.set({ timeline, ...(answered && { draft: "", typing: null }) });
    this.pending.settle(fresh);
    this.onNews(fresh.filter((entry) => isFromOthers(entry) || entry.body.type !== "message"));
  }

  private hear(frame: ServerFrame): void {
    if (!("conversation" in frame) || frame.conversation !== this.followed) return;
    if (frame.type === "entries") this.receive(frame);
    else if (frame.type === "state") {
      this.stateNews++;
      this.takeState(frame.state);
    } else if (frame.type === "typing") this.hearTyping(frame.by, frame.on);
    else if (frame.type === "draft") this.store.set({ draft: frame.text });
    else if (frame.type === "read") this.hearRead(frame.by, frame.seq);
  }

  private hearTyping({ kind, name }: { kind: string; name: string }, on: boolean): void {
    if (!isAnswering(kind)) return;
    this.cancelTyping();
    this.store.set({ typing: on ? { kind, name } : null });
    if (on) this.cancelTyping = this.clock.after(TYPING_LASTS, () => this.store.set({ typing: null }));
  }

  private hearRead(by: "customer" | "agent", seq: number): void {
    const { state } = this.store.value;
    if (by === "customer") this.setSeen(seq);
    else this.store.set({ state: { ...state, read_by_agent: Math.max(state.read_by_agent, seq) } });
  }

  /** One question at a time: whatever is missed meanwhile is part of the answer or of the next frame. */
  private catchUp(): Promise<void> {
    this.catching ??= this.askSince()
      .catch(() => {})
      .finally(() => {
        this.catching = null;
      });
    return this.catching;
  }

  private async askSince(): Promise<void> {
    for (let more = this.followed !== null; more; ) {
      const { cursor } = this.store.value.timeline;
      const answer = await this.withState(() => this.calls.ask<ChatTimeline>(`timeline?since=${cursor}`));
      this.receive(answer);
      more = answer.more && this.store.value.timeline.cursor > cursor;
    }
  }

  private async transmit(unsent: Unsent<Said>): Promise<Entry> {
    if (!this.token) await this.openSession();
    // Opening a session may have shown that it was another customer's.
    if (!this.pending.all.includes(unsent)) throw Error();
    const { client_id, payload } = unsent;
    const call = { ...payload, client_id, attachments: payload.attachments.map(({ id }) => id) };
    return (await this.withState(() => this.calls.ask<ChatSent>("messages", call))).entry;
  }

  /** Takes an answer's state, unless the socket told a newer one while the answer was under way. */
  private async withState<T extends { state: ChatState }>(ask: () => Promise<T>): Promise<T> {
    const news = this.stateNews;
    const answer = await ask();
    if (news === this.stateNews) this.takeState(answer.state);
    return answer;
  }

  private linkChanged(online: boolean): void {
    if (online === this.linked) return;
    this.linked = online;
    if (online) {
      this.cancelAsk();
      this.reached(true);
      void this.catchUp();
    } else this.askLater();
  }

  private askLater(): void {
    const pause = this.store.value.open ? ASK_EVERY : ASK_EVERY_CLOSED;
    this.cancelAsk();
    this.cancelAsk = this.clock.after(pause, () => void this.catchUp().then(() => this.linked || this.askLater()));
  }

  private reached(reached: boolean): void {
    const before = this.store.value.reach;
    const reach = reached ? "good" : navigator.onLine ? "reconnecting" : "offline";
    if (reach !== before) this.store.set({ reach });
    if (reached && before !== "good") this.pending.resume();
  }

  private setSeen(seen: number): void {
    if (seen > this.store.value.seen) this.store.set({ seen });
  }

  private seenBefore(conversation: string | null): number | null {
    const [of, seq] = (this.storage.get(`${this.prefix}seen`) ?? "").split(":");
    return of === conversation ? Number(seq) : null;
  }

  private otherTab({ key, newValue }: StorageEvent): void {
    if (newValue === null) return;
    if (key === `${this.prefix}seen`) this.setSeen(this.seenBefore(this.followed) ?? 0);
    // The first message was sent there: this tab learns of the conversation that it began.
    if (key === `${this.prefix}conversation` && newValue !== this.followed) void this.openSession().catch(() => {});
  }
}
