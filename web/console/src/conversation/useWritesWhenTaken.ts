import { useLayoutEffect, useRef, type RefObject } from "react";
import { useLocation } from "react-router";

/** The state of an address that is gone to because somebody was taken. */
export const TAKEN = { taken: true } as const;

/** Whoever has just taken a customer writes to him: his first letter must not be a shortcut, of which one hands the customer back. */
export function useWritesWhenTaken(replies: boolean, field: RefObject<HTMLTextAreaElement | null>): void {
  const { key, state } = useLocation();
  const began = useRef("");
  useLayoutEffect(() => {
    const taken = (state as Partial<typeof TAKEN> | null)?.taken === true;
    if (!taken || !replies || began.current === key || matchMedia("(max-width: 719px)").matches) return;
    began.current = key;
    field.current?.focus();
  }, [key, state, replies, field]);
}
