import type { ReactNode } from "react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { KnowledgeImport } from "@tandem/shared";
import { FailedState } from "../app/StatePage";
import { Waiting } from "../look/Waiting";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { importsKey } from "./keys";

/** What of a document was not understood, and what is no longer in it. */
export function ImportReport({ id }: { id: string }): ReactNode {
  const { t } = useTranslation();
  const report = useQuery({ queryKey: [...importsKey, id], queryFn: () => api.get<KnowledgeImport>(`/knowledge/imports/${id}`) });
  if (report.isPending) return <Waiting rows={2} />;
  if (report.isError) return <FailedState title={t("problem.load")} hint={sayProblem(report.error)} onRetry={() => void report.refetch()} />;
  const { unclear, more_unclear, gone } = report.data;
  return (
    <div className="import-report">
      {unclear.length === 0 && gone.length === 0 && <p className="quiet">{t("knowledge.allUnderstood")}</p>}
      {unclear.length > 0 && (
        <table>
          <caption>{t("knowledge.notUnderstood")}</caption>
          <tbody>
            {unclear.map(({ place, what }, index) => (
              <tr key={index}><td dir="auto">{place}</td><td className="quiet">{t(`knowledge.unclear.${what}`)}</td></tr>
            ))}
          </tbody>
        </table>
      )}
      {more_unclear > 0 && <p className="quiet">{t("knowledge.moreUnclear", { count: more_unclear })}</p>}
      {gone.length > 0 && (
        <>
          <h3>{t("knowledge.gone")}</h3>
          <ul>{gone.map((article) => <li key={article.id}><Link to={`/knowledge/${article.id}`} dir="auto">{article.question}</Link></li>)}</ul>
        </>
      )}
    </div>
  );
}
