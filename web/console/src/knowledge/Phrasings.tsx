import { useRef, type ClipboardEvent, type KeyboardEvent, type ReactNode } from "react";
import { Button, Input } from "antd";
import { Plus, X } from "lucide-react";
import { useTranslation } from "react-i18next";

const MOST = 100;

/** One line a phrasing; Enter begins the next, and a pasted list becomes lines. */
export function Phrasings({ phrasings, onChange }: { phrasings: readonly string[]; onChange: (phrasings: string[]) => void }): ReactNode {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const focusLine = (index: number): void => {
    requestAnimationFrame(() => box.current?.querySelectorAll("input")[index]?.focus());
  };
  const insert = (index: number, lines: readonly string[]): void => {
    onChange([...phrasings.slice(0, index), ...lines, ...phrasings.slice(index)].slice(0, MOST));
    focusLine(index + lines.length - 1);
  };
  const remove = (index: number): void => {
    onChange(phrasings.filter((_, at) => at !== index));
    focusLine(Math.max(0, index - 1));
  };
  const onKeyDown = (event: KeyboardEvent, index: number): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      insert(index + 1, [""]);
    }
    if (event.key === "Backspace" && phrasings[index] === "") {
      event.preventDefault();
      remove(index);
    }
  };
  const onPaste = (event: ClipboardEvent, index: number): void => {
    const lines = event.clipboardData.getData("text").split(/\r?\n/).map((line) => line.trim()).filter(Boolean);
    if (lines.length < 2) return;
    event.preventDefault();
    insert(index + 1, lines);
  };
  return (
    <div ref={box} className="phrasings">
      {phrasings.map((phrasing, index) => (
        <div key={index} className="phrasing">
          <Input
            value={phrasing}
            maxLength={300}
            dir="auto"
            aria-label={`${t("knowledge.phrasings")} ${index + 1}`}
            onChange={(event) => onChange(phrasings.map((other, at) => (at === index ? event.target.value : other)))}
            onKeyDown={(event) => onKeyDown(event, index)}
            onPaste={(event) => onPaste(event, index)}
          />
          <button type="button" className="icon-button" onClick={() => remove(index)} aria-label={t("knowledge.removePhrasing")}><X size={15} /></button>
        </div>
      ))}
      <Button type="dashed" size="small" icon={<Plus size={14} />} disabled={phrasings.length >= MOST} onClick={() => insert(phrasings.length, [""])}>{t("knowledge.addPhrasing")}</Button>
    </div>
  );
}
