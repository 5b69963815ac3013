/** What is half written: kept in this browser at once, and on the server when the fingers rest, so that another machine has it. */

import { useCallback, useEffect, useRef, useState } from "react";
import { browserStorage, type WrittenDraft } from "@tandem/shared";
import { api } from "../session/api";
import { useMe } from "../session/session";

export type DraftKind = "reply" | "note";

const REST = 800;
/** Ends the key of the mark that the server does not have a draft as it stands here. */
const OWED = ".owed";
const storage = browserStorage("localStorage");

export function useWritten(conversation: string, kind: DraftKind): [string, (text: string) => void] {
  const key = `tandem.draft.${useMe().user.id}.${conversation}.${kind}`;
  const [held, setHeld] = useState(() => ({ key, text: storage.get(key) ?? "" }));
  const text = held.key === key ? held.text : (storage.get(key) ?? "");
  const touched = useRef(false);
  const show = useCallback(
    (next: string) => {
      setHeld({ key, text: next });
      if (next === "") storage.remove(key);
      else storage.set(key, next);
    },
    [key],
  );
  const keep = useKept(key, conversation, kind);
  const write = useCallback(
    (next: string) => {
      touched.current = true;
      show(next);
      keep();
    },
    [show, keep],
  );
  useEffect(() => {
    touched.current = false;
    // What the server does not have yet is newer than anything it has.
    if (isOwed(key)) return void tell(key, conversation, kind);
    let wanted = true;
    api.get<WrittenDraft[]>(`/conversations/${conversation}/drafts`).then(
      (drafts) => {
        const there = drafts.find((draft) => draft.kind === kind)?.text;
        // So is what is being typed here and now.
        if (wanted && there !== undefined && !touched.current) show(there);
      },
      () => {
        // This browser's own copy is on the screen already.
      },
    );
    return () => {
      wanted = false;
    };
  }, [key, conversation, kind, show]);
  return [text, write];
}

/** Leaving the conversation sends what still waits. */
function useKept(key: string, conversation: string, kind: DraftKind): () => void {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => {
    // Nothing is answered any more: what is under way is not waited for.
    const leave = (): void => {
      if (isOwed(key)) put(key, conversation, kind).catch(() => {});
    };
    addEventListener("pagehide", leave);
    return () => {
      removeEventListener("pagehide", leave);
      clearTimeout(timer.current);
      void tell(key, conversation, kind);
    };
  }, [key, conversation, kind]);
  return useCallback(() => {
    storage.set(key + OWED, "yes");
    clearTimeout(timer.current);
    if (storage.get(key) === null) void tell(key, conversation, kind);
    else timer.current = setTimeout(() => void tell(key, conversation, kind), REST);
  }, [key, conversation, kind]);
}

const telling = new Set<string>();

function isOwed(key: string): boolean {
  return storage.get(key + OWED) !== null;
}

/** Until the server has what stands here, one call at a time: of two that overtake each other the older would be kept. */
async function tell(key: string, conversation: string, kind: DraftKind): Promise<void> {
  if (telling.has(key)) return;
  telling.add(key);
  try {
    while (isOwed(key)) await put(key, conversation, kind);
  } catch {
    // This browser has it; the next pause in typing, or the next look at the conversation, tries again.
  }
  telling.delete(key);
}

async function put(key: string, conversation: string, kind: DraftKind): Promise<void> {
  const text = storage.get(key) ?? "";
  await api.put(`/conversations/${conversation}/drafts`, { kind, text });
  if ((storage.get(key) ?? "") === text) storage.remove(key + OWED);
}
