/** What can be done now, from wherever it is offered: the palette, a shortcut and the help read one book of commands. */

import { createContext, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { match } from "./keymap";

export type CommandGroup = "list" | "conversation" | "views" | "pages" | "settings";
export type Command = {
  id: string;
  group: CommandGroup;
  label: string;
  shortcut?: string;
  /** Works, but is too small to be offered in the palette: moving in a list. */
  silent?: boolean;
  run: () => void;
};

const PREFIX_LASTS = 1200;

class CommandBook {
  private readonly pages = new Map<symbol, () => readonly Command[]>();

  add(page: symbol, read: () => readonly Command[]): () => void {
    this.pages.set(page, read);
    return () => this.pages.delete(page);
  }

  /** A page added later (further in) wins where two use one id. */
  all(): Command[] {
    const byId = new Map<string, Command>();
    for (const read of this.pages.values()) for (const command of read()) byId.set(command.id, command);
    return [...byId.values()];
  }
}

const CommandContext = createContext<CommandBook | null>(null);

export function CommandProvider({ children }: { children: ReactNode }): ReactNode {
  const [book] = useState(() => new CommandBook());
  useEffect(() => listenForShortcuts(book), [book]);
  return <CommandContext value={book}>{children}</CommandContext>;
}

export function useCommandBook(): { all: () => Command[] } {
  const book = useContext(CommandContext);
  if (!book) throw new Error("useCommandBook outside CommandProvider");
  return book;
}

/** Offer commands while the caller is shown. */
export function useCommands(commands: readonly Command[]): void {
  const book = useContext(CommandContext);
  const latest = useRef(commands);
  useEffect(() => {
    latest.current = commands;
  });
  const page = useMemo(() => Symbol("commands"), []);
  useEffect(() => book?.add(page, () => latest.current), [book, page]);
}

function listenForShortcuts(book: CommandBook): () => void {
  let prefix = "";
  let forget: ReturnType<typeof setTimeout> | undefined;
  const onKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing || event.repeat && event.key === "Enter") return;
    const commands = book.all();
    const shortcuts = new Map(commands.flatMap(({ id, shortcut }) => (shortcut ? [[shortcut, id] as const] : [])));
    const press = { key: event.key, ctrl: event.ctrlKey, meta: event.metaKey, alt: event.altKey, typing: isTyping(event) };
    const found = match(press, prefix, shortcuts);
    prefix = found.prefix;
    clearTimeout(forget);
    forget = setTimeout(() => (prefix = ""), PREFIX_LASTS);
    const command = commands.find(({ id }) => id === found.run);
    if (!command) return;
    event.preventDefault();
    command.run();
  };
  addEventListener("keydown", onKey);
  return () => {
    clearTimeout(forget);
    removeEventListener("keydown", onKey);
  };
}

/** In a field, or in a dialog or menu that has its own keys, letters are letters. */
function isTyping(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest("input, textarea, select, [role=dialog], [role=menu], [role=listbox]:not([data-list])")) return true;
  return event.key === "Enter" && target.closest("button, a, [role=tab]") !== null;
}

