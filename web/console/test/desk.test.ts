import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Desk, type DeskNews } from "../src/live/desk";
import { Unsaid, type Deed, type Resumed } from "../src/live/deeds";

/** What the browser was asked to call, in order, and how each call is answered. */
let called: string[];
let answers: ((response: Response) => void)[];
let breakOff: ((error: Error) => void)[];
/** What the browser keeps from page to page. */
let disk: Map<string, string>;

const quiet: DeskNews = {
  conversation: () => {}, colleague: () => {}, mine: () => {}, mentioned: () => {}, exception: () => {}, read: () => {}, back: () => {}, resumed: () => {},
};
const stored = (): Response => new Response(JSON.stringify({ conversation: "c1", seq: 4, client_id: "x", body: { type: "message" } }));
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

const closing = (id: string): Deed => ({ what: "resolve", conversations: [id], path: `/conversations/${id}/resolve`, body: { version: 3 } });
const bulk = (...ids: string[]): Deed => ({ what: "bulk", conversations: ids, path: "/conversations/bulk", body: {} });
const refused = (status: number, type: string): Response => new Response(JSON.stringify({ type: `/problems/${type}`, title: "", detail: "" }), { status });

/** A browser's storage, as far as it is used. */
function keeping(disk: Map<string, string>): object {
  return {
    getItem: (key: string) => disk.get(key) ?? null,
    setItem: (key: string, value: string) => void disk.set(key, value),
    removeItem: (key: string) => void disk.delete(key),
    key: (index: number) => [...disk.keys()][index] ?? null,
    get length() {
      return disk.size;
    },
  };
}

beforeEach(() => {
  called = [];
  answers = [];
  breakOff = [];
  disk = new Map();
  vi.stubGlobal("localStorage", keeping(disk));
  const page = new EventTarget();
  vi.stubGlobal("addEventListener", page.addEventListener.bind(page));
  vi.stubGlobal("removeEventListener", page.removeEventListener.bind(page));
  vi.stubGlobal("dispatchEvent", page.dispatchEvent.bind(page));
  vi.stubGlobal("document", new EventTarget());
  vi.stubGlobal("navigator", { onLine: true });
  vi.stubGlobal("WebSocket", class extends EventTarget { close(): void {} });
  vi.stubGlobal("location", { protocol: "https:", host: "desk.example" });
  vi.stubGlobal("fetch", (path: string) => {
    called.push(path);
    return new Promise<Response>((resolve, reject) => {
      answers.push(resolve);
      breakOff.push(reject);
    });
  });
});
afterEach(() => vi.unstubAllGlobals());

describe("what is done with a conversation", () => {
  it("waits until what was said just before is stored", async () => {
    const desk = new Desk("wang", quiet);
    desk.say("c1", { kind: "reply", text: "已为您办好。", attachments: [] });
    const resolved = desk.do(closing("c1"));
    await settled();
    expect(called).toEqual(["/api/conversations/c1/reply"]);

    answers[0]?.(stored());
    await settled();
    expect(called).toEqual(["/api/conversations/c1/reply", "/api/conversations/c1/resolve"]);
    answers[1]?.(new Response("{}"));
    await resolved;
  });

  it("goes out at once when nothing was said, also while the page is being left", () => {
    const desk = new Desk("wang", quiet);
    void desk.do(closing("c1"));
    expect(called).toEqual(["/api/conversations/c1/resolve"]);
  });

  it("does not wait for what is said elsewhere", () => {
    const desk = new Desk("wang", quiet);
    desk.say("c2", { kind: "reply", text: "稍等", attachments: [] });
    void desk.do({ what: "hand-back", conversations: ["c1"], path: "/conversations/c1/hand-back", body: { version: 3 } });
    expect(called).toEqual(["/api/conversations/c2/reply", "/api/conversations/c1/hand-back"]);
  });

  it("is not done when the words before it are refused, and whoever asked for it is told", async () => {
    const desk = new Desk("wang", quiet);
    desk.say("c1", { kind: "reply", text: "已为您办好。", attachments: [] });
    const resolved = desk.do(closing("c1"));
    answers[0]?.(refused(409, "not-yours"));
    await expect(resolved).rejects.toThrow(Unsaid);
    expect(called).toEqual(["/api/conversations/c1/reply"]);
  });

  it("waits for words that are being looked through, and is not done when they are held back", async () => {
    const desk = new Desk("wang", quiet);
    let told = (_held: boolean): void => {};
    const looked = (): Promise<boolean> => new Promise((done) => { told = done; });
    const looking = looked().then((held) => { desk.say("c1", { kind: "reply", text: "好了", attachments: [] }); return held; });
    desk.lookedThrough("c1", looking);
    void desk.do(closing("c1"));
    await settled();
    expect(called).toEqual([]);
    told(false);
    await settled();
    expect(called).toEqual(["/api/conversations/c1/reply"]);

    desk.lookedThrough("c2", looked());
    const refusedToo = desk.do(closing("c2"));
    told(true);
    await expect(refusedToo).rejects.toThrow(Unsaid);
  });

  it("waits, when it is done to many, for what is on its way in any of them", async () => {
    const desk = new Desk("wang", quiet);
    desk.say("c1", { kind: "reply", text: "好了", attachments: [] });
    desk.say("c2", { kind: "reply", text: "好了", attachments: [] });
    void desk.do(bulk("c1", "c2", "c3"));
    answers[0]?.(stored());
    await settled();
    expect(called).toEqual(["/api/conversations/c1/reply", "/api/conversations/c2/reply"]);
    answers[1]?.(stored());
    await settled();
    expect(called.at(-1)).toBe("/api/conversations/bulk");
  });
});

