import { h, type Child } from "../elements/jsx";
import { useEffect, useRef, useState } from "../elements/render";
import type { Uploads } from "../uploads";
import type { View } from "../view";
import { Composer } from "./composer";
import { usePhone } from "./phone";
import { Head } from "./head";
import { chat, tab } from "./here";
import { CLOSE } from "./paths";
import { Part } from "./part";
import { Timeline } from "./timeline";
import { Tool } from "./tool";
import { words } from "../words/words";

export interface PanelProps {
  view: View;
  uploads: Uploads;
  onClose: () => void;
}

/** What is half written, kept for this tab. */
export const DRAFT = "draft";

export function Panel({ view, uploads, onClose }: PanelProps): Child {
  const [text, setText] = useState(tab.get(DRAFT) ?? "");
  const [folded, setFolded] = useState(false);
  const [dropping, setDropping] = useState(false);
  const panel = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const phone = usePhone(panel);
  const waiting = view.state.owner === "queue";

  useEffect(() => setFolded(false), [waiting]);
  // On a phone the keyboard would cover what the visitor came to read.
  useEffect(() => (phone ? panel.current : field.current)?.focus(), []);

  const keep = (value: string): void => {
    setText(value);
    if (value === "") tab.remove(DRAFT);
    else tab.set(DRAFT, value);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setDropping(false);
    uploads.add(event.dataTransfer?.files);
  };
  const drag = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    setDropping(true);
  };

  return (
    <div
      class="panel"
      ref={panel}
      role="dialog"
      aria-modal={phone}
      aria-label={words.panel(view.config?.brand ?? "")}
      tabindex={-1}
      onkeydown={(event) => {
        if (event.key === "Escape" && !event.isComposing) onClose();
      }}
      ondragover={drag}
      ondragleave={(event) => {
        if (event.currentTarget === event.target) setDropping(false);
      }}
      ondrop={drop}
    >
      <Head view={view} onQueue={() => setFolded(false)} onClose={onClose} />
      {view.reach !== "good" && (
        <div class="reach" role="status">
          {view.reach === "offline" ? words.offline : words.reconnecting}
        </div>
      )}
      {waiting && <Part name="wait" state={view.state} folded={folded} onFold={setFolded} />}
      {view.phase === "ready" || view.unsent.length > 0 ? (
        <Timeline
          view={view}
          onEdit={(client_id, said) => {
            chat.discard(client_id);
            // What was half written since stands below it.
            keep([said.text, text].filter(Boolean).join("\n"));
            uploads.putBack(said.attachments);
            field.current?.focus();
          }}
        />
      ) : (
        <div class="timeline-box quiet centre">{words.loading}</div>
      )}
      {view.problem !== "" && (
        <div class="notice line" role="alert">
          <span class="grow">{view.problem}</span>
          <Tool label={words.dismiss} path={CLOSE} size={16} onclick={() => chat.dismissProblem()} />
        </div>
      )}
      <Composer text={text} onText={keep} field={field} uploads={uploads} />
      {dropping && <div class="drop">{words.drop}</div>}
    </div>
  );
}
