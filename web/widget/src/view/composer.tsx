import { h, type Child, type Ref } from "../elements/jsx";
import { useEffect, useRef, useState } from "../elements/render";
import { setWantsSound, wantsSound } from "../sound";
import type { Uploads } from "../uploads";
import { useHere } from "./here";
import { Icon } from "./icons";
import { ATTACH, MUTE, SEND, SOUND } from "./paths";
import { UploadList } from "./upload_list";
import { words } from "../words/words";

export interface ComposerProps {
  text: string;
  onText: (text: string) => void;
  field: Ref<HTMLTextAreaElement>;
  uploads: Uploads;
}

export function Composer({ text, onText, field, uploads }: ComposerProps): Child {
  const { chat } = useHere();
  const chooser = useRef<HTMLInputElement>(null);
  const [, redraw] = useState({});
  useEffect(() => uploads.store.subscribe(() => redraw({})), [uploads]);
  useEffect(() => grow(field.current), [text]);

  const { files, problem } = uploads.store.value;
  const [waiting, setWaiting] = useState(false);
  const failed = files.some((upload) => upload.failed !== null);
  const sendable = text.trim() !== "" || files.some((upload) => upload.failed === null);
  const send = (): void => {
    field.current?.focus();
    setWaiting(!uploads.ready);
    if (!sendable || !uploads.ready) return;
    chat.say(text.trim(), uploads.take());
    onText("");
  };
  // What was sent too early goes out with its last file; where one fails, the sender decides again.
  useEffect(() => {
    if (waiting && failed) setWaiting(false);
    else if (waiting && uploads.ready) send();
  });
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
      {(problem || waiting) && (
        <div class={problem ? "notice" : "reach"} role="alert">
          {problem || words.stillUploading}
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
          oninput={(event) => change(event.currentTarget.value)}
          onkeydown={key}
          onpaste={paste}
        />
        <div class="tools line">
          <button class="tool" aria-label={words.attach} title={words.attach} onclick={() => chooser.current?.click()}>
            <Icon path={ATTACH} />
          </button>
          <SoundSwitch />
          <span class="grow" />
          <button class="tool send" aria-label={words.send} title={words.send} disabled={!sendable} onclick={send}>
            <Icon path={SEND} />
          </button>
        </div>
        <input
          ref={chooser}
          type="file"
          multiple
          hidden
          onchange={(event) => {
            uploads.add([...(event.currentTarget.files ?? [])]);
            event.currentTarget.value = "";
          }}
        />
      </div>
    </div>
  );
}

function SoundSwitch(): Child {
  const { visitor } = useHere();
  const [sound, setSound] = useState(wantsSound(visitor));
  const label = sound ? words.soundOff : words.soundOn;
  const turn = (): void => {
    setWantsSound(visitor, !sound);
    setSound(!sound);
  };
  return (
    <button class="tool" aria-label={label} title={label} onclick={turn}>
      <Icon path={sound ? SOUND : MUTE} />
    </button>
  );
}

/** As high as the text, up to what the style allows. */
function grow(field: HTMLTextAreaElement | null): void {
  if (!field) return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
}