describe("what was to be done behind words that were on their way when the page was closed", () => {
  const left = async (deed: Deed): Promise<void> => {
    const desk = new Desk("wang", quiet);
    desk.say("c1", { kind: "reply", text: "已为您办好。", attachments: [] });
    void desk.do(deed).catch(() => {});
    await settled();
    [called, answers] = [[], []];
  };
  const comeBack = (): Resumed[] => {
    const heard: Resumed[] = [];
    new Desk("wang", { ...quiet, resumed: (resumed) => heard.push(resumed) }).start();
    return heard;
  };

  it("is done by the next page once they are stored, and told", async () => {
    await left(closing("c1"));
    const heard = comeBack();
    await settled();
    expect(called).toEqual(["/api/conversations/c1/reply"]);
    answers[0]?.(stored());
    await settled();
    expect(called).toEqual(["/api/conversations/c1/reply", "/api/conversations/c1/resolve"]);
    answers[1]?.(new Response("{}"));
    await settled();
    expect(heard.map(({ deed, error }) => [deed.what, error])).toEqual([["resolve", null]]);
    expect(disk.size).toBe(0);
  });

  it("is told when it could not be done any more, and is not tried for ever", async () => {
    await left(closing("c1"));
    const heard = comeBack();
    answers[0]?.(stored());
    await settled();
    answers[1]?.(refused(409, "conversation-moved"));
    await settled();
    expect(heard[0]?.error).not.toBeNull();
    expect(disk.size).toBe(0);
  });

  it("is done to many as to one", async () => {
    await left(bulk("c1", "c2"));
    comeBack();
    answers[0]?.(stored());
    await settled();
    expect(called).toEqual(["/api/conversations/c1/reply", "/api/conversations/bulk"]);
  });

  it("is not forgotten when its own call breaks off because the page goes", async () => {
    const desk = new Desk("wang", quiet);
    desk.start();
    const done = desk.do(closing("c1"));
    dispatchEvent(new Event("pagehide"));
    breakOff[0]?.(new TypeError("network"));
    await expect(done).rejects.toThrow();
    [called, answers] = [[], []];
    comeBack();
    expect(called).toEqual(["/api/conversations/c1/resolve"]);
  });
});

type Line = { onmessage: (event: { data: string }) => void; onclose: () => void };

describe("what is asked for while the console opens", () => {
  it("waits for the socket, and not again when the line is gone later", async () => {
    const sockets: Line[] = [];
    vi.stubGlobal("WebSocket", class { constructor() { sockets.push(this as unknown as Line); } close(): void {} send(): void {} });
    const desk = new Desk("wang", quiet);
    desk.start();
    let heard = false;
    const asked = desk.hearing().then(() => { heard = true; });
    await settled();
    expect(heard).toBe(false);
    sockets[0]?.onmessage({ data: JSON.stringify({ type: "ready" }) });
    expect(desk.link).toBe("online");
    await asked;
    sockets[0]?.onclose();
    expect(desk.link).toBe("connecting");
    const before = performance.now();
    await desk.hearing();
    expect(performance.now() - before).toBeLessThan(1_000);
  });
});
