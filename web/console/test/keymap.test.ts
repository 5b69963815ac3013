import { describe, expect, it } from "vitest";
import { caps, match, type Press } from "../src/commands/keymap";

const shortcuts = new Map([["a", "accept"], ["g m", "mine"], ["g u", "unassigned"], ["?", "help"], ["mod+k", "palette"], ["Enter", "open"]]);
const press = (key: string, part: Partial<Press> = {}): Press => ({ key, ctrl: false, meta: false, alt: false, typing: false, ...part });

describe("keys", () => {
  it("run a command at once, whatever the case", () => {
    expect(match(press("a"), "", shortcuts).run).toBe("accept");
    expect(match(press("A"), "", shortcuts).run).toBe("accept");
    expect(match(press("?"), "", shortcuts).run).toBe("help");
  });

  it("of two strokes wait for the second", () => {
    const first = match(press("g"), "", shortcuts);
    expect(first).toEqual({ run: null, prefix: "g" });
    expect(match(press("u"), first.prefix, shortcuts)).toEqual({ run: "unassigned", prefix: "" });
  });

  it("do not run the single command when a sequence was begun and missed", () => {
    expect(match(press("a"), "g", shortcuts)).toEqual({ run: null, prefix: "" });
  });

  it("are letters while somebody types, except with Ctrl or ⌘", () => {
    expect(match(press("a", { typing: true }), "", shortcuts).run).toBeNull();
    expect(match(press("k", { typing: true, ctrl: true }), "", shortcuts).run).toBe("palette");
    expect(match(press("k", { typing: true, meta: true }), "", shortcuts).run).toBe("palette");
  });

  it("leave the browser's own shortcuts alone", () => {
    expect(match(press("a", { ctrl: true }), "", shortcuts).run).toBeNull();
    expect(match(press("a", { alt: true }), "", shortcuts).run).toBeNull();
  });

  it("are shown as the caps of the machine", () => {
    expect(caps("mod+k", true)).toEqual(["⌘", "K"]);
    expect(caps("mod+k", false)).toEqual(["Ctrl", "K"]);
    expect(caps("g m", true)).toEqual(["G", "M"]);
  });
});
