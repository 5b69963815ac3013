import { beforeEach, describe, expect, it, vi } from "vitest";
import { memoryStorage, type Message } from "@tandem/shared";
import type { Chat } from "../src/chat";
import { Bubble, type BubbleProps } from "../src/view/bubble";
import { h } from "../src/elements/jsx";
import { mount, useEffect, useRef, useState } from "../src/elements/render";
import { surround } from "../src/view/here";
import { words as en } from "../src/words/en";
import { speak } from "../src/words/words";
import { assistant, customer, entry, message } from "./entries";

const say = vi.fn();

beforeEach(() => {
  say.mockReset();
});

function show(body: Message, more: Partial<BubbleProps> = {}): HTMLElement {
  const here = {
    chat: { say, store: { value: { config: null } } } as unknown as Chat,
    manner: { locale: "en" },
    base: "https://desk.example",
    visitor: memoryStorage(),
    tab: memoryStorage(),
    hooks: { useEffect, useRef, useState },
    paint: () => {},
  };
  const props = { entry: entry(1, assistant, body), message: body, opens: true, closes: true, read: false, taken: null, choosable: true, helped: null };
  speak(en);
  surround(here);
  const root = document.createElement("div");
  mount(() => <Bubble {...props} {...more} />, root);
  return root;
}

describe("a message", () => {
  const choices = [
    { label: "七天无理由", value: "a" },
    { label: "质量问题", value: "b" },
  ];

  it("of the assistant is always marked as written by AI", () => {
    expect(show(message("hi"), { opens: false }).querySelector(".voice")?.textContent).toBe("AI");
  });

  it("with choices sends the label as text and the value as the choice", () => {
    show(message("which?", { choices })).querySelectorAll("button")[1]?.click();
    expect(say).toHaveBeenCalledExactlyOnceWith("质量问题", [], "b");
  });

  it("that is no longer the last has no choice left to press, and shows the one that was", () => {
    const buttons = [...show(message("which?", { choices }), { choosable: false, taken: "a" }).querySelectorAll("button")];
    expect(buttons.map((button) => [button.disabled, button.getAttribute("aria-pressed")])).toEqual([
      [true, "true"],
      [true, "false"],
    ]);
  });

  it("full of HTML is text, in what is said and in names", () => {
    const hostile = `<img src=x onerror="alert(1)">`;
    const by = { ...assistant, name: hostile };
    const shown = show(message(hostile), { entry: entry(1, by, message(hostile)) });
    expect(shown.querySelector("img")).toBeNull();
    expect(shown.querySelector(".name")?.textContent).toBe(hostile);
    expect(shown.querySelector(".text")?.textContent).toBe(hostile);
  });

  it("with addresses that are not safe shows no link and no picture", () => {
    const url = "javascript:alert(1)";
    const file = { id: "1", name: "x", media_type: "image/png", size: 1, width: null, height: null, url };
    const card = { type: "product", id: "1", title: "x", picture: url, price: null, stock: null, variant: null, url } as const;
    const shown = show(message(`[x](${url})`, { attachments: [file], cards: [card] }));
    expect(shown.innerHTML).not.toMatch(/(href|src)="javascript/);
  });

  it("of the customer says whether it was read", () => {
    const mark = (read: boolean): string | null | undefined =>
      show(message("a"), { entry: entry(1, customer, message("a")), read }).querySelector(".mark")?.getAttribute("aria-label");
    expect([mark(false), mark(true)]).toEqual(["Sent", "Read"]);
  });
});
