/** The console's side of the socket: one connection, the feeds of what is open, and the messages on their way. */

import {
  browserClock,
  browserStorage,
  LiveSocket,
  Pending,
  type Attachment,
  type Colleague,
  type Conversation,
  type Entry,
  type Link,
  type Mine,
  type ServerFrame,
  type Unsent,
} from "@tandem/shared";
import { DraftFiles } from "../conversation/draftFiles";
import { namedIn } from "../conversation/mentions";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { Deeds, type Deed, type Resumed } from "./deeds";
import { Feed, type Older } from "./feed";
import { later } from "./later";

export type Words = { kind: "reply" | "note"; text: string; attachments: Attachment[]; mentions?: string[] | null; suggestion?: string | null; original?: string };
export type Sending = Unsent<Words>;

export interface DeskNews {
  conversation: (row: Conversation) => void;
  colleague: (colleague: Colleague) => void;
  mine: (mine: Mine) => void;
  /** A colleague called this user to a note. */
  mentioned: (conversation: string, by: string, whisper: boolean) => void;
  /** A request to go beyond the rules was made or moved. */
  exception: () => void;
  read: (conversation: string, by: "customer" | "agent", seq: number) => void;
  /** What an earlier page left to be done behind its last words was done, or was not. */
  resumed: (resumed: Resumed) => void;
  /** The socket is here: what it would have said before has to be asked for, also when it comes for the first time. */
  back: () => void;
}

const PAGE = 50;
/** Milliseconds. Some networks let no socket through: then lists are asked for without one. */
const HEARING_WITHIN = 1_500;

const source = {
  since: (conversation: string, seq: number) => api.get<Older>(`/conversations/${conversation}/timeline`, { since: seq, limit: 200 }),
  before: (conversation: string, seq: number) => api.get<Older>(`/conversations/${conversation}/timeline`, { before: seq, limit: PAGE }),
};

export class Desk {
  link: Link = "connecting";
  readonly files: DraftFiles;
  private readonly feeds = new Map<string, Feed>();
  private readonly socket: LiveSocket;
  private readonly pending: Pending<Words>;
  private readonly deeds: Deeds;
  private readonly listeners = new Set<() => void>();
  private waited = false;

  constructor(
    user: string,
    private readonly news: DeskNews,
  ) {
    this.pending = new Pending<Words>({
      prefix: `tandem.unsent.${user}.`,
      storage: browserStorage("localStorage"),
      clock: browserClock,
      newId: () => crypto.randomUUID(),
      send: (sending) => sendWords(sending, user),
      onStored: (entry) => this.feeds.get(entry.conversation)?.receive({ entries: [entry], after: entry.seq - 1, through: entry.seq }),
      onChange: () => this.tell(),
      patient: true,
    });
    this.deeds = new Deeds({
      prefix: `tandem.undone.${user}.`,
      storage: browserStorage("localStorage"),
      clock: browserClock,
      newId: () => crypto.randomUUID(),
      pending: this.pending,
      call: (path, body) => api.post(path, body),
      onResumed: (resumed) => this.news.resumed(resumed),
    });
    this.files = new DraftFiles({
      prefix: `tandem.files.${user}.`,
      storage: browserStorage("localStorage"),
      send: (file) => api.upload<Attachment>("/uploads", file),
      sayWhy: sayProblem,
    });
    this.socket = new LiveSocket({
      url: `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/api/socket`,
      clock: browserClock,
      onFrame: (frame) => this.receive(frame),
      onLink: (link) => this.showLink(link),
      onBehind: (conversation) => void this.feeds.get(conversation)?.catchUp(),
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly readLink = (): Link => this.link;
  readonly readPending = (): readonly Sending[] => this.pending.all;

  /**
   * Settles when the socket tells what happens, or when it is not to be waited for any longer. A list that is asked for before would
   * have to be asked for again, since what came in between is in neither. Only while the console opens: who has looked once is not kept
   * waiting because the line is gone.
   */
  hearing(): Promise<void> {
    if (this.waited || this.link !== "connecting") return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        this.waited = true;
        leave();
        cancel();
        resolve();
      };
      const leave = this.subscribe(() => this.link !== "connecting" && done());
      const cancel = browserClock.after(HEARING_WITHIN, done);
    });
  }

