import { useEffect, useLayoutEffect, useRef, useState, type ClipboardEvent, type DragEvent, type KeyboardEvent, type ReactNode, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import type { Conversation } from "@tandem/shared";
import { useDesk } from "../live/DeskProvider";
import { nameOf } from "../look/contactName";
import type { Abilities } from "./abilities";
import { AcceptButton } from "./ConversationHeader";
import { useWritten, type DraftKind } from "./drafts";
import { MacroButton } from "./MacroButton";
import { gapIn } from "./phrases";
import { SendButton } from "./SendButton";
import { sends, useEnterSends } from "./sending";
import { SuggestionLine } from "./SuggestionLine";
import { useMentioned, useSuggest } from "./Suggest";
import { RepeatWarning, useRepeats } from "./RepeatWarning";
import { TranslateDraft } from "./Translated";
import { AttachButton, Uploads } from "./Uploads";
import { useTypingSignal } from "./useTypingSignal";
import { useUploads } from "./useUploads";
import type { Actions } from "./useActions";
import "./composer.css";

/** What the panel beside the conversation puts into the reply. */
export type Inserted = { text: string; suggestion?: string };

type Props = {
  row: Conversation;
  abilities: Abilities;
  actions: Actions;
  kind: DraftKind;
  onKind: (kind: DraftKind) => void;
  field: RefObject<HTMLTextAreaElement | null>;
  insert: Inserted | null;
  onInserted: () => void;
  onCite: (seq: number) => void;
};

export function Composer(props: Props): ReactNode {
  const { t } = useTranslation();
  const { row, abilities, actions, kind, onKind } = props;
  if (!abilities.reply && !abilities.note) return <div className="composer"><Standing {...props} /></div>;
  const shown: DraftKind = abilities.note ? kind : "reply";
  return (
    <div className={`composer composer-${shown}`}>
      <div className="composer-tabs" role="tablist">
        {(["reply", "note"] as const).map((tab) => (
          <button key={tab} type="button" role="tab" aria-selected={tab === shown} className={tab === shown ? "composer-tab composer-tab-here" : "composer-tab"} onClick={() => onKind(tab)}>
            {t(`composer.${tab}`)} <kbd>{tab === "reply" ? "R" : "N"}</kbd>
          </button>
        ))}
      </div>
      {shown === "reply" && !abilities.reply ? <Standing row={row} abilities={abilities} actions={actions} /> : <Writing {...props} kind={shown} key={shown} />}
    </div>
  );
}

/** Why one cannot reply now, and the one thing that changes it. */
function Standing({ row, abilities, actions }: Pick<Props, "row" | "abilities" | "actions">): ReactNode {
  const { t } = useTranslation();
  const possible = abilities.accept || abilities.takeOver;
  const words = row.owner === "agent" ? t("composer.notMine", { name: row.agent?.name ?? t("voice.person") }) : t(`composer.${row.owner}`);
  return (
    <div className="composer-standing">
      <p>{row.owner === "closed" || row.owner === "agent" || possible ? words : t("composer.noReply")}</p>
      {possible && <AcceptButton abilities={abilities} actions={actions} />}
    </div>
  );
}

function Writing({ row, kind, field, insert, onInserted, onCite }: Props): ReactNode {
  const { t } = useTranslation();
  const desk = useDesk();
  const [text, write] = useWritten(row.id, kind);
  const { uploads, add, remove, clear } = useUploads(row.id);
  const [dragging, setDragging] = useState(false);
  const signalTyping = useTypingSignal(row.id);
  const isReply = kind === "reply";
  const ready = uploads.every((upload) => upload.attachment !== null);
  const gap = isReply ? gapIn(text) : null;
  const mentioned = useMentioned();
  const taken = useRef<string | null>(null);
  const [original, setOriginal] = useState("");
  const repeat = useRepeats(row.id, isReply ? text : "");
  const here = useRef(row.id);
  here.current = row.id;
  const [enterSends] = useEnterSends();
  const select = useRef<[number, number] | null>(null);
  // Set with the words, before the next key is read: a moment later, the cursor would jump away from what was typed meanwhile.
  useLayoutEffect(() => {
    if (!select.current || !field.current) return;
    field.current.focus();
    field.current.setSelectionRange(...select.current);
    select.current = null;
  }, [text, field]);
  const suggest = useSuggest({ row, isReply, text, write, field });
  const sendable = ready && gap === null && (text.trim() !== "" || (isReply && uploads.length > 0));

  const send = (): void => {
    if (gap) field.current?.setSelectionRange(...gap);
    if (!sendable || repeat.stops()) return;
    // At once: what is typed next stands in an empty field.
    write("");
    signalTyping(false);
    field.current?.focus();
    if (!isReply || repeat.looked) return say();
    const looking = repeat.look(text).then((held) => {
      if (held) giveBack();
      else say();
      return held;
    });
    desk.lookedThrough(row.id, looking);
  };
  const say = (): void => {
    const attachments = isReply ? uploads.flatMap((upload) => (upload.attachment ? [upload.attachment] : [])) : [];
    desk.say(row.id, { kind, text: text.trim(), attachments, mentions: isReply ? [] : mentioned(text), suggestion: isReply ? taken.current : null, original: isReply ? original : "" });
    setOriginal("");
    taken.current = null;
    clear();
  };
  const giveBack = (): void => {
    const typed = here.current === row.id ? (field.current?.value ?? "") : "";
    write(typed === "" ? text : `${text}\n${typed}`);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (suggest.onKeyDown(event)) return;
    if (sends(event.nativeEvent, enterSends)) {
      event.preventDefault();
      send();
    }
    if (event.key === "Escape") event.currentTarget.blur();
  };
  const onPaste = (event: ClipboardEvent): void => {
    if (!isReply || event.clipboardData.files.length === 0) return;
    event.preventDefault();
    add(event.clipboardData.files);
  };
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setDragging(false);
    if (isReply) add(event.dataTransfer.files);
  };
  const onDrag = (event: DragEvent, over: boolean): void => {
    if (!isReply || !event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    setDragging(over);
  };

  const take = (words: Inserted): void => {
    const whole = text.trim() === "" ? words.text : `${text.trimEnd()}\n${words.text}`;
    write(whole);
    taken.current = words.suggestion ?? taken.current;
    select.current = gapIn(whole) ?? [whole.length, whole.length];
  };

  useEffect(() => {
    if (!insert || !isReply) return;
    take(insert);
    onInserted();
  }, [insert, isReply]);

  const label = t(isReply ? "composer.replyHint" : "composer.noteHint", { name: nameOf(row.contact) });
  return (
    <div className={`composer-field${dragging ? " composer-dragging" : ""}`} onDrop={onDrop} onDragOver={(event) => onDrag(event, true)} onDragLeave={() => setDragging(false)}>
      {dragging && <div className="composer-drop">{t("composer.drop")}</div>}
      {suggest.list}
      {isReply && <SuggestionLine row={row} text={text} onTake={(suggestion) => take({ text: suggestion.text, suggestion: suggestion.id })} />}
      <textarea
        ref={field}
        aria-autocomplete="list"
        aria-controls={suggest.open ? "offers" : undefined}
        aria-activedescendant={suggest.active}
        value={text}
        dir="auto"
        rows={2}
        placeholder={label}
        aria-label={label}
        onChange={(event) => {
          write(event.target.value);
          if (event.target.value === "") setOriginal("");
          suggest.look();
          if (isReply) signalTyping(event.target.value !== "");
        }}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
      />
      {isReply && <Uploads uploads={uploads} onRemove={remove} />}
      {isReply && <RepeatWarning repeat={repeat} onCite={onCite} onSend={send} />}
      {isReply && <TranslateDraft conversation={row.id} text={text} spoken={row.language || row.contact.locale.slice(0, 2)} original={original} onDraft={(next, was) => { write(next); setOriginal(was); field.current?.focus(); }} />}
      <div className="composer-foot">
        {isReply && <AttachButton onFiles={add} />}
        {isReply && <MacroButton row={row} />}
        <span className="composer-keys quiet" role="status">{!ready ? t("writing.wait") : gap ? t("writing.gap") : t(isReply ? "writing.hint" : "writing.noteHint", { chord: t(enterSends ? "writing.shiftEnter" : "writing.enter") })}</span>
        <SendButton words={t(isReply ? "composer.send" : "composer.addNote")} className={isReply ? "" : "composer-note-send"} disabled={!sendable} onSend={send} />
      </div>
    </div>
  );
}
