import type { RefObject, VNode } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { setWantsSound, wantsSound } from "../sound";
import type { Uploads } from "../uploads";
import { useHere } from "./here";
import { Icon } from "./icons";
import { UploadList } from "./upload_list";

export interface ComposerProps {
  text: string;
  onText: (text: string) => void;
  field: RefObject<HTMLTextAreaElement | null>;
  uploads: Uploads;
}

export function Composer({ text, onText, field, uploads }: ComposerProps): VNode {
  const { chat, words } = useHere();
  const chooser = useRef<HTMLInputElement>(null);
  const [, redraw] = useState({});
  useEffect(() => uploads.store.subscribe(() => redraw({})), [uploads]);
  useLayoutEffect(() => grow(field.current), [text]);

  const { files, problem } = uploads.store.value;
  const done = files.some((upload) => upload.attachment !== null);
  const sendable = uploads.ready && (text.trim() !== "" || done);
  const send = (): void => {
    if (!sendable) return;
    chat.say(text.trim(), uploads.take());
    onText("");
    field.current?.focus();
  };
  const change = (value: string): void => {
    onText(value);
    if (value === "") chat.stopTyping();
    else chat.keystroke();
  };
  // While a Chinese or Japanese word is being composed, Enter picks it and must not send.
  const key = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    send();
  };
  const paste = (event: ClipboardEvent): void => {
    const pasted = [...(event.clipboardData?.files ?? [])];
    if (pasted.length === 0) return;
    event.preventDefault();
    uploads.add(pasted);
  };

  return (
    <div class="composer">
      <UploadList uploads={uploads} />
      {problem !== "" && (
        <div class="notice" role="alert">
          {problem}
        </div>
      )}
      <div class="field">
        <textarea
          ref={field}
          rows={1}
          dir="auto"
          value={text}
          placeholder={words.placeholder}
          aria-label={words.message}
          enterkeyhint="send"
          onInput={(event) => change(event.currentTarget.value)}
          onKeyDown={key}
          onPaste={paste}
        />
        <div class="tools">
          <button type="button" class="tool" aria-label={words.attach} title={words.attach} onClick={() => chooser.current?.click()}>
            <Icon name="attach" />
          </button>
          <SoundSwitch />
          <span class="grow" />
          <button type="button" class="tool send" aria-label={words.send} title={words.send} disabled={!sendable} onClick={send}>
            <Icon name="send" />
          </button>
        </div>
        <input
          ref={chooser}
          type="file"
          multiple
          hidden
          onChange={(event) => {
            uploads.add([...(event.currentTarget.files ?? [])]);
            event.currentTarget.value = "";
          }}
        />
      </div>
    </div>
  );
}

function SoundSwitch(): VNode {
  const { visitor, words } = useHere();
  const [sound, setSound] = useState(wantsSound(visitor));
  const label = sound ? words.soundOff : words.soundOn;
  const turn = (): void => {
    setWantsSound(visitor, !sound);
    setSound(!sound);
  };
  return (
    <button type="button" class="tool" aria-label={label} title={label} onClick={turn}>
      <Icon name={sound ? "sound" : "mute"} />
    </button>
  );
}

/** As high as the text, up to what the style allows. */
function grow(field: HTMLTextAreaElement | null): void {
  if (!field) return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
}
