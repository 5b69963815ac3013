import { useCallback, useEffect, useRef } from "react";
import { useDesk } from "../live/DeskProvider";

/** Readers forget a typing mark after 6 s, so it is repeated before that, and taken back when the fingers rest. */
const REPEAT = 3000;
const REST = 5000;

export function useTypingSignal(conversation: string): (on: boolean) => void {
  const desk = useDesk();
  const told = useRef(0);
  const rest = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const stop = useCallback(() => {
    clearTimeout(rest.current);
    if (told.current === 0) return;
    told.current = 0;
    desk.typing(conversation, false);
  }, [desk, conversation]);
  useEffect(() => stop, [stop]);
  return useCallback(
    (on: boolean) => {
      if (!on) return stop();
      clearTimeout(rest.current);
      rest.current = setTimeout(stop, REST);
      if (Date.now() - told.current < REPEAT) return;
      told.current = Date.now();
      desk.typing(conversation, true);
    },
    [desk, conversation, stop],
  );
}
