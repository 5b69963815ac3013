import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { App } from "antd";
import { BookOpen, MessageSquare, Search } from "lucide-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { ArticleList } from "@tandem/shared";
import { api } from "../session/api";
import { fetchPage } from "../inbox/counts";
import { nameOf } from "../look/contactName";
import { useMay } from "../session/session";
import { useCommandBook, type Command, type CommandGroup } from "./commands";
import { findCommands } from "./find";
import { caps, isMac } from "./shortcutText";
import "./palette.css";

type Choice = { id: string; group: CommandGroup | "found" | "articles"; label: string; hint?: string; shortcut?: string; run: () => void };

const FOUND_AT_MOST = 6;
const PAUSE = 180;

export default function Palette({ onClose }: { onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const dialog = useRef<HTMLDialogElement>(null);
  const [q, setQ] = useState("");
  const [at, setAt] = useState(0);
  const book = useCommandBook();
  const commands = useMemo(() => book.all().filter((command) => !command.silent), [book]);
  const found = useFoundConversations(q.trim());
  const articles = useFoundArticles(q.trim());
  const choices: Choice[] = [...findCommands<Command>(commands, q), ...found, ...articles];
  const here = Math.min(at, choices.length - 1);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  useEffect(() => {
    document.getElementById(`choice-${here}`)?.scrollIntoView({ block: "nearest" });
  }, [here]);

  const run = (choice: Choice | undefined): void => {
    if (!choice) return;
    onClose();
    choice.run();
    // Whoever goes the long way is shown the short one.
    if (choice.shortcut) message.info({ key: "teach", content: t("writing.teach", { keys: caps(choice.shortcut, isMac).join(" "), label: choice.label }) });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown") setAt(Math.min(choices.length - 1, here + 1));
    else if (event.key === "ArrowUp") setAt(Math.max(0, here - 1));
    else if (event.key === "Enter") run(choices[here]);
    else return;
    event.preventDefault();
  };
  return (
    <dialog ref={dialog} className="palette" aria-label={t("command.title")} onClose={onClose} onClick={(event) => event.target === event.currentTarget && onClose()}>
      <div className="palette-box" role="dialog">
        <div className="palette-field">
          <Search size={18} aria-hidden />
          <input
            autoFocus
            role="combobox"
            aria-expanded
            aria-controls="choices"
            aria-activedescendant={choices.length > 0 ? `choice-${here}` : undefined}
            value={q}
            maxLength={100}
            placeholder={t("command.placeholder")}
            aria-label={t("command.placeholder")}
            onChange={(event) => {
              setQ(event.target.value);
              setAt(0);
            }}
            onKeyDown={onKeyDown}
          />
        </div>
        <ul id="choices" role="listbox" className="palette-list" aria-label={t("command.title")}>
          {choices.map((choice, index) => (
            <ChoiceView key={choice.id} choice={choice} index={index} here={index === here} head={choices[index - 1]?.group !== choice.group} onRun={() => run(choice)} onPoint={() => setAt(index)} />
          ))}
          {choices.length === 0 && <li className="palette-none quiet">{t("command.nothing", { q })}</li>}
        </ul>
        <p className="palette-foot quiet">{t("command.hints")}</p>
      </div>
    </dialog>
  );
}

type ChoiceProps = { choice: Choice; index: number; here: boolean; head: boolean; onRun: () => void; onPoint: () => void };

function ChoiceView({ choice, index, here, head, onRun, onPoint }: ChoiceProps): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      {head && <li className="palette-group quiet" role="presentation">{t(`command.group.${choice.group}`)}</li>}
      <li id={`choice-${index}`} role="option" aria-selected={here} className="palette-choice" onClick={onRun} onPointerMove={onPoint}>
        {choice.group === "articles" && <BookOpen size={15} aria-hidden />}
        {choice.group === "found" && <MessageSquare size={15} aria-hidden />}
        <span className="clip">{choice.label}</span>
        {choice.hint && <span className="palette-hint clip quiet">{choice.hint}</span>}
        {choice.shortcut && <span className="palette-keys">{caps(choice.shortcut, isMac).map((cap, at) => <kbd key={at}>{cap}</kbd>)}</span>}
      </li>
    </>
  );
}

function usePaused(q: string): string {
  const [asked, setAsked] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setAsked(q), PAUSE);
    return () => clearTimeout(timer);
  }, [q]);
  return asked;
}

function useFoundArticles(q: string): Choice[] {
  const navigate = useNavigate();
  const allowed = useMay("knowledge:read");
  const asked = usePaused(q);
  const { data } = useQuery({ queryKey: ["palette", "articles", asked], queryFn: () => api.get<ArticleList>("/knowledge", { q: asked }), enabled: allowed && asked !== "" });
  if (q === "") return [];
  return (data?.items ?? []).slice(0, FOUND_AT_MOST).map(({ id, question, category }) => ({ id, group: "articles", label: question, hint: category, run: () => void navigate(`/knowledge/${id}`) }));
}

/** By the customer's name, by words that were said, by order number. */
function useFoundConversations(q: string): Choice[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const allowed = useMay("conversation:read");
  const asked = usePaused(q);
  const { data } = useQuery({ queryKey: ["palette", asked], queryFn: () => fetchPage("all", asked, null, FOUND_AT_MOST), enabled: allowed && asked !== "" });
  if (q === "") return [];
  return (data?.items ?? []).map((row) => ({
    id: row.id, group: "found", label: nameOf(row.contact), hint: `${t(`owner.${row.owner}`, { name: row.agent?.name ?? "" })} · ${row.preview.text}`, run: () => void navigate(`/inbox/all/${row.id}`),
  }));
}
