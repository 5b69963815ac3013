import type { ReactNode } from "react";
import { Alert } from "antd";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { sayClock, sayDay, type Evaluation } from "@tandem/shared";
import { FailedState } from "../app/StatePage";
import { languageNow } from "../i18n/i18n";
import { useMinute } from "../live/ticker";
import { Waiting } from "../look/Waiting";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { Drop } from "./Drop";
import { evaluationsKey, FIGURES, isUnderWay, sayFigure } from "./figures";
import { Mistakes } from "./Mistakes";
import { UnderWay } from "./RunRow";

const LOOK_AGAIN = 1000;

/** One judging: its figures, and its mistakes. */
export function Run({ id }: { id: string }): ReactNode {
  const { t } = useTranslation();
  const go = useNavigate();
  const run = useQuery({
    queryKey: [...evaluationsKey, id], queryFn: () => api.get<Evaluation>(`/evaluations/${id}`), refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? LOOK_AGAIN : false),
  });
  if (run.isPending) return <Waiting rows={6} />;
  if (run.isError) return <FailedState title={t("evaluate.failed")} hint={sayProblem(run.error)} onRetry={() => void run.refetch()} />;
  const it = run.data;
  return (
    <>
      <section className="panel">
        <div className="evaluate-head"><h2 dir="auto">{it.name}</h2><Drop it={it} onDropped={() => void go("/evaluate")} /></div>
        <Facts it={it} />
        {isUnderWay(it) && <UnderWay it={it} />}
        {it.state === "stopped" && <p className="quiet">{t("evaluate.stopped")}</p>}
        {it.state === "failed" && <Fault it={it} />}
        {it.state === "done" && <Figures it={it} />}
      </section>
      {it.state === "done" && <section className="panel"><Mistakes kind={it.kind} title={t("evaluate.mistakes", { count: it.mistakes.length + it.more_mistakes })} items={it.mistakes} more={it.more_mistakes} /></section>}
    </>
  );
}

/** What it was judged on, by whom, and when. */
export function Facts({ it }: { it: Evaluation }): ReactNode {
  const { t } = useTranslation();
  const minute = useMinute();
  const locale = languageNow();
  const files = it.files.map(({ role, name }) => `${t(`evaluate.role.${role}`)} ${name}`);
  if (it.articles > 0) files.push(t("evaluate.published", { count: it.articles }));
  return (
    <p className="panel-lead numbers">
      {t(`evaluate.kind.${it.kind}`)} · {files.join(" · ")}<br />
      {it.by_name} · <time dateTime={it.created_at}>{sayDay(it.created_at, minute, { locale })} {sayClock(it.created_at, { locale })}</time> {settings(it).map(([name, value]) => ` · ${t(`evaluate.choice.${name}`)} ${value}`)}
    </p>
  );
}

function settings({ kind, choices }: Evaluation): [string, string][] {
  const told: [string, string][] = [];
  if (kind === "intents" && choices.oos_label) told.push(["oos_label", choices.oos_label]);
  if ((kind === "answers" || kind === "loop") && choices.max_wrong) told.push(["max_wrong", sayFigure("max_wrong", choices.max_wrong, languageNow())]);
  if (kind === "loop") told.push(["seed", String(choices.seed)]);
  if (kind === "dialogues") told.push(["repeats", String(choices.repeats)]);
  return told;
}

function Fault({ it }: { it: Evaluation }): ReactNode {
  const { t } = useTranslation();
  const { wrong } = it;
  if (wrong === null) return <Alert type="error" showIcon role="alert" title={t(`evaluate.why.${it.why ?? "fault"}`)} />;
  const place = wrong.line ? t("evaluate.line", { file: wrong.file, line: wrong.line }) : wrong.file;
  return <Alert type="error" showIcon role="alert" title={t("evaluate.unreadable")} description={<span className="evaluate-reason" dir="auto"><b>{place}</b> {wrong.reason}</span>} />;
}

function Figures({ it }: { it: Evaluation }): ReactNode {
  const { t } = useTranslation();
  return (
    <dl className="evaluate-figures">
      {FIGURES[it.kind].map(({ name }) => (
        <div key={name}>
          <dt>{t(`evaluate.figure.${name}`)}</dt>
          <dd className="numbers">{sayFigure(name, it.figures[name], languageNow())}</dd>
        </div>
      ))}
    </dl>
  );
}
