/** The script a shop puts on its page: reads its tag, mounts the widget in a shadow root, and gives the page `window.Tandem`. */

import { browserClock, browserStorage, type ChatConfig, type Page } from "@tandem/shared";
import { spoken, TitleBadge } from "./alerts";
import { Chat } from "./chat";
import { h } from "./elements/jsx";
import { mount, useEffect, useRef, useState } from "./elements/render";
import { readSettings } from "./settings";
import { chime, wantsSound } from "./sound";
import { makeRoot } from "./style";
import { countUnread, type View } from "./view";
import { App } from "./view/app";
import { surround } from "./view/here";

export interface TandemApi {
  open(): void;
  close(): void;
  page(page: { product?: string; title?: string }): void;
  identify(jwt: string): void;
}

declare global {
  interface Window {
    Tandem?: TandemApi;
  }
}

const OPEN = "open";

function start(script: HTMLScriptElement): TandemApi {
  const settings = readSettings(script);
  const { base, locale } = settings;
  const [visitor, tab] = [browserStorage("localStorage"), browserStorage("sessionStorage")];
  const chat = new Chat(settings, visitor, browserClock);
  const { root, colour, paint } = makeRoot();
  const setOpen = (open: boolean): void => {
    if (open === chat.store.value.open) return;
    if (open) tab.set(OPEN, "yes");
    else tab.remove(OPEN);
    chat.setOpen(open);
  };

  const title = new TitleBadge();
  let painted: ChatConfig | null = null;
  const follow = (view: View): void => {
    if (painted !== view.config) colour((painted = view.config as ChatConfig).palette);
    title.show(countUnread(view));
  };
  chat.store.subscribe(follow);
  document.addEventListener("visibilitychange", () => follow(chat.store.value));
  chat.onNews = (entries) => {
    chat.store.set({ spoken: spoken(entries) });
    if (wantsSound(visitor) && entries.some(({ body }) => body.type === "message")) chime();
  };

  if (tab.get(OPEN) !== null) chat.setOpen(true);
  surround({ chat, manner: { locale }, base, visitor, tab, hooks: { useEffect, useRef, useState }, paint });
  mount(() => <App position={settings.position} onOpen={setOpen} />, root);
  chat.start();
  return {
    open: () => setOpen(true),
    close: () => setOpen(false),
    page: (page: Partial<Page>) => chat.describe(page),
    identify: (jwt) => void chat.identify(jwt).catch(() => {}),
  };
}

const script = document.currentScript as HTMLScriptElement | null;
if (script && !window.Tandem) {
  const begin = (): void => {
    window.Tandem = start(script);
    document.dispatchEvent(new Event("tandem:ready"));
  };
  // An async script may run before there is a body to stand in.
  if (document.body) begin();
  else addEventListener("DOMContentLoaded", begin);
}
