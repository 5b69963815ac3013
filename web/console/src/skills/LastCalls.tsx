import type { ReactNode } from "react";
import type { SkillCall } from "@tandem/shared";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { FailedState } from "../app/StatePage";
import { Arguments } from "../conversation/Skills";
import { Waiting } from "../look/Waiting";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { callsKey } from "./skills";

export function LastCalls({ name }: { name: string }): ReactNode {
  const { t, i18n } = useTranslation();
  const calls = useQuery({ queryKey: callsKey(name), queryFn: () => api.get<SkillCall[]>(`/skills/${encodeURIComponent(name)}/calls`) });
  if (calls.isPending) return <Waiting rows={3} />;
  if (calls.isError) return <FailedState title={t("skills.failed")} hint={sayProblem(calls.error)} onRetry={() => void calls.refetch()} />;
  if (calls.data.length === 0) return <p className="quiet">{t("skills.noCalls")}</p>;
  const moment = new Intl.DateTimeFormat(i18n.language, { dateStyle: "short", timeStyle: "medium" });
  return (
    <ul className="skill-calls">
      {calls.data.map((call) => (
        <li key={call.id}>
          <span className={`outcome outcome-${call.outcome}`}>{t(`outcome.${call.outcome}`)}</span>
          <span className="numbers">{call.ms} ms</span>
          <span className="quiet">{t(`skills.who.${call.who}`)} · {moment.format(new Date(call.at))}</span>
          {call.summary && <p>{call.summary}</p>}
          <Arguments given={call.arguments} />
        </li>
      ))}
    </ul>
  );
}
