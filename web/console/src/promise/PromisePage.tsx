import { useState, type ReactNode } from "react";
import { App, Button, InputNumber } from "antd";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { PromiseView } from "@tandem/shared";
import { FailedState, NotFoundPage } from "../app/StatePage";
import { Waiting } from "../look/Waiting";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { useMay } from "../session/session";
import { History } from "./History";
import { percent, promiseKey, shareOf, stateOf } from "./promise";
import { Review } from "./Review";
import { Thresholds } from "./Thresholds";
import "../look/page.css";
import "./promise.css";

export default function PromisePage(): ReactNode {
  return useMay("knowledge:publish") ? <ThePromise /> : <NotFoundPage />;
}

function ThePromise(): ReactNode {
  const { t } = useTranslation();
  const promise = useQuery({ queryKey: promiseKey, queryFn: () => api.get<PromiseView>("/promise") });
  return (
    <div className="page">
      <header className="page-top"><h1>{t("promise.title")}</h1></header>
      {promise.isPending && <Waiting rows={5} />}
      {promise.isError && <FailedState title={t("promise.failed")} hint={sayProblem(promise.error)} onRetry={() => void promise.refetch()} />}
      {promise.data && (
        <>
          <TheNumber key={promise.data.max_wrong} view={promise.data} />
          <Review count={promise.data.waiting} />
          <Thresholds accounts={promise.data.accounts} />
          <History history={promise.data.history} />
        </>
      )}
    </div>
  );
}

function TheNumber({ view }: { view: PromiseView }): ReactNode {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const sets = useMay("assistant:manage");
  const [typed, setTyped] = useState<number | null>(view.max_wrong * 100);
  const share = shareOf(typed);
  const save = async (): Promise<void> => {
    try {
      await api.put("/promise", { max_wrong: share });
      await queries.invalidateQueries({ queryKey: promiseKey });
      message.success(t("promise.saved"));
    } catch (error) {
      message.error(sayProblem(error));
    }
  };
  return (
    <section className="panel">
      <p className="promise-lead">{t("promise.lead")}</p>
      <div className="promise-number">
        <label htmlFor="promise-number">{t("promise.number")}</label>
        <InputNumber id="promise-number" value={typed} min={0.1} max={20} step={0.5} disabled={!sets} status={share === null ? "error" : ""} onChange={setTyped} onPressEnter={() => void save()} suffix={t("promise.percent")} />
        {sets && <Button type="primary" disabled={share === null || share === view.max_wrong} onClick={() => void save()}>{t("promise.save")}</Button>}
        {share === null && <span role="alert" className="promise-wrong">{t("promise.needNumber")}</span>}
      </div>
      <Kept view={view} />
    </section>
  );
}

/** What was kept, as a bar from 0 to what matters, with the promise as a line in it. */
function Kept({ view }: { view: PromiseView }): ReactNode {
  const { t } = useTranslation();
  const { kept, max_wrong: promised } = view;
  const state = stateOf(kept, promised);
  const end = Math.max(promised * 3, Math.min(1, kept.high * 1.15));
  const at = (share: number): string => `${Math.min(100, (share / end) * 100)}%`;
  return (
    <div className="promise-kept">
      <h2>{t("promise.kept")} <span className={`promise-state promise-state-${state}`}>{t(`promise.state.${state}`)}</span></h2>
      <p>
        {kept.judged === 0
          ? t("promise.keptNone")
          : t("promise.keptSome", { judged: kept.judged, wrong: kept.wrong, share: percent(kept.wrong / kept.judged), low: percent(kept.low), high: percent(kept.high) })}
      </p>
      {kept.judged > 0 && (
        <div className="promise-bar" aria-hidden>
          <i className="promise-span" style={{ insetInlineStart: at(kept.low), width: `calc(${at(kept.high)} - ${at(kept.low)})` }} />
          <i className="promise-point" style={{ insetInlineStart: at(kept.wrong / kept.judged) }} />
          <i className="promise-line" style={{ insetInlineStart: at(promised) }}><b className="numbers">{percent(promised)}</b></i>
        </div>
      )}
    </div>
  );
}
