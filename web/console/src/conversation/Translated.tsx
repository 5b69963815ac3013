import { useEffect, useRef, useState, type ReactNode } from "react";
import { Languages } from "lucide-react";
import { useTranslation } from "react-i18next";
import { sayProblem } from "../session/problem";
import { MessageText } from "./MessageText";
import { intoFor, ownLanguage, translated, useMayTranslate } from "./translating";
import "./translated.css";

/** Under what was said in another language than one reads: the translation, on demand. */
export function Translated({ conversation, text }: { conversation: string; text: string }): ReactNode {
  const { t } = useTranslation();
  const may = useMayTranslate();
  const [found, setFound] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const into = intoFor(text, ownLanguage());
  if (!may || into === null) return null;
  if (found !== null) return <div className="translated"><span className="quiet">{t("translate.label")}</span><MessageText text={found} /></div>;
  const ask = async (): Promise<void> => {
    setBusy(true);
    try {
      setFound(await translated(conversation, text, into));
    } catch (error) {
      setProblem(sayProblem(error));
    }
    setBusy(false);
  };
  return (
    <button type="button" className="bare-button translate-ask" disabled={busy} onClick={() => void ask()}>
      <Languages size={13} aria-hidden /> {problem ?? t(busy ? "translate.busy" : "translate.ask")}
    </button>
  );
}

type Draft = { conversation: string; text: string; spoken: string; original: string; onDraft: (text: string, original: string) => void };

/** Puts a draft into the customer's language; what was typed is kept and can be had back. */
export function TranslateDraft({ conversation, text, spoken, original, onDraft }: Draft): ReactNode {
  const { t } = useTranslation();
  const may = useMayTranslate();
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const now = useRef(text);
  useEffect(() => {
    now.current = text;
    return () => {
      now.current = "";
    };
  }, [text]);
  if (original !== "") {
    return (
      <p className="translate-draft" role="status">
        <span className="quiet">{t("translate.original")}</span> <span className="clip" dir="auto">{original}</span>
        <button type="button" className="bare-button" onClick={() => onDraft(original, "")}>{t("translate.restore")}</button>
      </p>
    );
  }
  const into = intoFor(text, spoken);
  if (!may || into === null) return null;
  const ask = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      const found = await translated(conversation, text, into);
      // What was typed on, sent or left meanwhile is not written over.
      if (now.current === text) onDraft(found, text.trim());
    } catch (error) {
      setProblem(sayProblem(error));
    }
    setBusy(false);
  };
  return (
    <p className="translate-draft">
      <button type="button" className="bare-button translate-ask" disabled={busy} onClick={() => void ask()}>
        <Languages size={13} aria-hidden /> {t(busy ? "translate.busy" : `translate.into.${into}`)}
      </button>
      {problem !== null && <span role="alert">{problem}</span>}
    </p>
  );
}
