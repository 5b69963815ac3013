import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { memoryStorage, type ChatState, type ClientFrame, type Clock, type Entry, type ServerFrame } from "@tandem/shared";
import { Chat } from "../src/chat";
import { countUnread, NOBODY } from "../src/view";
import { words as en } from "../src/words/en";
import { speak } from "../src/words/words";
import { assistant, customer, entry, message } from "./entries";

/** The browser's WebSocket as far as the client uses it. */
class Wire {
  static last: Wire;
  sent: ClientFrame[] = [];
  onopen: () => void = () => {};
  onmessage: (event: { data: string }) => void = () => {};

  constructor() {
    Wire.last = this;
  }

  send(frame: string): void {
    this.sent.push(JSON.parse(frame) as ClientFrame);
  }

  close(): void {}

  says(frame: ServerFrame): void {
    this.onmessage({ data: JSON.stringify(frame) });
  }
}

type Answer = { status?: number; body: unknown } | Promise<{ status?: number; body: unknown }>;

const still: Clock = { now: () => 1_000_000, after: () => () => {}, random: () => 0 };
const config = { brand: "", assistant_name: "", palette: "", greeting: "", suggestions: [], upload_limit: 1 };
const state = (more: Partial<ChatState>): ChatState => ({ ...NOBODY, conversation: "talk", ...more });
const session = (entries: Entry[], more: Partial<ChatState> = {}): Answer => {
  const held = state({ ...more, conversation: entries.length > 0 ? "talk" : null });
  const { conversation } = held;
  return { body: { token: "t", name: "", verified: false, conversation, config, state: held, entries, after: 0, through: entries.length } };
};

let answers: Record<string, Answer[]>;
let calls: string[];
/** What each call that had a body said. */
let said: Record<string, unknown>[];

beforeEach(() => {
  speak(en);
  [answers, calls, said] = [{}, [], []];
  vi.stubGlobal("WebSocket", Wire);
  vi.stubGlobal("fetch", async (address: string, { body: sent }: RequestInit = {}) => {
    const call = address.replace("https://desk.example/api/chat/", "");
    calls.push(call);
    if (sent) said.push(JSON.parse(sent as string) as Record<string, unknown>);
    const answer = await (answers[call.split("?")[0] ?? ""]?.shift() ?? Promise.reject(new TypeError("away")));
    const { status = 200, body } = answer;
    return new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });
  });
});

afterEach(() => vi.unstubAllGlobals());

/** What comes as soon as what is under way has arrived, also on a machine that is busy with other things. */
const soon = (look: () => void): Promise<void> => vi.waitFor(look, { timeout: 20_000 });

async function started(): Promise<Chat> {
  const settings = { base: "https://desk.example", channel: "demo", identity: null, locale: "en", colour: undefined, position: "right" } as const;
  const chat = new Chat(settings, memoryStorage(), still);
  chat.start();
  await soon(() => expect(chat.store.value.phase).toBe("ready"));
  return chat;
}

