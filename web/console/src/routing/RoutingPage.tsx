import type { ReactNode } from "react";
import { Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { FailedState, NotFoundPage } from "../app/StatePage";
import { Waiting } from "../look/Waiting";
import { sayProblem } from "../session/problem";
import { useMay } from "../session/session";
import { AgentsTab } from "./AgentsTab";
import { HoursTab } from "./HoursTab";
import { NamesTab } from "./NamesTab";
import { QueuesTab } from "./QueuesTab";
import { RuleTab } from "./RuleTab";
import { useRouting } from "./settings";
import "../look/page.css";
import "./routing.css";

export default function RoutingPage(): ReactNode {
  return useMay("routing:manage") ? <Routing /> : <NotFoundPage />;
}

function Routing(): ReactNode {
  const { t } = useTranslation();
  const { tab = "queues" } = useParams();
  const navigate = useNavigate();
  const settings = useRouting();
  const data = settings.data;
  return (
    <div className="page">
      <header className="page-top"><h1>{t("section.routing")}</h1></header>
      {settings.isPending && <Waiting rows={6} />}
      {settings.isError && <FailedState title={t("routing.failed")} hint={sayProblem(settings.error)} onRetry={() => void settings.refetch()} />}
      {data && (
        <Tabs
          activeKey={tab}
          onChange={(key) => void navigate(`/routing/${key}`)}
          destroyOnHidden
          items={[
            { key: "queues", label: t("routing.tab.queues"), children: <QueuesTab settings={data} /> },
            { key: "people", label: t("routing.tab.people"), children: <AgentsTab settings={data} /> },
            { key: "names", label: t("routing.tab.names"), children: <NamesTab settings={data} /> },
            { key: "hours", label: t("routing.tab.hours"), children: <HoursTab settings={data} /> },
            { key: "rule", label: t("routing.tab.rule"), children: <RuleTab key={data.rule.version} settings={data} /> },
          ]}
        />
      )}
    </div>
  );
}
