/** A whole page or pane that has nothing to show but a state: what happened, what was kept, one way on. */

import type { ReactNode } from "react";
import { Button } from "antd";
import { CloudOff, FileQuestion, TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import "./state-page.css";

export function StatePage(props: { icon?: ReactNode; title: string; hint?: ReactNode; action?: ReactNode; alert?: boolean }): ReactNode {
  return (
    <div className="state-page" role={props.alert ? "alert" : undefined}>
      {props.icon && <div className="state-page-icon" aria-hidden>{props.icon}</div>}
      <h2>{props.title}</h2>
      {props.hint && <p>{props.hint}</p>}
      {props.action && <div className="state-page-action">{props.action}</div>}
    </div>
  );
}

export function FailedState({ title, hint, onRetry }: { title: string; hint: string; onRetry: () => void }): ReactNode {
  const { t } = useTranslation();
  return (
    <StatePage alert icon={<CloudOff />} title={title} hint={hint} action={<Button onClick={onRetry}>{t("common.retry")}</Button>} />
  );
}

export function CrashPage(): ReactNode {
  const { t } = useTranslation();
  const action = <Button type="primary" onClick={() => location.reload()}>{t("problem.reload")}</Button>;
  return <StatePage alert icon={<TriangleAlert />} title={t("problem.crash")} hint={t("problem.crashDetail")} action={action} />;
}

export function NotFoundPage(): ReactNode {
  const { t } = useTranslation();
  const action = <Link to="/inbox/mine">{t("problem.toInbox")}</Link>;
  return <StatePage icon={<FileQuestion />} title={t("problem.notFound")} hint={t("problem.notFoundDetail")} action={action} />;
}
