import { useState, type ReactNode } from "react";
import { App, Button, InputNumber, Select } from "antd";
import { Plus, X } from "lucide-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { ExceptionLimit, OwnDelegate } from "@tandem/shared";
import { FailedState } from "../app/StatePage";
import { useColleagues } from "../app/presence";
import { languageNow } from "../i18n/i18n";
import { sayMoney } from "../look/money";
import { Waiting } from "../look/Waiting";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { useMay, useMe } from "../session/session";
import { ROLES } from "../users/users";
import { CURRENCIES, exceptionsKey, fromMinor, KINDS, toMinor } from "./exceptions";

const limitsKey = [exceptionsKey, "limits"];
const delegateKey = [exceptionsKey, "delegate"];

/** Who may grant how much, and who stands in. */
export function Authority(): ReactNode {
  const { t } = useTranslation();
  const limits = useQuery({ queryKey: limitsKey, queryFn: () => api.get<ExceptionLimit[]>("/exceptions/limits"), staleTime: Infinity });
  return (
    <>
      <StandIn />
      {limits.isPending && <Waiting rows={4} />}
      {limits.isError && <FailedState title={t("exception.failed")} hint={sayProblem(limits.error)} onRetry={() => void limits.refetch()} />}
      {limits.data && <Limits key={JSON.stringify(limits.data)} known={limits.data} />}
    </>
  );
}

function StandIn(): ReactNode {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const me = useMe().user.id;
  const colleagues = (useColleagues() ?? []).filter(({ id }) => id !== me);
  const own = useQuery({ queryKey: delegateKey, queryFn: () => api.get<OwnDelegate>("/me/delegate") });
  const set = (delegate: string | null): void => {
    api.put<OwnDelegate>("/me/delegate", { delegate }).then(
      (now) => {
        queries.setQueryData(delegateKey, now);
        message.success(t("common.saved"));
      },
      (error: unknown) => void message.error(sayProblem(error)),
    );
  };
  return (
    <section className="panel">
      <h2>{t("exception.standIn")}</h2>
      <p className="panel-lead">{t("exception.standInLead")}</p>
      <Select aria-label={t("exception.standIn")} className="stand-in" allowClear showSearch optionFilterProp="label" placeholder={t("exception.nobody")} value={own.data?.delegate?.delegate ?? null} onChange={(value: string | undefined) => set(value ?? null)} options={colleagues.map(({ id, name }) => ({ value: id, label: name }))} />
    </section>
  );
}

function Limits({ known }: { known: ExceptionLimit[] }): ReactNode {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const sets = useMay("exception:manage");
  const [limits, setLimits] = useState(known);
  const change = (place: number, next: Partial<ExceptionLimit>): void => setLimits(limits.map((limit, at) => (at === place ? { ...limit, ...next } : limit)));
  const save = (): void => {
    api.put<ExceptionLimit[]>("/exceptions/limits", { limits }).then(
      (now) => {
        queries.setQueryData(limitsKey, now);
        message.success(t("common.saved"));
      },
      (error: unknown) => void message.error(sayProblem(error)),
    );
  };
  return (
    <section className="panel">
      <h2>{t("exception.limits")}</h2>
      <p className="panel-lead">{t("exception.limitsLead")}</p>
      <div className="exception-scroll">
        <table className="exception-table limits">
          <thead><tr><th>{t("users.role")}</th><th>{t("exception.kindLabel")}</th><th>{t("exception.currency")}</th><th>{t("exception.own")}</th><th>{t("exception.grants")}</th><th>{t("exception.minutes")}</th>{sets && <th><span className="unseen">{t("exception.removeLimit")}</span></th>}</tr></thead>
          <tbody>
            {limits.map((limit, place) => (
              <LimitRow key={place} limit={limit} sets={sets} onChange={(next) => change(place, next)} onDrop={() => setLimits(limits.filter((_, at) => at !== place))} />
            ))}
          </tbody>
        </table>
      </div>
      {sets && (
        <div className="limits-foot">
          <Button icon={<Plus size={15} />} onClick={() => setLimits([...limits, { role: "supervisor", kind: "refund", currency: "CNY", own: 0, grants: 0, minutes: 60 }])}>{t("exception.addLimit")}</Button>
          <Button type="primary" disabled={limits === known} onClick={save}>{t("common.save")}</Button>
        </div>
      )}
    </section>
  );
}

type RowProps = { limit: ExceptionLimit; sets: boolean; onChange: (next: Partial<ExceptionLimit>) => void; onDrop: () => void };

function ReadRow({ limit }: { limit: ExceptionLimit }): ReactNode {
  const { t } = useTranslation();
  const money = (amount: number): string => sayMoney({ amount, currency: limit.currency }, languageNow());
  return (
    <tr>
      <td>{t(`role.${limit.role}`)}</td>
      <td>{t(`exception.kind.${limit.kind}`)}</td>
      <td>{limit.currency}</td>
      <td className="numbers">{money(limit.own)}</td>
      <td className="numbers">{limit.grants === null ? t("exception.noBound") : money(limit.grants)}</td>
      <td className="numbers">{limit.minutes}</td>
    </tr>
  );
}

function LimitRow({ limit, sets, onChange, onDrop }: RowProps): ReactNode {
  const { t } = useTranslation();
  const { currency } = limit;
  const typed = (amount: number): number => fromMinor({ amount, currency });
  if (!sets) return <ReadRow limit={limit} />;
  return (
    <tr>
      <td><Select value={limit.role} onChange={(role) => onChange({ role })} options={ROLES.map((value) => ({ value, label: t(`role.${value}`) }))} aria-label={t("users.role")} /></td>
      <td><Select value={limit.kind} onChange={(kind) => onChange({ kind })} options={(["any", ...KINDS] as const).map((value) => ({ value, label: t(`exception.kind.${value}`) }))} aria-label={t("exception.kindLabel")} /></td>
      <td><Select value={currency} onChange={(value) => onChange({ currency: value })} options={CURRENCIES.map((value) => ({ value, label: value }))} aria-label={t("exception.currency")} /></td>
      <td><InputNumber min={0} precision={2} value={typed(limit.own)} onChange={(value) => onChange({ own: toMinor(value ?? 0, currency) })} aria-label={t("exception.own")} /></td>
      <td><InputNumber min={0} precision={2} placeholder={t("exception.noBound")} value={limit.grants === null ? null : typed(limit.grants)} onChange={(value) => onChange({ grants: value === null ? null : toMinor(value, currency) })} aria-label={t("exception.grants")} /></td>
      <td><InputNumber min={1} max={10080} value={limit.minutes} onChange={(value) => onChange({ minutes: value ?? 60 })} aria-label={t("exception.minutes")} /></td>
      <td><button type="button" className="icon-button" onClick={onDrop} aria-label={t("exception.removeLimit")}><X size={15} /></button></td>
    </tr>
  );
}
