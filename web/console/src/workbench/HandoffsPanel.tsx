import { useState, type ReactNode } from "react";
import { Segmented } from "antd";
import { Repeat2 } from "lucide-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { RepeatRate } from "@tandem/shared";
import { FailedState, StatePage } from "../app/StatePage";
import { languageNow } from "../i18n/i18n";
import { Waiting } from "../look/Waiting";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { SuggestionUse } from "./SuggestionUse";

const GOAL = 0.02;
const SPANS = [7, 30, 90];

/** How often customers are asked for what they have said. */
export function HandoffsPanel(): ReactNode {
  const { t } = useTranslation();
  const [days, setDays] = useState(30);
  const asked = useQuery({ queryKey: ["repeat-rate", days], queryFn: () => api.get<RepeatRate>("/packets/repeat-rate", { days }) });
  return (
    <>
      <p className="panel-lead">{t("repeat.lead")}</p>
      <Segmented value={days} onChange={setDays} options={SPANS.map((value) => ({ value, label: t("repeat.days", { count: value }) }))} />
      {asked.isPending && <Waiting rows={4} />}
      {asked.isError && <FailedState title={t("repeat.failed")} hint={sayProblem(asked.error)} onRetry={() => void asked.refetch()} />}
      {asked.data && (asked.data.rate === null ? <StatePage icon={<Repeat2 />} title={t("repeat.none")} hint={t("repeat.noneHint")} /> : <Rate found={asked.data} rate={asked.data.rate} />)}
      <SuggestionUse days={days} />
    </>
  );
}

function Rate({ found, rate }: { found: RepeatRate; rate: number }): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <section className="panel repeat-rate">
        <h2>{t("repeat.rate")}</h2>
        <p className={rate > GOAL ? "repeat-number repeat-over" : "repeat-number"}>{percent(rate)}</p>
        <p className="quiet numbers">{found.repeated} / {found.handoffs} · {t("repeat.between", { low: percent(found.low), high: percent(found.high) })}</p>
      </section>
      <Counts title={t("repeat.agent")} rows={found.agents} />
      <Counts title={t("repeat.version")} rows={found.versions} />
      {found.keys.length > 0 && (
        <table className="repeat-table">
          <thead><tr><th>{t("repeat.key")}</th><th>{t("repeat.times")}</th></tr></thead>
          <tbody>{found.keys.map(({ key, times }) => <tr key={key}><td>{t(`fact.${key}`, { defaultValue: key })}</td><td className="numbers">{times}</td></tr>)}</tbody>
        </table>
      )}
    </>
  );
}

function Counts({ title, rows }: { title: string; rows: RepeatRate["agents"] }): ReactNode {
  const { t } = useTranslation();
  return (
    <table className="repeat-table">
      <thead><tr><th>{title}</th><th>{t("repeat.handoffs")}</th><th>{t("repeat.repeated")}</th><th>{t("repeat.rate")}</th></tr></thead>
      <tbody>
        {rows.map(({ key, label, handoffs, repeated }) => (
          <tr key={key}><td dir="auto">{label}</td><td className="numbers">{handoffs}</td><td className="numbers">{repeated}</td><td className="numbers">{percent(repeated / handoffs)}</td></tr>
        ))}
      </tbody>
    </table>
  );
}

function percent(share: number): string {
  return new Intl.NumberFormat(languageNow(), { style: "percent", maximumFractionDigits: 1 }).format(share);
}
