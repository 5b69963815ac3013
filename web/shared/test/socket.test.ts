// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from "vitest";
import { LiveSocket, type ClientFrame, type Link, type ServerFrame } from "../src";
import { message } from "./entries";
import { ManualClock } from "./manual_clock";

/** One end of a wire; the browser's WebSocket as far as the client uses it. */
class Wire {
  sent: ClientFrame[] = [];
  closed = false;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;

  send(frame: string): void {
    this.sent.push(JSON.parse(frame) as ClientFrame);
  }

  close(): void {
    this.closed = true;
  }

  says(frame: ServerFrame): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }

  accept(): void {
    this.onopen?.();
    this.says({ type: "ready" });
  }

  breaks(): void {
    this.onclose?.();
  }
}

let wires: Wire[];
let clock: ManualClock;
let frames: ServerFrame[];
let links: Link[];
let behind: string[];
let live: LiveSocket;

beforeEach(() => {
  [wires, frames, links, behind, clock] = [[], [], [], [], new ManualClock()];
  live = new LiveSocket({
    url: "wss://desk.example/api/chat/socket",
    token: () => "visitor",
    clock,
    open: () => {
      const wire = new Wire();
      wires.push(wire);
      return wire as unknown as WebSocket;
    },
    onFrame: (frame) => frames.push(frame),
    onLink: (link) => links.push(link),
    onBehind: (conversation) => behind.push(conversation),
  });
  live.start();
});

const wire = (): Wire => wires.at(-1) as Wire;

describe("the socket", () => {
  it("says hello first and follows from the cursor once the server is ready", () => {
    live.follow("talk", () => 7);
    wire().onopen?.();
    expect(wire().sent).toEqual([{ op: "hello", token: "visitor" }]);
    wire().says({ type: "ready" });
    expect(wire().sent[1]).toEqual({ op: "follow", conversation: "talk", since: 7 });
    expect(links.at(-1)).toBe("online");
  });

  it("follows again from where the cursor then stands after a loss", async () => {
    let cursor = 3;
    live.follow("talk", () => cursor);
    wire().accept();
    cursor = 9;
    wire().breaks();
    expect(links.at(-1)).toBe("connecting");
    await clock.pass(1_000);
    wire().accept();
    expect(wires.length).toBe(2);
    expect(wire().sent.at(-1)).toEqual({ op: "follow", conversation: "talk", since: 9 });
  });

  it("comes back with growing pauses, and at once when the network returns", async () => {
    for (let time = 0; time < 8; time++) {
      wire().breaks();
      await clock.pass(20_000);
    }
    const tries = wires.length;
    wire().breaks();
    await clock.pass(5_000);
    expect(wires.length).toBe(tries);
    dispatchEvent(new Event("online"));
    expect(wires.length).toBe(tries + 1);
  });

  it("hands on what comes in order, and calls for the timeline where something was missed", () => {
    live.follow("talk", () => 3);
    wire().accept();
    const entries = (after: number): ServerFrame => {
      return { type: "entries", conversation: "talk", entries: [message(after + 1)], after, through: after + 1 };
    };
    wire().says(entries(3));
    wire().says(entries(5));
    wire().says({ type: "again", conversation: "talk" });
    expect(frames).toEqual([entries(3)]);
    expect(behind).toEqual(["talk", "talk"]);
  });

  it("asks for a sign of life after a silence, and takes a connection without one as dead", async () => {
    live.follow("talk", () => 3);
    wire().accept();
    await clock.pass(30_000);
    expect(wire().sent.filter((frame) => frame.op === "follow").length).toBe(2);
    wire().says({ type: "entries", conversation: "talk", entries: [], after: 3, through: 3 });
    await clock.pass(30_000);
    expect(wires.length).toBe(1);
    await clock.pass(12_000);
    expect(wires[0]?.closed).toBe(true);
    expect(wires.length).toBe(2);
  });

  it("does not wait for ever on a connection that opens and stays mute", async () => {
    await clock.pass(12_000);
    expect(wires.length).toBe(2);
  });

  it("is not thrown off by a frame that is no frame", () => {
    wire().accept();
    for (const data of ["{", "null", "7", '"x"', "[]", new ArrayBuffer(2)]) wire().onmessage?.({ data });
    wire().says({ type: "draft", conversation: "talk", turn: "t", text: "still here" });
    expect(frames).toEqual([{ type: "draft", conversation: "talk", turn: "t", text: "still here" }]);
  });

  it("stays away once stopped", async () => {
    live.stop();
    dispatchEvent(new Event("online"));
    await clock.pass(60_000);
    expect(wires.length).toBe(1);
  });

  it("stops following what was let go", async () => {
    live.follow("talk", () => 0);
    wire().accept();
    live.unfollow("talk");
    expect(wire().sent.at(-1)).toEqual({ op: "unfollow", conversation: "talk" });
    wire().breaks();
    await clock.pass(1_000);
    wire().accept();
    expect(wire().sent.length).toBe(1);
  });
});
