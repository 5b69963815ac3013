import { useEffect, useRef, type KeyboardEvent, type ReactNode } from "react";
import { ArrowUp } from "lucide-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useTranslation } from "react-i18next";
import { InboxRow } from "./InboxRow";
import type { Inbox } from "./useInbox";

const ROW = 56;

type Props = {
  inbox: Inbox;
  open: string | null;
  focused: string | null;
  chosen: ReadonlySet<string>;
  onFocus: (id: string) => void;
  onOpen: (id: string) => void;
  onChoose: (id: string, range: boolean) => void;
};

export function InboxList({ inbox, open, focused, chosen, onFocus, onOpen, onChoose }: Props): ReactNode {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const pointing = useRef(false);
  const { shown, waiting, gone } = inbox.arrangement;
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    getItemKey: (index) => shown[index] ?? index,
    overscan: 8,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= shown.length - 10 && inbox.hasMore && !inbox.loadingMore) inbox.loadMore();
  }, [last, shown.length, inbox]);

  // Only rows in sight are in the page: a name that leads to none would tell a screen reader nothing.
  const inSight = items.some((item) => shown[item.index] === focused);
  const focusedAt = focused === null ? -1 : shown.indexOf(focused);
  useEffect(() => {
    if (focusedAt >= 0) virtual.scrollToIndex(focusedAt);
    // The list itself changing is no reason to scroll: only a move of the focus is.
  }, [focused]);

  const rehold = (): void => inbox.hold(pointing.current || (scroller.current?.scrollTop ?? 0) > ROW / 2);
  const point = (on: boolean): void => {
    pointing.current = on;
    rehold();
  };
  const showWaiting = (): void => {
    inbox.showWaiting();
    scroller.current?.scrollTo({ top: 0 });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const next = shown[Math.max(0, focusedAt + step)];
    if (step !== 0 && next !== undefined) {
      event.preventDefault();
      onFocus(next);
    }
  };

  return (
    <div className="list" onPointerEnter={(event) => event.pointerType === "mouse" && point(true)} onPointerLeave={() => point(false)}>
      {waiting.length > 0 && (
        <button type="button" className="list-pill" onClick={showWaiting}>
          <ArrowUp aria-hidden /> {t("inbox.new", { count: waiting.length })}
        </button>
      )}
      <div
        ref={scroller}
        className="list-scroll"
        role="listbox"
        aria-multiselectable
        data-list
        tabIndex={0}
        aria-label={t("inbox.list")}
        aria-activedescendant={inSight ? `row-${focused}` : undefined}
        onScroll={rehold}
        onKeyDown={onKeyDown}
      >
        <div style={{ height: virtual.getTotalSize(), position: "relative" }}>
          {items.map((item) => {
            const id = shown[item.index];
            if (id === undefined) return null;
            return (
              <div key={item.key} className="list-place" style={{ transform: `translateY(${item.start}px)` }}>
                <InboxRow id={id} open={id === open} focused={id === focused} gone={gone.has(id)} chosen={chosen.has(id)} onOpen={onOpen} onChoose={onChoose} />
              </div>
            );
          })}
        </div>
        {inbox.loadingMore && <p className="list-more quiet">{t("inbox.loadingMore")}</p>}
      </div>
    </div>
  );
}
