import { useState, type ReactNode } from "react";
import { Segmented } from "antd";
import { Scale } from "lucide-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { ExceptionDifference } from "@tandem/shared";
import { FailedState, StatePage } from "../app/StatePage";
import { languageNow } from "../i18n/i18n";
import { sayLanguage } from "../look/languages";
import { sayMoney } from "../look/money";
import { Waiting } from "../look/Waiting";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { exceptionsKey, FEW, shareOf } from "./exceptions";

const SPANS = [30, 90, 365];
const GROUPS = ["tier", "language", "channel"] as const;

/** Whether like customers fare alike: what was granted, by group, with how many cases that is known from. */
export function Differences(): ReactNode {
  const { t } = useTranslation();
  const [days, setDays] = useState(90);
  const found = useQuery({ queryKey: [exceptionsKey, "differences", days], queryFn: () => api.get<ExceptionDifference[]>("/exceptions/differences", { days }) });
  return (
    <>
      <p className="panel-lead">{t("exception.differencesLead", { few: FEW })}</p>
      <Segmented value={days} onChange={setDays} options={SPANS.map((value) => ({ value, label: t("repeat.days", { count: value }) }))} />
      {found.isPending && <Waiting rows={4} />}
      {found.isError && <FailedState title={t("exception.failed")} hint={sayProblem(found.error)} onRetry={() => void found.refetch()} />}
      {found.data?.length === 0 && <StatePage icon={<Scale />} title={t("exception.noDifferences")} hint={t("exception.noDifferencesHint")} />}
      {found.data && found.data.length > 0 && GROUPS.map((by) => <Group key={by} by={by} rows={found.data.filter((row) => row.by === by)} />)}
    </>
  );
}

function Group({ by, rows }: { by: (typeof GROUPS)[number]; rows: ExceptionDifference[] }): ReactNode {
  const { t } = useTranslation();
  const sayGroup = (group: string): string => (group === "" ? t("exception.unknown") : by === "language" ? sayLanguage(group) : group);
  return (
    <div className="exception-scroll" tabIndex={0} role="region" aria-label={t(`exception.by.${by}`)}>
      <table className="exception-table">
        <thead><tr><th>{t(`exception.by.${by}`)}</th><th>{t("exception.kindLabel")}</th><th>{t("exception.cases")}</th><th>{t("exception.share")}</th><th>{t("exception.median")}</th></tr></thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.group} ${row.kind} ${row.currency}`} className={row.decided < FEW ? "quiet" : ""}>
              <td dir="auto">{sayGroup(row.group)}</td>
              <td>{t(`exception.kind.${row.kind}`)}</td>
              <td className="numbers">{row.granted} / {row.decided}</td>
              <td className="numbers">{shareOf(row.granted, row.decided)}%{row.decided < FEW && ` · ${t("exception.few")}`}</td>
              <td className="numbers">{row.median === null ? "–" : sayMoney({ amount: row.median, currency: row.currency }, languageNow())}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
