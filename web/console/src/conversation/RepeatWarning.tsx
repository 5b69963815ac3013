import { useEffect, useRef, useState, type ReactNode } from "react";
import { Button } from "antd";
import { ArrowUpRight, TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Repeat } from "@tandem/shared";
import { api } from "../session/api";

const REST = 300;
const SHORTEST = 4;

/** How long what was sent in one go with its last word is held for being looked through. */
const LONGEST_LOOK = 600;

/** `looked`: it is known what the words as they stand ask for. `look` is for words that are sent before that; true: they are held back. */
export type Repeating = { found: readonly Repeat[]; pressed: boolean; looked: boolean; stops: () => boolean; look: (words: string) => Promise<boolean> };

/** Looks through a draft while the fingers rest, or when it is sent before they do. What is known holds back the first attempt to
    send, and only that: the agent may have a reason. A server that does not answer holds nothing back. */
export function useRepeats(conversation: string, text: string): Repeating {
  const [seen, setSeen] = useState<{ text: string; found: readonly Repeat[] }>({ text: "", found: [] });
  const [pressed, setPressed] = useState("");
  const meant = useRef("");
  useEffect(() => {
    if (text.trim().length < SHORTEST) return setSeen({ text, found: [] });
    let wanted = true;
    const timer = setTimeout(() => {
      void repeatsIn(conversation, text).then((found) => wanted && setSeen({ text, found }));
    }, REST);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [conversation, text]);
  const found = text.trim() === "" ? [] : seen.found;
  const hold = (words: string): true => {
    meant.current = words;
    setPressed(words);
    return true;
  };
  const stops = (): boolean => found.length > 0 && seen.text === text && meant.current !== text && hold(text);
  const look = async (words: string): Promise<boolean> => {
    const asked = await Promise.race([repeatsIn(conversation, words), new Promise<readonly Repeat[]>((done) => setTimeout(() => done([]), LONGEST_LOOK))]);
    if (asked.length === 0) return false;
    setSeen({ text: words, found: asked });
    return hold(words);
  };
  return { found, pressed: pressed !== "" && pressed === text, looked: seen.text === text || meant.current === text, stops, look };
}

async function repeatsIn(conversation: string, text: string): Promise<readonly Repeat[]> {
  if (text.trim().length < SHORTEST) return [];
  return api.post<Repeat[]>(`/conversations/${conversation}/check-draft`, { text: text.slice(0, 4000) }).catch(() => []);
}

export function RepeatWarning({ repeat, onCite, onSend }: { repeat: Repeating; onCite: (seq: number) => void; onSend: () => void }): ReactNode {
  const { t } = useTranslation();
  if (repeat.found.length === 0) return null;
  return (
    <div className="repeat-warning" role="alert">
      <TriangleAlert size={15} aria-hidden />
      <div>
        <b>{t("repeat.known")}</b>
        <ul>
          {repeat.found.map(({ key, label, value, seqs }) => (
            <li key={key}>
              <span>{t(`fact.${key}`, { defaultValue: label })}</span> <b dir="auto">{value}</b>
              {seqs.slice(0, 3).map((seq) => <button key={seq} type="button" className="ref numbers" onClick={() => onCite(seq)} aria-label={t("panel.cite", { seq })}><ArrowUpRight aria-hidden />{seq}</button>)}
            </li>
          ))}
        </ul>
      </div>
      {repeat.pressed && <Button size="small" onClick={onSend}>{t("repeat.sendAnyway")}</Button>}
    </div>
  );
}
