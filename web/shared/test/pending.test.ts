import { beforeEach, describe, expect, it } from "vitest";
import { memoryStorage, Pending, Refused, type Entry, type Storage, type Unsent } from "../src";
import { message } from "./entries";
import { ManualClock, settled } from "./manual_clock";

type Words = { text: string };

const refusal = (status: number, detail = "", more: object = {}): Refused =>
  new Refused(status, { type: "/problems/x", title: "x", status, detail, ...more });

/** A server at the end of the wire: answers as it is told, and keeps what it stored by client_id. */
class Wire {
  stored: string[] = [];
  calls: string[] = [];
  failure: Error | null = null;

  readonly send = async ({ client_id, payload }: Unsent<Words>): Promise<Entry> => {
    this.calls.push(payload.text);
    if (this.failure) throw this.failure;
    if (!this.stored.includes(payload.text)) this.stored.push(payload.text);
    return message(this.stored.length, payload.text, client_id);
  };
}

let storage: Storage;
let clock: ManualClock;
let wire: Wire;
let ids: number;

beforeEach(() => {
  storage = memoryStorage();
  clock = new ManualClock();
  wire = new Wire();
  ids = 0;
});

function page(more: { patient?: boolean } = {}): Pending<Words> {
  return new Pending<Words>({
    prefix: "unsent:",
    storage,
    clock,
    newId: () => `id-${++ids}`,
    send: wire.send,
    onStored: () => {},
    onChange: () => {},
    ...more,
  });
}

describe("messages not yet stored", () => {
  it("go out in the order in which they were typed, one at a time", async () => {
    const pending = page();
    for (const text of ["one", "two", "three"]) pending.add("talk", { text });
    expect(wire.calls).toEqual(["one"]);
    await settled();
    expect(wire.stored).toEqual(["one", "two", "three"]);
    expect(pending.all).toEqual([]);
  });

  it("are tried again with growing pauses while the network is away, and none overtakes another", async () => {
    const pending = page();
    wire.failure = new TypeError("network");
    pending.add("talk", { text: "one" });
    pending.add("talk", { text: "two" });
    await clock.pass(10_000);
    expect(wire.calls.length).toBeGreaterThan(2);
    expect(wire.calls.length).toBeLessThan(8);
    expect(new Set(wire.calls)).toEqual(new Set(["one"]));
    wire.failure = null;
    await clock.pass(30_000);
    expect(wire.stored).toEqual(["one", "two"]);
  });

  it("do not sit out the pause when the network is back", async () => {
    const pending = page();
    wire.failure = new TypeError("network");
    pending.add("talk", { text: "one" });
    await clock.pass(60_000);
    wire.failure = null;
    pending.resume();
    await settled();
    expect(wire.stored).toEqual(["one"]);
  });

  it("survive a reload and are sent then", async () => {
    wire.failure = new TypeError("network");
    const before = page();
    before.add("talk", { text: "one" });
    before.add("talk", { text: "two" });
    await settled();
    wire.failure = null;
    const after = page();
    expect(after.all.map((unsent) => unsent.payload.text)).toEqual(["one", "two"]);
    after.resume();
    await settled();
    expect(wire.stored).toEqual(["one", "two"]);
    expect(storage.keys()).toEqual([]);
  });

  it("are settled by an entry with their client_id although the call never answered", async () => {
    const pending = page();
    wire.failure = new TypeError("answer lost");
    const unsent = pending.add("talk", { text: "one" });
    await settled();
    pending.settle([message(1, "one", unsent.client_id)]);
    expect(pending.all).toEqual([]);
    await clock.pass(60_000);
    expect(wire.calls).toEqual(["one"]);
  });

  it("that the server refuses say why, stay, and let the next ones pass", async () => {
    const pending = page();
    wire.failure = refusal(413, "up to 8,000 characters work");
    pending.add("talk", { text: "one" });
    await settled();
    wire.failure = null;
    pending.add("talk", { text: "two" });
    await settled();
    expect(pending.all.map(({ payload, failed }) => [payload.text, failed])).toEqual([["one", "up to 8,000 characters work"]]);
    expect(wire.stored).toEqual(["two"]);
  });

  it("that were refused can be tried again or thrown away", async () => {
    const pending = page();
    wire.failure = refusal(422, "no");
    const one = pending.add("talk", { text: "one" });
    const two = pending.add("talk", { text: "two" });
    await settled();
    wire.failure = null;
    pending.retry(one.client_id);
    pending.discard(two.client_id);
    await settled();
    expect([wire.stored, pending.all]).toEqual([["one"], []]);
  });

  it("wait as long as a busy server asks", async () => {
    const pending = page();
    wire.failure = refusal(429, "", { retry_after: 60 });
    pending.add("talk", { text: "one" });
    await clock.pass(59_000);
    expect(wire.calls).toEqual(["one"]);
    wire.failure = null;
    await clock.pass(2_000);
    expect(wire.stored).toEqual(["one"]);
  });

  it("of two tabs do not overwrite each other in storage", async () => {
    wire.failure = new TypeError("network");
    page().add("talk", { text: "from one tab" });
    page().add("talk", { text: "from another" });
    await settled();
    expect(page().all.length).toBe(2);
  });

  it("are read from storage although something else wrote nonsense there", () => {
    storage.set("unsent:x", "{");
    storage.set("unsent:y", "null");
    storage.set("unsent:z", '"text"');
    expect(page().all).toEqual([]);
  });
});

describe("what else is asked in a conversation", () => {
  const asks = (pending: Pending<Words>): Promise<void> => pending.inTurn("talk", async () => void wire.calls.push("a person"));

  it("keeps its place between what was typed before and after it", async () => {
    const pending = page();
    pending.add("talk", { text: "one" });
    pending.add("talk", { text: "two" });
    void asks(pending);
    pending.add("talk", { text: "three" });
    await settled();
    expect(wire.calls).toEqual(["one", "two", "a person", "three"]);
  });

  it("waits for a message that the network kept back only until it was tried once more", async () => {
    const pending = page();
    wire.failure = new TypeError("network");
    pending.add("talk", { text: "one" });
    await settled();
    await asks(pending);
    expect(wire.calls).toEqual(["one", "one", "a person"]);
  });

  it("waits as long as the message does where we are patient", async () => {
    const pending = page({ patient: true });
    wire.failure = new TypeError("network");
    pending.add("talk", { text: "one" });
    void asks(pending);
    await settled();
    await clock.pass(1_000);
    expect(wire.calls).not.toContain("a person");
    wire.failure = null;
    await clock.pass(60_000);
    expect(wire.calls.at(-1)).toBe("a person");
  });

  it("does not make a message come sooner than a busy server asks", async () => {
    const pending = page();
    wire.failure = refusal(429, "", { retry_after: 60 });
    pending.add("talk", { text: "one" });
    await asks(pending);
    await clock.pass(59_000);
    expect(wire.calls).toEqual(["one", "a person"]);
    wire.failure = null;
    await clock.pass(2_000);
    expect(wire.stored).toEqual(["one"]);
  });

  it("is told when it failed, and the messages after it go out all the same", async () => {
    const pending = page();
    const asked = pending.inTurn("talk", () => Promise.reject(refusal(409, "no")));
    pending.add("talk", { text: "one" });
    await expect(asked).rejects.toThrow(Refused);
    await settled();
    expect(wire.stored).toEqual(["one"]);
  });
});
