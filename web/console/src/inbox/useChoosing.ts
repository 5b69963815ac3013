/** Which rows of the list are chosen, to do one thing to all of them. */

import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Conversation } from "@tandem/shared";
import { useRows } from "../live/DeskProvider";

export type Choosing = {
  ids: ReadonlySet<string>;
  rows: readonly Conversation[];
  all: boolean;
  choose: (id: string, range: boolean) => void;
  onAll: () => void;
  onClear: () => void;
};

const NOTHING: ReadonlySet<string> = new Set();

/** `list`: what names the list; in another one nothing is chosen. */
export function useChoosing(shown: readonly string[], list: string): Choosing {
  const known = useRows();
  const [ids, setIds] = useState(NOTHING);
  const from = useRef<string | null>(null);
  useEffect(() => setIds(NOTHING), [list]);
  const order = useRef(shown);
  useEffect(() => {
    order.current = shown;
  });
  const choose = useCallback((id: string, range: boolean) => {
    const start = range && from.current !== null ? order.current.indexOf(from.current) : -1;
    const end = order.current.indexOf(id);
    from.current = id;
    if (start >= 0 && end >= 0) setIds((now) => new Set([...now, ...order.current.slice(Math.min(start, end), Math.max(start, end) + 1)]));
    else setIds((now) => (now.has(id) ? new Set([...now].filter((other) => other !== id)) : new Set([...now, id])));
  }, []);
  const onAll = useCallback(() => setIds(new Set(order.current)), []);
  const onClear = useCallback(() => setIds(NOTHING), []);
  return useMemo(() => {
    const rows = shown.filter((id) => ids.has(id)).flatMap((id) => known.get(id) ?? []);
    return { ids, rows, all: rows.length === shown.length, choose, onAll, onClear };
  }, [ids, shown, known, choose, onAll, onClear]);
}
