import { h, type Child } from "../elements/jsx";
import { useEffect, useRef, useState } from "../elements/render";
import { Uploads } from "../uploads";
import { countUnread, type View } from "../view";
import { words } from "../words/words";
import { chat, manner, tab } from "./here";
import { Icon } from "./icons";
import { CHAT, DOWN } from "./paths";
import { DRAFT, Panel } from "./panel";
import { Teaser } from "./teaser";

export function App({ position, onOpen }: { position: "left" | "right"; onOpen: (open: boolean) => void }): Child {
  const [view, setView] = useState<View>(chat.store.value);
  const [uploads] = useState(() => new Uploads(chat, manner.locale));
  const launcher = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(view.open);
  useEffect(() => chat.store.subscribe(setView), []);
  // Whoever closes the chat while his files go up has sent his message all the same.
  useEffect(() => uploads.store.subscribe(() => sendClosed(uploads)), []);
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
      {view.open ? <Panel view={view} uploads={uploads} onClose={() => onOpen(false)} /> : <Teaser view={view} onOpen={() => onOpen(true)} />}
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

function sendClosed(uploads: Uploads): void {
  const { files, waiting } = uploads.store.value;
  if (!waiting || !uploads.ready || chat.store.value.open) return;
  uploads.store.set({ waiting: false });
  // Where one failed, the sender decides when he is back.
  if (files.some((upload) => upload.failed)) return;
  chat.say((tab.get(DRAFT) ?? "").trim(), uploads.take());
  tab.remove(DRAFT);
}