describe("a chat", () => {
  it("of who only looks at the shop opens no socket and sends nothing more", async () => {
    answers["session"] = [session([])];
    const chat = await started();
    chat.setOpen(true);
    expect(calls).toEqual(["session"]);
    expect(chat.store.value.state.conversation).toBeNull();
  });

  it("follows the conversation that its first message began", async () => {
    answers["session"] = [session([])];
    const chat = await started();
    const stored = entry(1, customer, message("hello"));
    answers["messages"] = [{ status: 201, body: { entry: stored, state: state({}) } }];
    chat.say("hello");
    expect(chat.store.value.unsent.length).toBe(1);
    await soon(() => expect(chat.store.value.timeline.entries).toEqual([stored]));
    expect(chat.store.value.unsent).toEqual([]);
    Wire.last.onopen();
    Wire.last.says({ type: "ready" });
    expect(Wire.last.sent).toContainEqual({ op: "follow", conversation: "talk", since: 1 });
  });

  it("believes what the socket told while an answer was under way", async () => {
    answers["session"] = [session([entry(1, customer, message("a"))])];
    const chat = await started();
    let arrive: (answer: { body: unknown }) => void = () => {};
    answers["messages"] = [new Promise((resolve) => (arrive = resolve))];
    chat.say("a person, please");
    Wire.last.says({ type: "state", conversation: "talk", state: state({ owner: "queue" }) });
    arrive({ body: { entry: entry(2, customer, message("a person, please")), state: state({ owner: "assistant" }) } });
    await soon(() => expect(chat.store.value.timeline.cursor).toBe(2));
    expect(chat.store.value.state.owner).toBe("queue");
  });

  it("asks for what it missed and ends with exactly the timeline", async () => {
    const all = [1, 2, 3, 4].map((seq) => entry(seq, assistant, message(`${seq}`)));
    answers["session"] = [session(all.slice(0, 1))];
    const chat = await started();
    answers["timeline"] = [{ body: { entries: all.slice(1), after: 1, through: 4, more: false, state: state({}) } }];
    Wire.last.says({ type: "entries", conversation: "talk", entries: all.slice(3), after: 3, through: 4 });
    await soon(() => expect(chat.store.value.timeline.entries).toEqual(all));
    expect(calls.at(-1)).toBe("timeline?since=1");
  });

  it("begins a new session when its token is no longer taken, and the message still goes out once", async () => {
    answers["session"] = [session([]), session([])];
    const chat = await started();
    const stored = entry(1, customer, message("hello"));
    answers["messages"] = [{ status: 401, body: {} }, { status: 201, body: { entry: stored, state: state({}) } }];
    chat.say("hello");
    await soon(() => expect(chat.store.value.timeline.entries).toEqual([stored]));
    expect(calls).toEqual(["session", "messages", "session", "messages"]);
  });

  it("sends nothing before its session is open", async () => {
    const settings = { base: "https://desk.example", channel: "demo", identity: null, locale: "en", colour: undefined, position: "right" } as const;
    let arrive: (answer: { body: unknown }) => void = () => {};
    answers["session"] = [new Promise((resolve) => (arrive = resolve))];
    answers["messages"] = [{ status: 201, body: { entry: entry(1, customer, message("hello")), state: state({}) } }];
    const chat = new Chat(settings, memoryStorage(), still);
    chat.start();
    chat.say("hello");
    await new Promise((resolve) => setTimeout(resolve));
    expect(calls).toEqual(["session"]);
    arrive(await session([]));
    await soon(() => expect(chat.store.value.unsent).toEqual([]));
    expect(calls).toEqual(["session", "messages"]);
  });

  it("neither shows nor sends what another customer left unsent, and keeps what this one typed before it was known who he is", async () => {
    const settings = { base: "https://desk.example", channel: "demo", identity: null, locale: "en", colour: undefined, position: "right" } as const;
    const storage = memoryStorage();
    storage.set("tandem:demo:token:last", "customer:42");
    const left = { client_id: "theirs", conversation: "chat", payload: { text: "my address", choice: null, attachments: [] }, typed_at: 999_000, failed: null };
    storage.set("tandem:demo:unsent:theirs", JSON.stringify(left));
    let arrive: (answer: { body: unknown }) => void = () => {};
    answers["session"] = [new Promise((resolve) => (arrive = resolve))];
    answers["messages"] = [{ status: 201, body: { entry: entry(1, customer, message("hello")), state: state({}) } }];
    const chat = new Chat(settings, storage, still);
    chat.start();
    chat.say("hello");
    expect(chat.store.value.unsent.map(({ payload }) => payload.text)).toEqual(["hello"]);
    arrive(await session([]));
    await soon(() => expect(calls).toEqual(["session", "messages"]));
    expect(said.at(-1)).toMatchObject({ text: "hello" });
    await soon(() => expect(chat.store.value.unsent).toEqual([]));
  });

  it("becomes who the page says he is, also where the page is told before the words are here", async () => {
    speak(undefined as never);
    answers["session"] = [session([]), session([])];
    const settings = { base: "https://desk.example", channel: "demo", identity: null, locale: "en", colour: undefined, position: "right" } as const;
    const chat = new Chat(settings, memoryStorage(), still);
    chat.start();
    await soon(() => expect(chat.store.value.config).not.toBeNull());
    expect(chat.store.value.phase).toBe("loading");
    await chat.identify("a.jwt.b");
    expect(said.map(({ identity }) => identity ?? null)).toEqual([null, "a.jwt.b"]);
  });

  it("asks for a person once what was typed before has arrived", async () => {
    answers["session"] = [session([])];
    const chat = await started();
    let arrive: (answer: { status: number; body: unknown }) => void = () => {};
    answers["messages"] = [new Promise((resolve) => (arrive = resolve))];
    answers["handoff"] = [{ body: state({ owner: "queue" }) }];
    chat.say("hello");
    const asked = chat.askForPerson();
    await new Promise((resolve) => setTimeout(resolve));
    expect(calls).toEqual(["session", "messages"]);
    arrive({ status: 201, body: { entry: entry(1, customer, message("hello")), state: state({}) } });
    expect(await asked).toBe(true);
    expect(calls).toEqual(["session", "messages", "handoff"]);
  });

  it("takes the draft away when the answer is there, and when a person takes over", async () => {
    answers["session"] = [session([entry(1, customer, message("a"))])];
    const chat = await started();
    const draft = (): void => Wire.last.says({ type: "draft", conversation: "talk", turn: "1", text: "It is" });
    draft();
    expect(chat.store.value.draft).toBe("It is");
    Wire.last.says({ type: "entries", conversation: "talk", entries: [entry(2, assistant, message("It is."))], after: 1, through: 2 });
    expect(chat.store.value.draft).toBe("");
    draft();
    Wire.last.says({ type: "state", conversation: "talk", state: state({ owner: "agent" }) });
    expect(chat.store.value.draft).toBe("");
  });

  it("counts what came unseen, and what was seen in another tab no more", async () => {
    answers["session"] = [session([entry(1, customer, message("a"))])];
    const chat = await started();
    Wire.last.says({ type: "entries", conversation: "talk", entries: [entry(2, assistant, message("b"))], after: 1, through: 2 });
    expect(countUnread(chat.store.value)).toBe(1);
    Wire.last.says({ type: "read", conversation: "talk", by: "customer", seq: 2 });
    expect(countUnread(chat.store.value)).toBe(0);
  });

  it("shows nothing on a page whose channel does not exist", async () => {
    answers["session"] = [{ status: 404, body: {} }];
    const settings = { base: "https://desk.example", channel: "x", identity: null, locale: "en", colour: undefined, position: "right" } as const;
    const chat = new Chat(settings, memoryStorage(), still);
    chat.start();
    await soon(() => expect(chat.store.value.phase).toBe("absent"));
  });
});
