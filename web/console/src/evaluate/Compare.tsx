import type { ReactNode } from "react";
import { ArrowDown, ArrowUp } from "lucide-react";
import { useQueries } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Evaluation } from "@tandem/shared";
import { FailedState, NotFoundPage } from "../app/StatePage";
import { languageNow } from "../i18n/i18n";
import { Waiting } from "../look/Waiting";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { differences, evaluationsKey, onlyIn, sayFigure, type Difference } from "./figures";
import { Mistakes } from "./Mistakes";
import { Facts } from "./Run";

/** Two judgings of the same kind: what the second does better or worse than the first. */
export function Compare({ first, second }: { first: string; second: string }): ReactNode {
  const { t } = useTranslation();
  const [one, other] = useQueries({ queries: [first, second].map((id) => ({ queryKey: [...evaluationsKey, id], queryFn: () => api.get<Evaluation>(`/evaluations/${id}`) })) });
  const failed = one?.error ?? other?.error;
  if (failed) return <FailedState title={t("evaluate.failed")} hint={sayProblem(failed)} onRetry={() => { void one?.refetch(); void other?.refetch(); }} />;
  if (!one?.data || !other?.data) return <Waiting rows={6} />;
  return one.data.kind === other.data.kind ? <Pair first={one.data} second={other.data} /> : <NotFoundPage />;
}

function Pair({ first, second }: { first: Evaluation; second: Evaluation }): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <section className="panel">
        <div className="evaluate-pair">
          {[first, second].map((it, index) => <div key={it.id}><h2 dir="auto"><span className="evaluate-side">{"AB"[index]}</span> {it.name}</h2><Facts it={it} /></div>)}
        </div>
        <div className="evaluate-scroll">
          <table className="evaluate-differences">
            <thead><tr><th>{t("evaluate.measure")}</th><th>A</th><th>B</th><th>{t("evaluate.difference")}</th></tr></thead>
            <tbody>{differences(first, second).map((it) => <Row key={it.name} it={it} />)}</tbody>
          </table>
        </div>
      </section>
      <section className="panel"><Mistakes kind={second.kind} title={t("evaluate.onlyB")} items={onlyIn(second, first)} /></section>
      <section className="panel"><Mistakes kind={first.kind} title={t("evaluate.onlyA")} items={onlyIn(first, second)} /></section>
    </>
  );
}

function Row({ it }: { it: Difference }): ReactNode {
  const { t } = useTranslation();
  const locale = languageNow();
  const apart = it.first === null || it.second === null ? null : it.second - it.first;
  const Arrow = apart !== null && apart > 0 ? ArrowUp : ArrowDown;
  return (
    <tr>
      <td>{t(`evaluate.figure.${it.name}`)}</td>
      <td className="numbers">{sayFigure(it.name, it.first, locale)}</td>
      <td className="numbers">{sayFigure(it.name, it.second, locale)}</td>
      <td className={`numbers evaluate-${it.verdict}`}>
        {apart === null || apart === 0 ? "—" : <><Arrow size={13} aria-hidden /> {sayFigure(it.name, Math.abs(apart), locale)} {it.verdict !== "neither" && t(`evaluate.verdict.${it.verdict}`)}</>}
      </td>
    </tr>
  );
}
