import { useState, type ReactNode } from "react";
import { App, Button, Input } from "antd";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Refused, type TriageRules, type TriageRulesView } from "@tandem/shared";
import { FailedState, NotFoundPage } from "../app/StatePage";
import { Waiting } from "../look/Waiting";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { useMay } from "../session/session";
import { ReasonTable } from "./ReasonTable";
import { RulesHistory } from "./RulesHistory";
import { rulesKey } from "./rules";
import { Trial } from "./Trial";
import "../look/page.css";
import "./triage.css";

export default function TriagePage(): ReactNode {
  return useMay("assistant:manage") ? <Rules /> : <NotFoundPage />;
}

function Rules(): ReactNode {
  const { t } = useTranslation();
  const rules = useQuery({ queryKey: rulesKey, queryFn: () => api.get<TriageRulesView>("/triage/rules"), staleTime: Infinity });
  return (
    <div className="page triage-page">
      <header className="page-top"><h1>{t("triage.title")}</h1></header>
      {rules.isPending && <Waiting rows={6} />}
      {rules.isError && <FailedState title={t("triage.failed")} hint={sayProblem(rules.error)} onRetry={() => void rules.refetch()} />}
      {rules.data && <Editing key={rules.data.version} view={rules.data} />}
    </div>
  );
}

function Editing({ view }: { view: TriageRulesView }): ReactNode {
  const { t } = useTranslation();
  const [rules, setRules] = useState<TriageRules>(view.rules);
  const [note, setNote] = useState("");
  const changed = rules !== view.rules;
  const save = useSave(view.version);
  return (
    <>
      <section className="panel">
        <p className="triage-lead">{t("triage.lead")}</p>
        <ReasonTable reasons={view.reasons} rules={rules} onChange={setRules} />
        {changed && (
          <div className="triage-save">
            <Input value={note} maxLength={200} placeholder={t("triage.note")} aria-label={t("triage.note")} onChange={(event) => setNote(event.target.value)} />
            <Button onClick={() => setRules(view.rules)}>{t("triage.reset")}</Button>
            <Button type="primary" onClick={() => void save(rules, note)}>{t("triage.save")}</Button>
          </div>
        )}
      </section>
      <Trial rules={rules} />
      <RulesHistory history={view.history} />
    </>
  );
}

function useSave(version: number): (rules: TriageRules, note: string) => Promise<void> {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  return async (rules, note) => {
    try {
      await api.put("/triage/rules", { rules, version, note });
      await queries.invalidateQueries({ queryKey: rulesKey });
      message.success(t("triage.saved"));
    } catch (error) {
      message.error(error instanceof Refused && error.status === 409 ? t("triage.conflict") : sayProblem(error));
    }
  };
}
