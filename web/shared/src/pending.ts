/**
 * Messages typed but not yet known to be stored. They survive a reload and a lost network, go out one at a time in
 * the order of their conversation, and leave when the call is answered or an entry with their `client_id` arrives.
 */

import type { Entry } from "./api";
import { backoff, type Clock } from "./clock";
import { Refused } from "./http";
import type { Storage } from "./storage";

export type Unsent<Payload> = {
  readonly client_id: string;
  readonly conversation: string;
  readonly payload: Payload;
  /** Milliseconds since 1970; also the order in a conversation. */
  readonly typed_at: number;
  /** Why the server will not take it (a problem's detail); null while it is still on its way. */
  readonly failed: string | null;
};

export interface PendingOptions<Payload> {
  /** Begins the key of each kept message; one key a message, so that two tabs never overwrite each other's. */
  prefix: string;
  storage: Storage;
  clock: Clock;
  newId: () => string;
  /** Sends one message. Raises `Refused` for a no, anything else for a network that failed. */
  send: (message: Unsent<Payload>) => Promise<Entry>;
  onStored: (entry: Entry, message: Unsent<Payload>) => void;
  onChange: (messages: readonly Unsent<Payload>[]) => void;
  /** What else is asked waits however long a message before it does: what ends a conversation must not overtake words said in it. */
  patient?: boolean;
}

/** Something else that keeps its place among the messages of a conversation. */
type Act = { typed_at: number; run: () => Promise<void> };
/** `cancel` ends a pause: it is there while a message that did not get through waits to be tried again. */
type Lane = { attempt: number; busy: boolean; cancel?: () => void; acts: Act[] };

export class Pending<Payload> {
  private readonly options: PendingOptions<Payload>;
  private readonly lanes = new Map<string, Lane>();
  private messages: Unsent<Payload>[];
  private last: number;

  constructor(options: PendingOptions<Payload>) {
    this.options = options;
    this.messages = this.load();
    this.last = this.messages.at(-1)?.typed_at ?? 0;
  }

  get all(): readonly Unsent<Payload>[] {
    return this.messages;
  }

  add(conversation: string, payload: Payload): Unsent<Payload> {
    this.last = Math.max(this.options.clock.now(), this.last + 1);
    const message = { client_id: this.options.newId(), conversation, payload, typed_at: this.last, failed: null };
    this.put(message);
    this.hurry(conversation);
    return message;
  }

  /**
   * Does `act` once what was typed before it is stored, and keeps back what is typed after it. Unless we are `patient`, a message
   * that does not get through now holds nothing up: whoever asks for a person must not wait until a network is back. Answers what
   * `act` answers.
   */
  inTurn<T>(conversation: string, act: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.lane(conversation).acts.push({ typed_at: ++this.last, run: () => act().then(resolve, reject) });
      this.hurry(conversation);
    });
  }

  /** Entries that came by socket or timeline: those of ours are stored, whatever became of the call. */
  settle(entries: readonly Entry[]): void {
    for (const { client_id } of entries) if (client_id !== null) this.discard(client_id);
  }

  /** Once more, for a message that failed: at its old place in the order. */
  retry(client_id: string): void {
    const message = this.find(client_id);
    if (!message) return;
    this.put({ ...message, failed: null });
    this.hurry(message.conversation);
  }

  discard(client_id: string): void {
    this.options.storage.remove(this.options.prefix + client_id);
    if (!this.find(client_id)) return;
    this.messages = this.messages.filter((message) => message.client_id !== client_id);
    this.options.onChange(this.messages);
  }

  /** Send what waits, at once: after a reload, and whenever the network is back. */
  resume(): void {
    for (const { conversation } of this.messages) {
      this.lane(conversation).attempt = 0;
      this.hurry(conversation);
    }
  }

  /** Sits out no pause. */
  private hurry(conversation: string): void {
    const lane = this.lane(conversation);
    lane.cancel?.();
    delete lane.cancel;
    void this.advance(conversation);
  }

  private async advance(conversation: string): Promise<void> {
    const lane = this.lane(conversation);
    if (lane.busy) return;
    lane.busy = true;
    for (let step; (step = this.step(conversation, lane)); ) await step;
    lane.busy = false;
  }

  /** What is next in the order, begun; nothing while there is nothing, or a message waits to be tried again. */
  private step(conversation: string, lane: Lane): Promise<void> | false | undefined {
    const head = this.messages.find((message) => message.conversation === conversation && message.failed === null);
    const [act] = lane.acts;
    if (!act || (head && head.typed_at < act.typed_at)) return head && !lane.cancel && this.transmit(lane, head);
    lane.acts.shift();
    return act.run();
  }

  private transmit(lane: Lane, message: Unsent<Payload>): Promise<void> {
    return this.options.send(message).then(
      (entry) => {
        lane.attempt = 0;
        this.options.onStored(entry, message);
        this.discard(message.client_id);
      },
      (error: unknown) => this.refused(lane, message, error),
    );
  }

  private refused(lane: Lane, message: Unsent<Payload>, error: unknown): void {
    // Taken back meanwhile: the next one has nothing to wait for.
    if (!this.find(message.client_id)) return;
    if (error instanceof Refused && !error.passing) {
      lane.attempt = 0;
      return this.put({ ...message, failed: error.message });
    }
    const asked = error instanceof Refused ? (error.problem.retry_after ?? 0) * 1000 : 0;
    const pause = Math.max(asked, backoff(lane.attempt++, this.options.clock));
    if (!this.options.patient) for (const act of lane.acts) act.typed_at = 0;
    lane.cancel = this.options.clock.after(pause, () => this.hurry(message.conversation));
  }

  private put(message: Unsent<Payload>): void {
    this.options.storage.set(this.options.prefix + message.client_id, JSON.stringify(message));
    const others = this.messages.filter((other) => other.client_id !== message.client_id);
    this.messages = [...others, message].sort((one, other) => one.typed_at - other.typed_at);
    this.options.onChange(this.messages);
  }

  private find(client_id: string): Unsent<Payload> | undefined {
    return this.messages.find((message) => message.client_id === client_id);
  }

  private lane(conversation: string): Lane {
    const lane = this.lanes.get(conversation) ?? { attempt: 0, busy: false, acts: [] };
    this.lanes.set(conversation, lane);
    return lane;
  }

  private load(): Unsent<Payload>[] {
    const { prefix, storage } = this.options;
    return storage
      .keys()
      .filter((key) => key.startsWith(prefix))
      .flatMap((key) => readUnsent<Payload>(storage.get(key)))
      .sort((one, other) => one.typed_at - other.typed_at);
  }
}

/** Other code of the page can write the same storage: what cannot be read is left out, never fatal. */
function readUnsent<Payload>(json: string | null): Unsent<Payload>[] {
  try {
    const message = JSON.parse(json ?? "") as Partial<Unsent<Payload>> | null;
    const whole = typeof message?.client_id === "string" && typeof message.typed_at === "number" && message.payload;
    return whole ? [message as Unsent<Payload>] : [];
  } catch {
    return [];
  }
}
