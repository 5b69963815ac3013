import { useEffect, useState, type ReactNode } from "react";
import { Tabs } from "antd";
import { CircleCheck } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { FailedState, NotFoundPage, StatePage } from "../app/StatePage";
import { Waiting } from "../look/Waiting";
import { sayProblem } from "../session/problem";
import { useMay } from "../session/session";
import { Case } from "./Case";
import { Differences } from "./Differences";
import { useExceptions, type Which } from "./exceptions";
import { Authority } from "./Authority";
import "../look/page.css";
import "./exceptions.css";

export default function ApprovalsPage(): ReactNode {
  return useMay("conversation:reply") ? <Approvals /> : <NotFoundPage />;
}

function Approvals(): ReactNode {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { tab = "waiting" } = useParams();
  const supervises = useMay("desk:supervise");
  const items = [
    { key: "waiting", label: t("exception.tab.waiting"), children: <Cases which="waiting" /> },
    { key: "to_do", label: t("exception.tab.to_do"), children: <Cases which="to_do" /> },
    { key: "decided", label: t("exception.tab.decided"), children: <Cases which="decided" /> },
    ...(supervises ? [{ key: "differences", label: t("exception.tab.differences"), children: <Differences /> }] : []),
    ...(supervises ? [{ key: "authority", label: t("exception.tab.authority"), children: <Authority /> }] : []),
  ];
  return (
    <div className="page">
      <header className="page-top"><h1>{t("section.approvals")}</h1></header>
      <Tabs activeKey={tab} items={items} destroyOnHidden onChange={(key) => void navigate(`/approvals/${key}`, { replace: true })} />
    </div>
  );
}

function Cases({ which }: { which: Which }): ReactNode {
  const { t } = useTranslation();
  const found = useExceptions(which);
  const [open, setOpen] = useState<string | null>(null);
  const first = found.data?.find((view) => view.may_decide || view.may_carry)?.exception.id ?? null;
  useEffect(() => {
    setOpen((now) => now ?? first);
  }, [first]);
  if (found.isPending) return <Waiting rows={4} />;
  if (found.isError) return <FailedState title={t("exception.failed")} hint={sayProblem(found.error)} onRetry={() => void found.refetch()} />;
  if (found.data.length === 0) return <StatePage icon={<CircleCheck />} title={t(`exception.none.${which}`)} hint={t(`exception.noneHint.${which}`)} />;
  return (
    <ul className="cases">
      {found.data.map((view) => <Case key={view.exception.id} view={view} open={open === view.exception.id} onOpen={(on) => setOpen(on ? view.exception.id : "")} />)}
    </ul>
  );
}
