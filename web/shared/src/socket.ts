/**
 * The socket of docs/protocol.md: brings news, never carries a command, and may be lost at any time.
 * After each loss it comes back by itself and follows again from the cursors it is given.
 */

import type { ClientFrame, ServerFrame } from "./api";
import { backoff, type Clock } from "./clock";

export type Link = "connecting" | "online" | "offline";

export interface LiveSocketOptions {
  /** `ws://` or `wss://`, without a token: addresses end in logs. */
  url: string;
  /** Asked for at each connection; the desk, known by its cookie, gives none. */
  token?: () => string | null;
  clock: Clock;
  open?: (url: string) => WebSocket;
  onFrame: (frame: ServerFrame) => void;
  onLink: (link: Link) => void;
  /** Something was missed: the owner asks `timeline?since=cursor` and applies that. */
  onBehind: (conversation: string) => void;
}

/** After so long without a frame the socket asks for one by following again; without an answer it is taken as dead. */
const SILENCE = 30_000;
const ANSWER_WITHIN = 10_000;

export class LiveSocket {
  private readonly options: LiveSocketOptions;
  private readonly followed = new Map<string, () => number>();
  private socket: WebSocket | null = null;
  private ready = false;
  private attempt = 0;
  private stopped = true;
  private listening = new AbortController();
  private cancelRetry: () => void = () => {};
  private cancelWatch: () => void = () => {};

  constructor(options: LiveSocketOptions) {
    this.options = options;
  }

  start(): void {
    if (!this.stopped) return;
    this.stopped = false;
    this.listening = new AbortController();
    addEventListener("online", this.hurry, this.listening);
    addEventListener("offline", this.lose, this.listening);
    document.addEventListener("visibilitychange", this.hurry, this.listening);
    this.connect();
  }

  stop(): void {
    this.stopped = true;
    this.listening.abort();
    this.cancelRetry();
    this.drop();
  }

  /** `since` is read at every (re)connection, so it has to be the cursor as it then stands. */
  follow(conversation: string, since: () => number): void {
    this.followed.set(conversation, since);
    if (this.ready) this.sendFollow(conversation, since);
  }

  unfollow(conversation: string): void {
    if (this.followed.delete(conversation)) this.send({ op: "unfollow", conversation });
  }

  typing(conversation: string, on: boolean): void {
    this.send({ op: "typing", conversation, on });
  }

  private connect(): void {
    this.options.onLink(navigator.onLine ? "connecting" : "offline");
    const socket = this.open();
    if (!socket) return this.lose();
    this.socket = socket;
    socket.onopen = () => {
      const token = this.options.token?.();
      this.transmit({ op: "hello", ...(token && { token }) });
    };
    socket.onmessage = (event) => this.receive(event.data);
    socket.onclose = this.lose;
    this.watch(ANSWER_WITHIN, this.lose);
  }

  /** A page's own security policy may forbid the socket; some browsers throw then. */
  private open(): WebSocket | null {
    try {
      return (this.options.open ?? ((url) => new WebSocket(url)))(this.options.url);
    } catch {
      return null;
    }
  }

  private receive(data: unknown): void {
    const frame = parseFrame(data);
    if (!frame) return;
    this.watch(SILENCE, this.probe);
    if (frame.type === "ready") this.becomeReady();
    else if (frame.type === "again") this.options.onBehind(frame.conversation);
    else if (frame.type === "entries" && this.missed(frame)) this.options.onBehind(frame.conversation);
    else this.options.onFrame(frame);
  }

  private missed(frame: { conversation: string; after: number }): boolean {
    const since = this.followed.get(frame.conversation);
    return since !== undefined && frame.after > since();
  }

  private becomeReady(): void {
    this.ready = true;
    this.attempt = 0;
    this.options.onLink("online");
    this.followed.forEach((since, conversation) => this.sendFollow(conversation, since));
  }

  /** A browser cannot send a ping; a follow from the cursor changes nothing and is answered. */
  private readonly probe = (): void => {
    const [first] = this.followed;
    if (!first) return;
    this.sendFollow(first[0], first[1]);
    this.watch(ANSWER_WITHIN, this.lose);
  };

  private readonly lose = (): void => {
    if (this.stopped) return;
    this.drop();
    this.options.onLink(navigator.onLine ? "connecting" : "offline");
    this.cancelRetry();
    this.cancelRetry = this.options.clock.after(backoff(this.attempt++, this.options.clock), () => this.connect());
  };

  /** The network or the reader is back: do not sit out a long pause. */
  private readonly hurry = (): void => {
    if (this.stopped || this.socket || document.hidden) return;
    this.cancelRetry();
    this.attempt = 0;
    this.connect();
  };

  private drop(): void {
    this.cancelWatch();
    this.ready = false;
    const socket = this.socket;
    this.socket = null;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  private watch(ms: number, then: () => void): void {
    this.cancelWatch();
    this.cancelWatch = this.options.clock.after(ms, then);
  }

  private sendFollow(conversation: string, since: () => number): void {
    this.send({ op: "follow", conversation, since: since() });
  }

  private send(frame: ClientFrame): void {
    if (this.ready) this.transmit(frame);
  }

  private transmit(frame: ClientFrame): void {
    this.socket?.send(JSON.stringify(frame));
  }
}

/** A frame that is no JSON comes from something between us and the server; the next real frame is unharmed by it. */
function parseFrame(data: unknown): ServerFrame | null {
  try {
    const frame = JSON.parse(String(data)) as ServerFrame | null;
    return frame?.type ? frame : null;
  } catch {
    return null;
  }
}
