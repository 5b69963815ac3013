import { describe, expect, it } from "vitest";
import { sends } from "../src/conversation/sending";

const key = (part: object = {}): Parameters<typeof sends>[0] => ({ key: "Enter", keyCode: 13, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, isComposing: false, ...part });

describe("the key that sends", () => {
  it("is Ctrl or ⌘ with Enter until one chooses otherwise", () => {
    expect(sends(key(), false)).toBe(false);
    expect(sends(key({ ctrlKey: true }), false)).toBe(true);
    expect(sends(key({ metaKey: true }), false)).toBe(true);
  });

  it("is Enter alone for whoever chose so, who still gets a new line with Shift", () => {
    expect(sends(key(), true)).toBe(true);
    expect(sends(key({ shiftKey: true }), true)).toBe(false);
    expect(sends(key({ altKey: true }), true)).toBe(false);
    expect(sends(key({ ctrlKey: true }), true)).toBe(true);
  });

  it("never is the Enter that takes what an input method offers, in Safari neither", () => {
    expect(sends(key({ isComposing: true }), true)).toBe(false);
    expect(sends(key({ keyCode: 229 }), true)).toBe(false);
    expect(sends(key({ isComposing: true, ctrlKey: true }), false)).toBe(false);
  });

  it("is no other key", () => {
    expect(sends(key({ key: "a", ctrlKey: true }), true)).toBe(false);
  });
});
