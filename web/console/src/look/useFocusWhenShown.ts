import { useEffect, type RefObject } from "react";

/** For the first field of a popup: a popup is measured while it is still hidden, and what is hidden takes no focus. */
export function useFocusWhenShown(find: RefObject<{ focus: () => void } | null>): void {
  useEffect(() => {
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => find.current?.focus());
    });
    return () => cancelAnimationFrame(frame);
  }, [find]);
}
