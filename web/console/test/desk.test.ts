import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Desk, type DeskNews } from "../src/live/desk";
import { api } from "../src/session/api";

/** What the browser was asked to call, in order, and how each call is answered. */
let called: string[];
let answers: ((response: Response) => void)[];

const quiet: DeskNews = {
  conversation: () => {}, colleague: () => {}, mine: () => {}, mentioned: () => {}, exception: () => {}, read: () => {}, back: () => {},
};
const stored = (): Response => new Response(JSON.stringify({ conversation: "c1", seq: 4, client_id: "x", body: { type: "message" } }));
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

beforeEach(() => {
  called = [];
  answers = [];
  vi.stubGlobal("location", { protocol: "https:", host: "desk.example" });
  vi.stubGlobal("fetch", (path: string) => {
    called.push(path);
    return new Promise<Response>((resolve) => answers.push(resolve));
  });
});
afterEach(() => vi.unstubAllGlobals());

describe("what is done with a conversation", () => {
  it("waits until what was said just before is stored", async () => {
    const desk = new Desk("wang", quiet);
    desk.say("c1", { kind: "reply", text: "已为您办好。", attachments: [] });
    const resolved = desk.inTurn("c1", () => api.post("/conversations/c1/resolve", { version: 3 }));
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
    void desk.inTurn("c1", () => api.post("/conversations/c1/resolve", { version: 3 }));
    expect(called).toEqual(["/api/conversations/c1/resolve"]);
  });

  it("does not wait for what is said elsewhere", () => {
    const desk = new Desk("wang", quiet);
    desk.say("c2", { kind: "reply", text: "稍等", attachments: [] });
    void desk.inTurn("c1", () => api.post("/conversations/c1/hand-back", { version: 3 }));
    expect(called).toEqual(["/api/conversations/c2/reply", "/api/conversations/c1/hand-back"]);
  });
});
