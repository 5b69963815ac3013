import type { ReactNode } from "react";
import { ArrowUpRight } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { sayTime, type Conversation, type Copilot } from "@tandem/shared";
import { FailedState } from "../app/StatePage";
import { useCopilot } from "../conversation/useCopilot";
import { languageNow } from "../i18n/i18n";
import { useMinute } from "../live/ticker";
import { Waiting } from "../look/Waiting";
import { sayProblem } from "../session/problem";

type Cite = (seq: number) => void;

/** Beside the conversation: what to do next and how, what happened meanwhile, how the like of it was solved. */
export function CopilotTab({ row, onCite }: { row: Conversation; onCite: Cite }): ReactNode {
  const { t } = useTranslation();
  const asked = useCopilot(row);
  if (asked.isPending) return <Waiting rows={4} />;
  if (asked.isError) return <FailedState title={t("copilot.failed")} hint={sayProblem(asked.error)} onRetry={() => void asked.refetch()} />;
  const copilot = asked.data;
  return (
    <div className="packet">
      <p className="packet-next"><b>{t("packet.next")}</b> {t(`packet.step.${copilot.next_step}`, { defaultValue: copilot.next_step })}</p>
      <section className="packet-part"><h3>{t("copilot.tone")}</h3><p>{t(`copilot.tones.${copilot.tone}`)}</p></section>
      <Since copilot={copilot} onCite={onCite} />
      <Similar copilot={copilot} />
    </div>
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

function Similar({ copilot }: { copilot: Copilot }): ReactNode {
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
          </li>
        ))}
      </ul>
    </section>
  );
}
