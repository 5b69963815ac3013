import { h, type Child, type Ref } from "../elements/jsx";
import { useEffect, useRef, useState } from "../elements/render";
import { setWantsSound, wantsSound } from "../sound";
import type { Uploads } from "../uploads";
import { chat, visitor } from "./here";
import { ATTACH, MUTE, SEND, SOUND } from "./paths";
import { Part } from "./part";
import { Tool } from "./tool";
import { words } from "../words/words";

export interface ComposerProps {
  text: string;
  onText: (text: string) => void;
  field: Ref<HTMLTextAreaElement>;
  uploads: Uploads;
}

export function Composer({ text, onText, field, uploads }: ComposerProps): Child {
  const chooser = useRef<HTMLInputElement>(null);
  const [, redraw] = useState({});
  useEffect(() => uploads.store.subscribe(() => redraw({})), [uploads]);
  useEffect(() => grow(field.current), [text]);

  const { files, problem, waiting } = uploads.store.value;
  const failed = files.some((upload) => upload.failed);
  const isSendable = (said: string): boolean => said.trim() !== "" || uploads.store.value.files.some((upload) => !upload.failed);
  const send = (): void => {
    const input = field.current as HTMLTextAreaElement;
    input.focus();
    uploads.store.set({ waiting: !uploads.ready });
    // What stands in the field, not what stood there when this was drawn: a fast typist presses Enter before the next drawing.
    const said = input.value;
    if (!isSendable(said) || !uploads.ready) return;
    chat.say(said.trim(), uploads.take());
    onText((input.value = ""));
  };
  // What was sent too early goes out with its last file; where one fails, the sender decides again.
  useEffect(() => {
    if (waiting && failed) uploads.store.set({ waiting: false });
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
    const pasted = event.clipboardData?.files;
    if (!pasted?.length) return;
    event.preventDefault();
    uploads.add(pasted);
  };

  return (
    <div class="composer">
      {files.length > 0 && <Part name="uploads" uploads={uploads} />}
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
          <Tool label={words.attach} path={ATTACH} onclick={() => chooser.current?.click()} />
          <SoundSwitch />
          <span class="grow" />
          <Tool class="tool send" label={words.send} path={SEND} disabled={!isSendable(text)} onclick={send} />
        </div>
        <input
          ref={chooser}
          type="file"
          multiple
          hidden
          onchange={(event) => {
            uploads.add(event.currentTarget.files);
            event.currentTarget.value = "";
          }}
        />
      </div>
    </div>
  );
}

function SoundSwitch(): Child {
  const [sound, setSound] = useState(wantsSound(visitor));
  const turn = (): void => {
    setWantsSound(visitor, !sound);
    setSound(!sound);
  };
  return <Tool label={sound ? words.soundOff : words.soundOn} path={sound ? SOUND : MUTE} onclick={turn} />;
}

/** As high as the text, up to what the style allows. */
function grow(field: HTMLTextAreaElement | null): void {
  if (!field) return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
}