  start(): void {
    this.socket.start();
    this.pending.resume();
    this.deeds.resume();
    addEventListener("pagehide", this.finish);
    addEventListener("pageshow", this.stay);
    addEventListener("beforeunload", this.warn);
  }

  stop(): void {
    this.socket.stop();
    removeEventListener("pagehide", this.finish);
    removeEventListener("pageshow", this.stay);
    removeEventListener("beforeunload", this.warn);
  }

  private readonly finish = (): void => {
    this.deeds.leave();
    later.runAll();
  };

  private readonly stay = (): void => this.deeds.stay();

  /** Words and deeds are kept for the next page; a file that is half sent up cannot be. */
  private readonly warn = (event: BeforeUnloadEvent): void => {
    if (this.files.sending) event.preventDefault();
  };

  /** The feed of a conversation, followed from now on until `close`. */
  open(conversation: string): Feed {
    const known = this.feeds.get(conversation);
    if (known) return known;
    const feed = new Feed(conversation, source, browserClock, (entries: readonly Entry[]) => this.pending.settle(entries));
    this.feeds.set(conversation, feed);
    return feed;
  }

  /** Called once the newest part is held: before that there is no cursor to follow from. */
  follow(feed: Feed): void {
    this.socket.follow(feed.conversation, () => feed.cursor);
  }

  close(conversation: string): void {
    this.feeds.delete(conversation);
    this.socket.unfollow(conversation);
  }

  say(conversation: string, words: Words): void {
    this.pending.add(conversation, words);
  }

  /** See `Deeds.lookedThrough`. */
  lookedThrough(conversation: string, held: Promise<boolean>): void {
    this.deeds.lookedThrough(conversation, held);
  }

  /** In its turn, too, but of no worth to anybody once the page is gone. */
  inTurn<T>(conversation: string, act: () => Promise<T>): Promise<T> {
    return this.pending.inTurn(conversation, act);
  }

  /** Once what was said before it is stored: given away or closed, the conversation would no longer take the words. See `Deeds.do`. */
  do<T>(deed: Deed): Promise<T> {
    return this.deeds.do<T>(deed);
  }

  sayAgain(clientId: string): void {
    this.pending.retry(clientId);
  }

  takeBack(clientId: string): void {
    this.pending.discard(clientId);
  }

  typing(conversation: string, on: boolean): void {
    this.socket.typing(conversation, on);
  }

  private receive(frame: ServerFrame): void {
    switch (frame.type) {
      case "entries":
        return this.feeds.get(frame.conversation)?.receive(frame);
      case "typing":
        return this.feeds.get(frame.conversation)?.showTyping(frame.by, frame.on);
      case "draft":
        return this.feeds.get(frame.conversation)?.showDraft(frame.turn, frame.text);
      case "mentioned":
        return this.news.mentioned(frame.conversation, frame.by, frame.whisper);
      case "exception":
        return this.news.exception();
      case "customer":
        return this.feeds.get(frame.conversation)?.showCustomer(frame.online);
      case "viewing":
        return this.feeds.get(frame.conversation)?.showViewing(frame.by, frame.on);
      case "inbox":
        return this.news.conversation(frame.conversation);
      case "colleague":
        return this.news.colleague(frame.colleague);
      case "mine":
        return this.news.mine(frame.mine);
      case "read":
        return this.news.read(frame.conversation, frame.by, frame.seq);
    }
  }

  private showLink(link: Link): void {
    this.link = link;
    this.waited ||= link === "online";
    if (link !== "online") this.feeds.forEach((feed) => feed.forgetOthers());
    if (link === "online") {
      this.pending.resume();
      this.news.back();
    }
    this.tell();
  }

  private tell(): void {
    this.listeners.forEach((listener) => listener());
  }
}

async function sendWords({ conversation, client_id, payload }: Sending, user: string): Promise<Entry> {
  if (payload.kind === "note") {
    const mentions = payload.mentions ?? namedIn(payload.text, await api.get<Colleague[]>("/colleagues"), user);
    return api.post<Entry>(`/conversations/${conversation}/note`, { client_id, text: payload.text, mentions });
  }
  const attachments = payload.attachments.map((attachment) => attachment.id);
  return api.post<Entry>(`/conversations/${conversation}/reply`, { client_id, text: payload.text, attachments, suggestion: payload.suggestion ?? null, original: payload.original ?? "" });
}
