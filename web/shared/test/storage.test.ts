// @vitest-environment happy-dom
import { afterEach, expect, it, vi } from "vitest";
import { browserStorage } from "../src";

afterEach(() => {
  vi.unstubAllGlobals();
  localStorage.clear();
});

it("what is kept is there after a reload", () => {
  browserStorage("localStorage").set("key", "value");
  const after = browserStorage("localStorage");
  expect([after.get("key"), after.keys()]).toEqual(["value", ["key"]]);
  after.remove("key");
  expect(browserStorage("localStorage").get("key")).toBeNull();
});

it("where the browser forbids storage the page goes on in memory", () => {
  vi.stubGlobal("localStorage", undefined);
  const storage = browserStorage("localStorage");
  storage.set("key", "value");
  expect([storage.get("key"), storage.keys()]).toEqual(["value", ["key"]]);
});

it("where the disk is full the newest value still counts", () => {
  const full = Object.assign(Object.create(null) as object, {
    setItem: (key: string) => {
      if (key === "key") throw new DOMException("full", "QuotaExceededError");
    },
    getItem: () => "old",
    removeItem: () => {},
  });
  vi.stubGlobal("localStorage", full);
  const storage = browserStorage("localStorage");
  storage.set("key", "new");
  expect(storage.get("key")).toBe("new");
});
