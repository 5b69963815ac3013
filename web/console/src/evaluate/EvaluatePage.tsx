import { useState, type ReactNode } from "react";
import { ArrowLeft, FlaskConical } from "lucide-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import type { Evaluations } from "@tandem/shared";
import { FailedState, NotFoundPage, StatePage } from "../app/StatePage";
import { Waiting } from "../look/Waiting";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { useMay } from "../session/session";
import { Compare } from "./Compare";
import { evaluationsKey, isUnderWay } from "./figures";
import { NewRun } from "./NewRun";
import { Run } from "./Run";
import { RunRow } from "./RunRow";
import "../look/page.css";
import "./evaluate.css";

const LOOK_AGAIN = 1500;

/** The assistant judged on one's own data: started here, kept, and two held side by side. */
export default function EvaluatePage(): ReactNode {
  const { t } = useTranslation();
  const { run, other } = useParams();
  if (!useMay("assistant:evaluate")) return <NotFoundPage />;
  return (
    <div className="page evaluate-page">
      <header className="page-top">
        {run !== undefined && <Link to="/evaluate" className="icon-button" aria-label={t("common.back")}><ArrowLeft size={18} /></Link>}
        <h1>{t(other === undefined ? "evaluate.title" : "evaluate.sideBySide")}</h1>
      </header>
      {run === undefined ? <Overview /> : other === undefined ? <Run id={run} /> : <Compare first={run} second={other} />}
    </div>
  );
}

function Overview(): ReactNode {
  const { t } = useTranslation();
  const list = useQuery({
    queryKey: evaluationsKey, queryFn: () => api.get<Evaluations>("/evaluations"), refetchInterval: ({ state }) => (state.data?.items.some(isUnderWay) ? LOOK_AGAIN : false),
  });
  if (list.isPending) return <Waiting rows={6} />;
  if (list.isError) return <FailedState title={t("evaluate.failed")} hint={sayProblem(list.error)} onRetry={() => void list.refetch()} />;
  return (
    <>
      <NewRun articles={list.data.articles} trial={list.data.trial} />
      <PastRuns items={list.data.items} />
    </>
  );
}

function PastRuns({ items }: { items: Evaluations["items"] }): ReactNode {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const kind = items.find(({ id }) => id === chosen[0])?.kind;
  const choose = (id: string): void => setChosen((now) => (now.includes(id) ? now.filter((it) => it !== id) : [...now.slice(-1), id]));
  // The older one first: what is new is then read as the change.
  const pair = items.filter(({ id }) => chosen.includes(id)).reverse();
  if (items.length === 0) return <section className="panel"><StatePage icon={<FlaskConical />} title={t("evaluate.empty")} hint={t("evaluate.emptyHint")} /></section>;
  return (
    <section className="panel">
      <div className="evaluate-past">
        <h2>{t("evaluate.past")}</h2>
        {pair.length === 2 ? <Link className="evaluate-compare" to={`/evaluate/${pair[0]?.id}/${pair[1]?.id}`}>{t("evaluate.compare")}</Link> : <span className="quiet">{t("evaluate.chooseTwo")}</span>}
      </div>
      <ul className="evaluate-runs">
        {items.map((it) => <RunRow key={it.id} it={it} chosen={chosen.includes(it.id)} mayChoose={it.state === "done" && (kind === undefined || kind === it.kind)} onChoose={() => choose(it.id)} onDropped={() => setChosen((now) => now.filter((id) => id !== it.id))} />)}
      </ul>
    </section>
  );
}
