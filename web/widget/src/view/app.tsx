import { h, type Child } from "../elements/jsx";
import { useEffect, useRef, useState } from "../elements/render";
import { countUnread, type View } from "../view";
import { words } from "../words/words";
import { chat } from "./here";
import { Icon } from "./icons";
import { CHAT, DOWN } from "./paths";
import { Panel } from "./panel";
import { Teaser } from "./teaser";

export function App({ position, onOpen }: { position: "left" | "right"; onOpen: (open: boolean) => void }): Child {
  const [view, setView] = useState<View>(chat.store.value);
  const launcher = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(view.open);
  useEffect(() => chat.store.subscribe(setView), []);
  useEffect(() => {
    if (wasOpen.current && !view.open) launcher.current?.focus();
    wasOpen.current = view.open;
  }, [view.open]);

  if (!words || view.phase === "absent" || (view.phase === "loading" && !view.open)) return null;
  const unread = countUnread(view);
  return (
    <div class={`widget ${position} ${view.open ? "open" : ""}`}>
      <div class="hidden" role="status">
        {view.spoken}
      </div>
      {view.open ? <Panel view={view} onClose={() => onOpen(false)} /> : <Teaser view={view} onOpen={() => onOpen(true)} />}
      <button
        ref={launcher}
        class="launcher"
        aria-expanded={view.open}
        aria-label={view.open ? words.close : unread > 0 ? words.openUnread(unread) : words.open}
        onclick={() => onOpen(!view.open)}
      >
        <Icon path={view.open ? DOWN : CHAT} size={26} />
        {unread > 0 && !view.open && <span class="badge">{unread > 99 ? "99+" : unread}</span>}
      </button>
    </div>
  );
}
