/** What is half written: kept in this browser at once, and on the server when the fingers rest, so that another machine has it. */

import { useCallback, useEffect, useRef, useState } from "react";
import { browserStorage, type WrittenDraft } from "@tandem/shared";
import { api } from "../session/api";
import { useMe } from "../session/session";

export type DraftKind = "reply" | "note";

const REST = 800;
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
  const keep = useKept(conversation, kind);
  const write = useCallback(
    (next: string) => {
      touched.current = true;
      show(next);
      keep(next);
    },
    [show, keep],
  );
  useEffect(() => {
    touched.current = false;
    let wanted = true;
    api.get<WrittenDraft[]>(`/conversations/${conversation}/drafts`).then(
      (drafts) => {
        const there = drafts.find((draft) => draft.kind === kind)?.text;
        // What is being typed here and now is newer than anything the server has.
        if (wanted && there !== undefined && !touched.current) show(there);
      },
      () => {
        // This browser's own copy is on the screen already.
      },
    );
    return () => {
      wanted = false;
    };
  }, [conversation, kind, show]);
  return [text, write];
}

/** The last text wins; leaving the conversation sends what still waits. */
function useKept(conversation: string, kind: DraftKind): (text: string) => void {
  const waiting = useRef<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const send = useCallback(() => {
    clearTimeout(timer.current);
    if (waiting.current === null) return;
    const text = waiting.current;
    waiting.current = null;
    api.put(`/conversations/${conversation}/drafts`, { kind, text }).catch(() => {
      // This browser has it; the next pause in typing tries again.
    });
  }, [conversation, kind]);
  useEffect(() => {
    addEventListener("pagehide", send);
    return () => {
      removeEventListener("pagehide", send);
      send();
    };
  }, [send]);
  return useCallback(
    (text: string) => {
      waiting.current = text;
      clearTimeout(timer.current);
      if (text === "") send();
      else timer.current = setTimeout(send, REST);
    },
    [send],
  );
}
