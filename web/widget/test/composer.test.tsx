import { memoryStorage } from "@tandem/shared";
import { beforeEach, describe, expect, it } from "vitest";
import type { Chat } from "../src/chat";
import { h, type Child } from "../src/elements/jsx";
import { mount, useEffect, useRef, useState } from "../src/elements/render";
import { Uploads } from "../src/uploads";
import { Composer } from "../src/view/composer";
import { surround } from "../src/view/here";
import { words as en } from "../src/words/en";
import { speak } from "../src/words/words";

let said: string[];
let draft: string;
let host: HTMLElement;

beforeEach(() => {
  speak(en);
  [said, draft, host] = [[], "", document.createElement("div")];
  document.body.replaceChildren(host);
  const chat = { say: (text: string) => said.push(text), keystroke: () => {}, stopTyping: () => {} } as unknown as Chat;
  surround({ chat, manner: { locale: "en" }, base: "", visitor: memoryStorage(), tab: memoryStorage(), hooks: { useEffect, useRef, useState }, paint: () => {} });
  const uploads = new Uploads(chat, "en");
  mount(function Writing(): Child {
    const [text, setText] = useState("");
    const field = useRef<HTMLTextAreaElement>(null);
    draft = text;
    return <Composer text={text} onText={setText} field={field} uploads={uploads} />;
  }, host);
});

const field = (): HTMLTextAreaElement => host.querySelector("textarea") as HTMLTextAreaElement;
const type = (text: string): void => {
  field().value = text;
  field().dispatchEvent(new Event("input"));
};
const enter = (): void => void field().dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", cancelable: true }));
const drawn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe("the field", () => {
  it("sends what stands in it, also before it is drawn anew", async () => {
    type("first");
    await drawn();
    type("first and the rest");
    enter();
    await drawn();

    expect(said).toEqual(["first and the rest"]);
    expect([field().value, draft]).toEqual(["", ""]);
  });

  it("is empty once it is sent, also of what no event told of", async () => {
    field().value = "filled in by the browser";
    enter();
    enter();
    await drawn();

    expect(said).toEqual(["filled in by the browser"]);
    expect(field().value).toBe("");
  });
});
