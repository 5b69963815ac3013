/** What is half written stays in this browser, one text a conversation and kind, until it is sent. */

import { useCallback, useState } from "react";
import { browserStorage } from "@tandem/shared";
import { useMe } from "../session/session";

export type DraftKind = "reply" | "note";

const storage = browserStorage("localStorage");

export function useWritten(conversation: string, kind: DraftKind): [string, (text: string) => void] {
  const key = `tandem.draft.${useMe().user.id}.${conversation}.${kind}`;
  const [held, setHeld] = useState(() => ({ key, text: storage.get(key) ?? "" }));
  const text = held.key === key ? held.text : (storage.get(key) ?? "");
  const write = useCallback(
    (next: string) => {
      setHeld({ key, text: next });
      if (next === "") storage.remove(key);
      else storage.set(key, next);
    },
    [key],
  );
  return [text, write];
}
