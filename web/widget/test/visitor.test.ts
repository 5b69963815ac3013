import { beforeEach, describe, expect, it } from "vitest";
import { memoryStorage, Refused, type ChatSession, type Storage } from "@tandem/shared";
import { subjectOf, Visitor, type Opening } from "../src/visitor";

const page = { url: "https://shop.example/", title: "", product: null };
const opening = { channel: "demo", locale: "en", page };
const utf8 = (text: string): string => String.fromCharCode(...new TextEncoder().encode(text));
const jwt = (sub: string): string => `h.${btoa(utf8(JSON.stringify({ sub, name: "李" }))).replace(/=+$/, "")}.s`;
const refusal = (status: number): Refused => new Refused(status, { type: "/problems/x", title: "", status, detail: "" });

let storage: Storage;
let asked: Opening[];
let refuses: (opening: Opening) => number | null;

beforeEach(() => {
  [storage, asked, refuses] = [memoryStorage(), [], () => null];
});

/** What the server does with an opening: knows each token again, makes one for who has none. */
async function open(identity: string | null, visitor = new Visitor(storage, "token:")): Promise<string> {
  const session = await visitor.open(opening, identity, async (full) => {
    asked.push(full);
    const status = refuses(full);
    if (status !== null) throw refusal(status);
    return { token: full.token ?? `token-${asked.length}` } as ChatSession;
  });
  return session.token;
}

describe("a visitor", () => {
  it("is the same on the next page", async () => {
    expect(await open(null)).toBe(await open(null));
  });

  it("who signs in takes along what he said as a guest", async () => {
    const guest = await open(null);
    await open(jwt("42"));
    expect(asked.at(-1)).toMatchObject({ token: guest, identity: jwt("42") });
  });

  it("who signs out of the shop leaves no way into his conversation", async () => {
    await open(null);
    const known = await open(jwt("42"));
    expect(await open(null)).not.toBe(known);
    expect(await open(jwt("42"))).toBe(known);
    expect(await open(jwt("43"))).not.toBe(known);
  });

  it("is told from the customer who was here before, but not from the guest he was himself", async () => {
    const changes: boolean[] = [];
    for (const identity of [null, jwt("42"), jwt("42"), jwt("43"), null]) {
      const visitor = new Visitor(storage, "token:");
      await open(identity, visitor);
      changes.push(visitor.isAnother);
    }
    expect(changes).toEqual([false, false, false, true, true]);
  });

  it("with an expired identity can still talk, as a guest", async () => {
    refuses = ({ identity }) => (!identity ? null : 401);
    expect(await open(jwt("42"))).toBe("token-2");
  });

  it("with a forged token begins anew", async () => {
    storage.set("token:guest", "forged");
    refuses = ({ token }) => (token === "forged" ? 401 : null);
    await open(null);
    expect(storage.get("token:guest")).toBe("token-2");
  });

  it("keeps the token while the server is overloaded", async () => {
    storage.set("token:guest", "mine");
    refuses = () => 503;
    await expect(open(null)).rejects.toBeInstanceOf(Refused);
    expect([asked.length, storage.get("token:guest")]).toEqual([1, "mine"]);
  });

  it("with an identity that is no JWT breaks nothing", () => {
    for (const nonsense of ["", "a.b.c", "a", "a.bnVsbA.c"]) expect(subjectOf(nonsense)).toMatch(/^customer:/);
  });
});
