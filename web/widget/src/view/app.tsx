import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { PanelScript } from "../panel_script";
import { countUnread, type View } from "../view";
import { useHere } from "./here";
import { Icon } from "./icons";
import { Teaser } from "./teaser";

export interface AppProps {
  position: "left" | "right";
  /** What was said last by the other side, for those who listen. */
  spoken: string;
  fetchPanel: () => Promise<PanelScript>;
  onOpen: (open: boolean) => void;
}

export function App({ position, spoken, fetchPanel, onOpen }: AppProps): VNode | null {
  const here = useHere();
  const { chat, words } = here;
  const [view, setView] = useState<View>(chat.store.value);
  const { script, failed } = usePanel(view.open, fetchPanel, () => onOpen(false));
  const launcher = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(view.open);
  useEffect(() => {
    setView(chat.store.value);
    return chat.store.subscribe(setView);
  }, [chat]);
  useEffect(() => {
    if (wasOpen.current && !view.open) launcher.current?.focus();
    wasOpen.current = view.open;
  }, [view.open]);

  if (view.phase === "absent" || (view.phase === "loading" && !view.open)) return null;
  const unread = countUnread(view);
  const shown = view.open && script !== null;
  return (
    <div class={`widget ${position} ${shown ? "open" : ""}`}>
      <div class="hidden" role="status" aria-live="polite">
        {spoken}
      </div>
      {shown && <script.Panel here={here} view={view} onClose={() => onOpen(false)} />}
      {!view.open && (failed ? <div class="teaser">{words.notDone}</div> : <Teaser view={view} onOpen={() => onOpen(true)} />)}
      <button
        ref={launcher}
        type="button"
        class="launcher"
        aria-expanded={shown}
        aria-busy={view.open && !shown}
        aria-label={view.open ? words.close : unread > 0 ? words.openUnread(unread) : words.open}
        onPointerEnter={() => void fetchPanel().catch(() => {})}
        onClick={() => onOpen(!view.open)}
      >
        <Icon name={shown ? "down" : "chat"} size={26} />
        {unread > 0 && !view.open && <span class="badge">{unread > 99 ? "99+" : unread}</span>}
      </button>
    </div>
  );
}

/** The panel's script, fetched when it is wanted; where that fails the chat is closed again and says so. */
function usePanel(
  wanted: boolean,
  fetchPanel: () => Promise<PanelScript>,
  giveUp: () => void,
): { script: PanelScript | null; failed: boolean } {
  const [script, setScript] = useState<PanelScript | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (!wanted || script) return;
    setFailed(false);
    fetchPanel().then(setScript, () => {
      setFailed(true);
      giveUp();
    });
  }, [wanted]);
  return { script, failed };
}
