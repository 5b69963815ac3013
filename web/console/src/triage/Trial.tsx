import { useEffect, useRef, useState, type ReactNode } from "react";
import { App, Button, Progress } from "antd";
import { ArrowRight, FlaskConical } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { TriageChanged, TriageRules, TriageTried } from "@tandem/shared";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { LOOKED_AT } from "./rules";

const SHOWN = 100;

type Result = { conversations: number; turns: number; changed: TriageChanged[]; running: boolean };
const NOTHING: Result = { conversations: 0, turns: 0, changed: [], running: true };

/** What would have been otherwise, read again page by page; what is found is shown while it goes on. */
export function Trial({ rules }: { rules: TriageRules }): ReactNode {
  const { t } = useTranslation();
  const [result, start, stop] = useTrial(rules);
  return (
    <section className="panel">
      <div className="triage-trial">
        <Button icon={<FlaskConical size={16} />} disabled={result?.running ?? false} onClick={start}>{t("triage.tryIt", { count: LOOKED_AT })}</Button>
        {result?.running && <Button type="text" onClick={stop}>{t("triage.stop")}</Button>}
      </div>
      {result?.running && (
        <div role="status">
          <Progress percent={Math.round((result.conversations / LOOKED_AT) * 100)} showInfo={false} size="small" />
          <span className="quiet numbers">{t("triage.trying", { done: result.conversations, count: LOOKED_AT })}</span>
        </div>
      )}
      {result && !result.running && (
        <p role="status" className="numbers">{t(result.changed.length > 0 ? "triage.tried" : "triage.triedNone", { conversations: result.conversations, turns: result.turns, changed: result.changed.length })}</p>
      )}
      {result && result.changed.length > 0 && (
        <ul className="triage-changed">
          {result.changed.slice(0, SHOWN).map((it) => <Change key={`${it.conversation}${it.seq}`} it={it} />)}
        </ul>
      )}
      {result && result.changed.length > SHOWN && <p className="quiet">{t("triage.more", { count: SHOWN })}</p>}
    </section>
  );
}

function Change({ it }: { it: TriageChanged }): ReactNode {
  return (
    <li>
      <Link to={`/inbox/all/${it.conversation}`} className="clip">{it.said}</Link>
      <span className="triage-from"><Outcome it={it.before} /></span>
      <ArrowRight aria-hidden />
      <span className="triage-to"><Outcome it={it.after} /></span>
    </li>
  );
}

function Outcome({ it }: { it: TriageChanged["before"] }): ReactNode {
  const { t } = useTranslation();
  if (it.reason !== null) return t("triage.handed", { reason: t(`reason.${it.reason}`) });
  return t(it.offer ? "triage.offered" : "triage.nothing");
}

function useTrial(rules: TriageRules): [Result | null, () => void, () => void] {
  const { message } = App.useApp();
  const [result, setResult] = useState<Result | null>(null);
  const run = useRef(0);
  const stop = (): void => {
    run.current += 1;
    setResult((now) => now && { ...now, running: false });
  };
  useEffect(() => {
    // What was found holds for the rules as they were then.
    run.current += 1;
    setResult(null);
    return () => void (run.current += 1);
  }, [rules]);
  const start = async (): Promise<void> => {
    const mine = ++run.current;
    let seen: Result = NOTHING;
    let cursor: string | null = null;
    setResult(seen);
    try {
      do {
        const page: TriageTried = await api.post<TriageTried>("/triage/rules/try", { rules, cursor });
        if (run.current !== mine) return;
        seen = { conversations: seen.conversations + page.conversations, turns: seen.turns + page.turns, changed: [...seen.changed, ...page.changed], running: true };
        setResult(seen);
        cursor = page.next;
      } while (cursor !== null && seen.conversations < LOOKED_AT);
    } catch (error) {
      message.error(sayProblem(error));
    }
    if (run.current === mine) setResult({ ...seen, running: false });
  };
  return [result, () => void start(), stop];
}
