import type { Ref } from "../elements/jsx";
import { useEffect, useRef, useState } from "../elements/render";
import { useHere } from "./here";

const NEAR = 40;
const AHEAD = 300;
const KEY = "position";

type Anchor = { seq: string; top: number };

export interface Scroll {
  box: Ref<HTMLDivElement>;
  pinned: boolean;
  /** The entry at the top of the view when the page was left, to be brought back; Infinity at the end. */
  left: number;
  onScroll: () => void;
  toEnd: () => void;
}

/**
 * Keeps the reader's place: at the end it follows the end; elsewhere the entry at the top of the view stays where it is,
 * whatever is added above or taken away below. The place outlives a reload.
 */
export function useScroll(onTop: () => void, onLeave: () => void): Scroll {
  const { tab } = useHere();
  const box = useRef<HTMLDivElement>(null);
  const anchor = useRef<Anchor | null>(readAnchor(tab.get(KEY)));
  const [left] = useState(anchor.current ? Number(anchor.current.seq) : Infinity);
  const [pinned, setPinned] = useState(anchor.current === null);
  const pinnedNow = useRef(pinned);
  const size = useRef("");
  pinnedNow.current = pinned;

  const settle = (): void => {
    const element = box.current;
    if (!element) return;
    if (pinnedNow.current) element.scrollTop = element.scrollHeight;
    else restore(element, anchor.current);
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
    if (anchor.current) tab.set(KEY, JSON.stringify(anchor.current));
    else tab.remove(KEY);
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
  return { box, pinned, left, onScroll, toEnd };
}

function sizeOf(element: HTMLElement): string {
  return `${element.clientHeight} of ${element.scrollHeight}`;
}

function restore(element: HTMLElement, anchor: Anchor | null): void {
  const held = anchor && element.querySelector<HTMLElement>(`[data-seq="${anchor.seq}"]`);
  if (held) element.scrollTop += topOf(held, element) - anchor.top;
}

function firstVisible(element: HTMLElement): Anchor | null {
  for (const row of element.querySelectorAll<HTMLElement>("[data-seq]")) {
    const top = topOf(row, element);
    if (top + row.offsetHeight > 0) return { seq: row.dataset.seq ?? "", top };
  }
  return null;
}

function topOf(row: HTMLElement, element: HTMLElement): number {
  return row.getBoundingClientRect().top - element.getBoundingClientRect().top;
}

function readAnchor(json: string | null): Anchor | null {
  try {
    const { seq, top } = JSON.parse(json ?? "") as Partial<Anchor>;
    return /^\d+$/.test(seq ?? "") && typeof top === "number" ? { seq: seq ?? "", top } : null;
  } catch {
    return null;
  }
}
