import { useState, type ReactNode } from "react";
import { App, Button, Tooltip } from "antd";
import { BookOpen, History, Lightbulb, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Conversation, SuggestedReply } from "@tandem/shared";
import { useCommands } from "../commands/commands";
import { caps, isMac } from "../commands/shortcutText";
import { sayProblem } from "../session/problem";
import { useCopilot, useDismiss, useReword } from "./useCopilot";

/** What could be answered now, and where it comes from. Away as soon as one writes something of one's own. */
export function SuggestionLine({ row, text, onTake }: { row: Conversation; text: string; onTake: (suggestion: SuggestedReply) => void }): ReactNode {
  const { t } = useTranslation();
  const copilot = useCopilot(row).data;
  const dismiss = useDismiss(row);
  const suggestion = text.trim() === "" ? (copilot?.suggestion ?? null) : null;
  useCommands(suggestion ? [{ id: "suggestion", group: "conversation", label: `${t("copilot.suggestion")}: ${t("copilot.take")}`, shortcut: "mod+i", run: () => onTake(suggestion) }] : []);
  if (!suggestion) return null;
  const { ground } = suggestion;
  return (
    <section className="suggestion" aria-label={t("copilot.suggestion")}>
      <Lightbulb size={15} aria-hidden />
      <div className="suggestion-words">
        <p dir="auto">{suggestion.text}</p>
        <span className="quiet clip" title={ground.title}>
          {ground.kind === "knowledge" ? <BookOpen size={12} aria-hidden /> : <History size={12} aria-hidden />} {t(ground.kind === "knowledge" ? "copilot.fromKnowledge" : "copilot.fromCase", { title: ground.title })}
          {suggestion.worded === "model" && <> · {t("copilot.byModel")}</>}
        </span>
      </div>
      {copilot?.can_word && suggestion.worded === "ready" && <Reword row={row} />}
      <Tooltip title={caps("mod+i", isMac).map((cap) => <kbd key={cap}>{cap}</kbd>)}><Button size="small" type="primary" ghost onClick={() => onTake(suggestion)}>{t("copilot.take")}</Button></Tooltip>
      <button type="button" className="icon-button" onClick={() => dismiss(suggestion)} aria-label={t("copilot.dismiss")} title={t("copilot.dismiss")}><X size={15} /></button>
    </section>
  );
}

function Reword({ row }: { row: Conversation }): ReactNode {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const reword = useReword(row);
  const [busy, setBusy] = useState(false);
  const ask = (): void => {
    setBusy(true);
    reword().catch((error: unknown) => message.error(sayProblem(error))).finally(() => setBusy(false));
  };
  return <Button size="small" loading={busy} onClick={ask}>{t("copilot.reword")}</Button>;
}
