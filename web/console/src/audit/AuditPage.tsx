import { useState, type ReactNode } from "react";
import { Button, Select } from "antd";
import { ScrollText } from "lucide-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { AuditLine, AuditPage as Lines } from "@tandem/shared";
import { FailedState, NotFoundPage, StatePage } from "../app/StatePage";
import { useColleagues } from "../app/presence";
import { useSayWhen } from "../conversation/OrderLine";
import { Waiting } from "../look/Waiting";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { useMay } from "../session/session";
import { AREAS, useSayDeed, useSayDetail } from "./saying";
import "../look/page.css";
import "./audit.css";

const SPANS = [7, 30, 90, 365];
const PAGE = 50;

export default function AuditPage(): ReactNode {
  return useMay("audit:read") ? <Audit /> : <NotFoundPage />;
}

function Audit(): ReactNode {
  const { t } = useTranslation();
  const [actor, setActor] = useState<string | null>(null);
  const [area, setArea] = useState<string | null>(null);
  const [days, setDays] = useState(30);
  const people = useColleagues() ?? [];
  const found = useInfiniteQuery({
    queryKey: ["audit", actor, area, days],
    queryFn: ({ pageParam }) => api.get<Lines>("/audit", { days, limit: PAGE, ...(actor && { actor }), ...(area && { area }), ...(pageParam !== null && { before: pageParam }) }),
    initialPageParam: null as number | null,
    getNextPageParam: (last) => last.next,
    refetchOnMount: "always",
  });
  return (
    <div className="page">
      <header className="page-top"><h1>{t("section.audit")}</h1></header>
      <p className="panel-lead">{t("audit.lead")}</p>
      <div className="audit-filters">
        <Select allowClear showSearch={{ optionFilterProp: "label" }} value={actor} placeholder={t("audit.anybody")} aria-label={t("audit.who")} options={people.map(({ id, name }) => ({ value: id, label: name }))} onChange={(value?: string | null) => setActor(value ?? null)} />
        <Select allowClear value={area} placeholder={t("audit.anything")} aria-label={t("audit.what")} options={AREAS.map((value) => ({ value, label: t(`audit.area.${value}`) }))} onChange={(value?: string | null) => setArea(value ?? null)} />
        <Select value={days} aria-label={t("audit.when")} options={SPANS.map((value) => ({ value, label: t("repeat.days", { count: value }) }))} onChange={setDays} />
      </div>
      {found.isPending && <Waiting rows={6} />}
      {found.isError && <FailedState title={t("audit.failed")} hint={sayProblem(found.error)} onRetry={() => void found.refetch()} />}
      {found.data && <Found lines={found.data.pages.flatMap(({ items }) => items)} />}
      {found.hasNextPage && <div className="audit-more"><Button loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>{t("audit.more")}</Button></div>}
    </div>
  );
}

function Found({ lines }: { lines: readonly AuditLine[] }): ReactNode {
  const { t } = useTranslation();
  if (lines.length === 0) return <StatePage icon={<ScrollText />} title={t("audit.none")} hint={t("audit.noneHint")} />;
  return (
    <section className="panel audit">
      <table>
        <thead><tr><th>{t("audit.when")}</th><th>{t("audit.who")}</th><th>{t("audit.what")}</th><th>{t("audit.whom")}</th><th>{t("audit.detail")}</th></tr></thead>
        <tbody>{lines.map((line) => <Line key={line.id} line={line} />)}</tbody>
      </table>
    </section>
  );
}

function Line({ line }: { line: AuditLine }): ReactNode {
  const { t } = useTranslation();
  const sayWhen = useSayWhen();
  const sayDeed = useSayDeed();
  const sayDetail = useSayDetail();
  return (
    <tr>
      <td className="numbers quiet"><time dateTime={line.at}>{sayWhen(line.at)}</time></td>
      <td><bdi>{line.actor_name || t("audit.system")}</bdi></td>
      <td>{sayDeed(line.action)}</td>
      <td className="audit-whom" dir="auto">{line.conversation ? <Link to={`/inbox/all/${line.conversation}`} title={t("audit.look")}>{line.subject_name || t("voice.visitor")}</Link> : line.subject_name}</td>
      <td className="audit-detail quiet" dir="auto">{sayDetail(line)}</td>
    </tr>
  );
}
