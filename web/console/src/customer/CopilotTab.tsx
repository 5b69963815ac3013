import { type ReactNode } from "react";
import { Button } from "antd";
import { ArrowUpRight, BookOpen, CornerDownLeft, History } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { sayTime, type Conversation, type Copilot, type SuggestedReply } from "@tandem/shared";
import { FailedState } from "../app/StatePage";
import { useCopilot, useDismiss } from "../conversation/useCopilot";
import { languageNow } from "../i18n/i18n";
import { useMinute } from "../live/ticker";
import { Waiting } from "../look/Waiting";
import { sayProblem } from "../session/problem";
import { useMay } from "../session/session";
import { AskKnowledge } from "./AskKnowledge";
import "./copilot.css";

type Cite = (seq: number) => void;
/** Puts words behind what is being written to the customer; null while the reader may not answer him. */
export type Insert = ((words: { text: string; suggestion?: string }) => void) | null;
type Props = { row: Conversation; onInsert: Insert; onCite: Cite };

/** Beside the conversation: what to do next and how, what could be said, what happened meanwhile, how the like of it was solved. */
export function CopilotTab({ row, onInsert, onCite }: Props): ReactNode {
  const { t } = useTranslation();
  const asked = useCopilot(row);
  const replies = useMay("conversation:reply");
  if (!replies) return <p className="quiet">{t("copilot.forAgents")}</p>;
  if (asked.isPending) return <Waiting rows={4} />;
  if (asked.isError) return <FailedState title={t("copilot.failed")} hint={sayProblem(asked.error)} onRetry={() => void asked.refetch()} />;
  const copilot = asked.data;
  return (
    <div className="packet">
      <p className="packet-next"><b>{t("packet.next")}</b> {t(`packet.step.${copilot.next_step}`, { defaultValue: copilot.next_step })}</p>
      <Since copilot={copilot} onCite={onCite} />
      <Suggestion row={row} suggestion={copilot.suggestion} onInsert={onInsert} />
      <Tone copilot={copilot} />
      <Similar copilot={copilot} onInsert={onInsert} />
      <AskKnowledge row={row} onInsert={onInsert} />
    </div>
  );
}

function Suggestion({ row, suggestion, onInsert }: { row: Conversation; suggestion: SuggestedReply | null; onInsert: Insert }): ReactNode {
  const { t } = useTranslation();
  const dismiss = useDismiss(row);
  if (suggestion === null) return <section className="packet-part"><h3>{t("copilot.suggestion")}</h3><p className="quiet">{t("copilot.nothing")}</p></section>;
  const { ground } = suggestion;
  const known = ground.kind === "knowledge";
  return (
    <section className="packet-part">
      <h3>{t("copilot.suggestion")}</h3>
      <div className="copilot-card">
        <p className="copilot-text" dir="auto">{suggestion.text}</p>
        <Link className="copilot-ground" to={known ? `/knowledge/${ground.id}` : `/inbox/closed/${ground.id}`}>
          {known ? <BookOpen size={13} aria-hidden /> : <History size={13} aria-hidden />} <span>{t(known ? "copilot.fromKnowledge" : "copilot.fromCase", { title: ground.title })}{ground.version !== null && ` v${ground.version}`}</span>
        </Link>
        {onInsert ? (
          <div className="copilot-acts">
            <Button size="small" type="primary" onClick={() => onInsert({ text: suggestion.text, suggestion: suggestion.id })}>{t("copilot.take")}</Button>
            <Button size="small" onClick={() => dismiss(suggestion)}>{t("copilot.dismiss")}</Button>
          </div>
        ) : <p className="quiet">{t("copilot.whenYours")}</p>}
      </div>
    </section>
  );
}

function Tone({ copilot }: { copilot: Copilot }): ReactNode {
  const { t } = useTranslation();
  const seen = copilot.emotion;
  return (
    <section className="packet-part">
      <h3>{t("copilot.tone")}</h3>
      <p>{seen !== null && seen !== "neutral" && <><b>{t(`emotion.${seen}`, { defaultValue: seen })}</b> → </>}{t(`copilot.tones.${copilot.tone}`)}</p>
    </section>
  );
}

function Since({ copilot, onCite }: { copilot: Copilot; onCite: Cite }): ReactNode {
  const { t } = useTranslation();
  if (copilot.since.length === 0) return null;
  return (
    <section className="packet-part">
      <h3>{t("copilot.since")}</h3>
      <ul className="since">
        {copilot.since.map(({ kind, text, by, seq }) => (
          <li key={seq}>
            <span className="quiet">{t(`copilot.kind.${kind}`)}{by !== "" && ` · ${by}`}</span>
            <span dir="auto">{kind === "moved" ? t(`copilot.move.${text}`, { defaultValue: text }) : text}</span>
            <button type="button" className="ref numbers" onClick={() => onCite(seq)} aria-label={t("panel.cite", { seq })}><ArrowUpRight aria-hidden />{seq}</button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Similar({ copilot, onInsert }: { copilot: Copilot; onInsert: Insert }): ReactNode {
  const { t } = useTranslation();
  const minute = useMinute();
  return (
    <section className="packet-part">
      <h3>{t("copilot.similar")}</h3>
      {copilot.similar.length === 0 && <p className="quiet">{t("copilot.noSimilar")}</p>}
      <ul className="lookups">
        {copilot.similar.map((found) => (
          <li key={`${found.conversation}${found.episode}`}>
            <b className="clip" title={found.question} dir="auto">{found.question}</b>
            <p className="similar-answer" dir="auto">{found.answer}</p>
            <span className="quiet">{t("copilot.solvedBy", { name: found.agent_name, time: sayTime(found.at, minute, { locale: languageNow() }) })} · <Link to={`/inbox/closed/${found.conversation}`}>{t("copilot.open")}</Link></span>
            <InsertButton text={found.answer} onInsert={onInsert} />
          </li>
        ))}
      </ul>
    </section>
  );
}

export function InsertButton({ text, onInsert }: { text: string; onInsert: Insert }): ReactNode {
  const { t } = useTranslation();
  return onInsert && <Button size="small" className="copilot-insert" icon={<CornerDownLeft size={13} />} onClick={() => onInsert({ text })}>{t("copilot.insert")}</Button>;
}
