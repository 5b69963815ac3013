import { type ReactNode } from "react";
import { Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { NotFoundPage } from "../app/StatePage";
import { useMay } from "../session/session";
import { FieldsPanel } from "./FieldsPanel";
import { HandoffsPanel } from "./HandoffsPanel";
import { MacrosPanel } from "./MacrosPanel";
import { PhrasesPanel } from "./PhrasesPanel";
import { TagsPanel } from "./TagsPanel";
import "../look/page.css";
import "../inbox/order.css";
import "./workbench.css";

export default function WorkbenchPage(): ReactNode {
  return useMay("conversation:reply") ? <Workbench /> : <NotFoundPage />;
}

function Workbench(): ReactNode {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { tab = "phrases" } = useParams();
  const manages = useMay("channel:manage");
  const supervises = useMay("conversation:assign");
  const items = [
    { key: "phrases", label: t("writing.phrases"), children: <PhrasesPanel /> },
    { key: "macros", label: t("writing.macros"), children: <MacrosPanel /> },
    { key: "tags", label: t("order.tags"), children: <TagsPanel /> },
    ...(manages ? [{ key: "fields", label: t("person.fields"), children: <FieldsPanel /> }] : []),
    ...(supervises ? [{ key: "handoffs", label: t("repeat.tab"), children: <HandoffsPanel /> }] : []),
  ];
  return (
    <div className="page">
      <header className="page-top"><h1>{t("section.workbench")}</h1></header>
      <p className="panel-lead">{t("workbench.lead")}</p>
      <Tabs activeKey={tab} items={items} destroyOnHidden onChange={(key) => void navigate(`/workbench/${key}`, { replace: true })} />
    </div>
  );
}
