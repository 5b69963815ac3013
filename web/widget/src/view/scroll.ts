import type { Ref } from "../elements/jsx";
import { useEffect, useRef, useState } from "../elements/render";

const NEAR = 40;
const AHEAD = 300;

type Anchor = { readonly row: Element; readonly top: number };

export interface Scroll {
  box: Ref<HTMLDivElement>;
  pinned: boolean;
  onScroll: () => void;
  toEnd: () => void;
}

/**
 * Keeps the reader's place: at the end it follows the end; elsewhere the entry at the top of the view stays where it is,
 * whatever is added above it.
 */
export function useScroll(onTop: () => void, onLeave: () => void): Scroll {
  const box = useRef<HTMLDivElement>(null);
  const anchor = useRef<Anchor | null>(null as Anchor | null);
  const [pinned, setPinned] = useState(true);
  const pinnedNow = useRef(true);
  const size = useRef("");

  const settle = (): void => {
    const element = box.current;
    if (!element) return;
    if (pinnedNow.current) element.scrollTop = element.scrollHeight;
    else if (anchor.current) element.scrollTop += topOf(anchor.current.row, element) - anchor.current.top;
    size.current = sizeOf(element);
  };
  useEffect(settle);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const watch = new ResizeObserver(settle);
    watch.observe(element);
    if (element.firstElementChild) watch.observe(element.firstElementChild);
    return () => watch.disconnect();
  }, []);

  const onScroll = (): void => {
    const element = box.current;
    if (!element || element.clientHeight === 0) return;
    // A phone that is turned, a keyboard that opens: it is not the reader who left the end.
    if (pinnedNow.current && sizeOf(element) !== size.current) return settle();
    const below = element.scrollHeight - element.scrollTop - element.clientHeight;
    const atEnd = below < NEAR;
    anchor.current = atEnd ? null : firstVisible(element);
    if (pinnedNow.current && !atEnd) onLeave();
    pinnedNow.current = atEnd;
    setPinned(atEnd);
    if (element.scrollTop < AHEAD && !atEnd) onTop();
  };

  const toEnd = (): void => {
    anchor.current = null;
    pinnedNow.current = true;
    setPinned(true);
    settle();
  };
  return { box, pinned, onScroll, toEnd };
}

function sizeOf(element: HTMLElement): string {
  return `${element.clientHeight} of ${element.scrollHeight}`;
}

function firstVisible(element: HTMLElement): Anchor | null {
  for (const row of element.firstElementChild?.children ?? []) {
    const top = topOf(row, element);
    if (top + row.clientHeight > 0) return { row, top };
  }
  return null;
}

function topOf(row: Element, element: HTMLElement): number {
  return row.getBoundingClientRect().top - element.getBoundingClientRect().top;
}
