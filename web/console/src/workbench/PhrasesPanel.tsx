import { useState, type ReactNode } from "react";
import { App, Button, Input } from "antd";
import { MessageSquareQuote, Pencil, Plus, Trash2 } from "lucide-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Phrase } from "@tandem/shared";
import { FailedState, StatePage } from "../app/StatePage";
import { phrasesKey } from "../conversation/phrases";
import { Waiting } from "../look/Waiting";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { useMay } from "../session/session";
import { PhraseDialog } from "./PhraseDialog";

export function PhrasesPanel(): ReactNode {
  const { t } = useTranslation();
  const shares = useMay("knowledge:publish");
  const [q, setQ] = useState("");
  const [open, setOpen] = useState<Phrase | "new" | null>(null);
  const phrases = useQuery({ queryKey: phrasesKey, queryFn: () => api.get<Phrase[]>("/phrases") });
  const wanted = q.trim().toLowerCase();
  const found = phrases.data?.filter(({ shortcut, title, text }) => `${shortcut} ${title} ${text}`.toLowerCase().includes(wanted)) ?? [];
  return (
    <>
      <div className="bench-top">
        <Input allowClear value={q} placeholder={t("workbench.find")} aria-label={t("workbench.find")} onChange={(event) => setQ(event.target.value)} />
        <Button type="primary" icon={<Plus size={16} />} onClick={() => setOpen("new")}>{t("workbench.newPhrase")}</Button>
      </div>
      {phrases.isPending && <Waiting rows={5} />}
      {phrases.isError && <FailedState title={t("workbench.failed")} hint={sayProblem(phrases.error)} onRetry={() => void phrases.refetch()} />}
      {phrases.data?.length === 0 && <StatePage icon={<MessageSquareQuote />} title={t("workbench.noPhrases")} hint={t("workbench.noPhrasesHint")} />}
      {found.length > 0 && (
        <ul className="bench-list">
          {found.map((phrase) => <PhraseRow key={phrase.id} phrase={phrase} mayChange={phrase.mine || shares} onEdit={() => setOpen(phrase)} />)}
        </ul>
      )}
      {open && <PhraseDialog phrase={open === "new" ? null : open} onClose={() => setOpen(null)} />}
    </>
  );
}

function PhraseRow({ phrase, mayChange, onEdit }: { phrase: Phrase; mayChange: boolean; onEdit: () => void }): ReactNode {
  const { t } = useTranslation();
  const drop = useDrop(`/phrases/${phrase.id}`, phrasesKey);
  return (
    <li className="bench-row">
      <code className="clip">/{phrase.shortcut}</code>
      <div className="bench-words">
        {phrase.title !== "" && <b className="clip" dir="auto">{phrase.title}</b>}
        <span className="bench-text" dir="auto">{phrase.text}</span>
        <span className="quiet bench-small">{[t(phrase.mine ? "workbench.mine" : "workbench.shared"), phrase.lang === "" ? null : t(`language.${phrase.lang === "zh" ? "zh-CN" : "en"}`), t("workbench.used", { count: phrase.used })].filter(Boolean).join(" · ")}</span>
      </div>
      {mayChange && (
        <span className="bench-actions">
          <button type="button" className="icon-button" onClick={onEdit} aria-label={`${t("workbench.editPhrase")} ${phrase.shortcut}`}><Pencil size={15} /></button>
          <button type="button" className="icon-button" onClick={drop} aria-label={`${t("workbench.drop")} ${phrase.shortcut}`}><Trash2 size={15} /></button>
        </span>
      )}
    </li>
  );
}

/** Asks first, then deletes and lists anew. */
export function useDrop(path: string, key: readonly string[]): () => void {
  const { t } = useTranslation();
  const { modal, message } = App.useApp();
  const queries = useQueryClient();
  const drop = async (): Promise<void> => {
    try {
      await api.delete(path);
      await queries.invalidateQueries({ queryKey: key });
    } catch (error) {
      message.error(sayProblem(error));
    }
  };
  return () => void modal.confirm({ title: t("workbench.drop"), content: t("workbench.dropConfirm"), okText: t("workbench.drop"), okButtonProps: { danger: true }, cancelText: t("common.cancel"), onOk: drop });
}
