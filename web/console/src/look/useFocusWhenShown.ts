import { useEffect, type RefObject } from "react";

/** For the first field of a popup: a popup is measured while it is still hidden, and what is hidden takes no focus.
    Whoever has gone elsewhere meanwhile stays there. */
export function useFocusWhenShown(find: RefObject<{ focus: () => void } | null>): void {
  useEffect(() => {
    const before = document.activeElement;
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        if (document.activeElement === before) find.current?.focus();
      });
    });
    return () => cancelAnimationFrame(frame);
  }, [find]);
}
