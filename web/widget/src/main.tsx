/** The script a shop puts on its page: reads its tag, mounts the widget in a shadow root, and gives the page `window.Tandem`. */

import { render } from "preact";
import { browserClock, browserStorage, type Page } from "@tandem/shared";
import { spoken, TitleBadge } from "./alerts";
import { Chat } from "./chat";
import { fetchPanel, parts, type PanelScript } from "./panel_script";
import { readSettings } from "./settings";
import { chime, wantsSound } from "./sound";
import { brandSheet, putOwnStyle, putStyle } from "./style";
import { countUnread } from "./view";
import { App } from "./view/app";
import { Here } from "./view/here";
import { wordsFor } from "./words/words";

/** What the page may listen to, with what it is told. */
type Told = { ready: null; open: null; close: null; message: { author: string; text: string }; unread: number };
type Listener = (detail: Told[keyof Told]) => void;

export interface TandemApi {
  open(): void;
  close(): void;
  page(page: { product?: string; title?: string }): void;
  identify(jwt: string): void;
  /** The answer ends it. */
  on(event: keyof Told, listener: Listener): () => void;
  /** Between the two scripts of the widget; not for the page. */
  readonly parts: typeof parts;
  panel?: PanelScript;
}

declare global {
  interface Window {
    Tandem?: TandemApi;
  }
}

const OPEN = "open";
const NONE = "none yet";

function mount(script: HTMLScriptElement): TandemApi {
  const settings = readSettings(script);
  const words = wordsFor(settings.locale);
  const [visitor, tab] = [browserStorage("localStorage"), browserStorage("sessionStorage")];
  const chat = new Chat(settings, words, visitor, browserClock);
  const listeners = new Map<keyof Told, Set<Listener>>();
  const tell = <Event extends keyof Told>(event: Event, detail: Told[Event]): void =>
    listeners.get(event)?.forEach((listener) => listener(detail));

  const here = { chat, words, manner: { locale: words.locale }, base: settings.base, visitor, tab };
  const root = makeRoot();
  const panel = async (): Promise<PanelScript> => {
    const script = await fetchPanel(settings.script);
    putStyle(root, 2, script.css);
    return script;
  };
  let said = "";
  const draw = (): void =>
    render(
      <Here.Provider value={here}>
        <App position={settings.position} spoken={said} fetchPanel={panel} onOpen={setOpen} />
      </Here.Provider>,
      root,
    );
  const setOpen = (open: boolean): void => {
    if (open === chat.store.value.open) return;
    if (open) tab.set(OPEN, "yes");
    else tab.remove(OPEN);
    chat.setOpen(open);
    tell(open ? "open" : "close", null);
  };

  const title = new TitleBadge(words);
  let [unread, colour, ready] = [0, NONE, false];
  document.addEventListener("visibilitychange", () => title.show(countUnread(chat.store.value)));
  chat.store.subscribe((view) => {
    const wanted = settings.colour ?? view.config?.colour ?? "";
    if (wanted !== colour) putStyle(root, 1, brandSheet((colour = wanted)));
    if (view.phase === "ready" && !ready) tell("ready", null);
    ready ||= view.phase === "ready";
    const count = countUnread(view);
    if (count === unread) return;
    unread = count;
    title.show(count);
    tell("unread", count);
  });
  chat.onNews = (entries) => {
    said = spoken(entries, words);
    draw();
    const messages = entries.flatMap(({ by, body }) => (body.type === "message" ? [{ author: by.name, text: body.text }] : []));
    messages.forEach((message) => tell("message", message));
    if (messages.length > 0 && wantsSound(visitor)) chime();
  };

  if (tab.get(OPEN) !== null) chat.setOpen(true);
  draw();
  chat.start();
  return {
    parts,
    open: () => setOpen(true),
    close: () => setOpen(false),
    page: (page: Partial<Page>) => chat.describe(page),
    identify: (jwt) => void chat.identify(jwt).catch(() => {}),
    on(event, listener) {
      const held = listeners.get(event) ?? new Set();
      listeners.set(event, held.add(listener));
      return () => void held.delete(listener);
    },
  };
}

function makeRoot(): ShadowRoot {
  const host = document.createElement("tandem-widget");
  document.body.append(host);
  const root = host.attachShadow({ mode: "open" });
  putOwnStyle(root);
  return root;
}

const script = document.currentScript as HTMLScriptElement | null;
if (script && !window.Tandem) {
  const begin = (): void => {
    window.Tandem = mount(script);
    document.dispatchEvent(new Event("tandem:ready"));
  };
  // An async script may run before there is a body to stand in.
  if (document.body) begin();
  else addEventListener("DOMContentLoaded", begin);
}
