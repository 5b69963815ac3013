import { useState, type ReactNode } from "react";
import { App, Button, Checkbox, Input, InputNumber, Segmented } from "antd";
import { useTranslation } from "react-i18next";
import type { ExceptionView } from "@tandem/shared";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { fromMinor, isSettled, toMinor, useAgain, type Verdict } from "./exceptions";

const VERDICTS: readonly Verdict[] = ["granted", "changed", "refused"];

export function DecideForm({ view: { exception: it, remedy } }: { view: ExceptionView }): ReactNode {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const again = useAgain();
  const [verdict, setVerdict] = useState<Verdict>("granted");
  const [reason, setReason] = useState("");
  const [what, setWhat] = useState(it.what);
  const [cost, setCost] = useState<number | null>(fromMinor(it.cost));
  const [byHand, setByHand] = useState(false);
  const [busy, setBusy] = useState(false);
  const changes = verdict === "changed";
  const ready = reason.trim() !== "" && (!changes || (what.trim() !== "" && cost !== null));
  const decide = async (): Promise<void> => {
    if (!ready || busy) return;
    setBusy(true);
    const other = changes && cost !== null ? { what, cost: toMinor(cost, it.cost.currency), by_hand: byHand } : {};
    try {
      const { exception: now } = await api.post<ExceptionView>(`/exceptions/${it.id}/decision`, { version: it.version, verdict, reason, ...other });
      message.success(now.state === "waiting" ? t("exception.passedUp", { role: t(`role.${now.level}`) }) : t("exception.decided"));
      again();
    } catch (error) {
      message.error(sayProblem(error));
      if (isSettled(error)) again();
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className="decide" onSubmit={(event) => { event.preventDefault(); void decide(); }} onKeyDown={(event) => { if ((event.metaKey || event.ctrlKey) && event.key === "Enter") void decide(); }}>
      <Segmented value={verdict} onChange={setVerdict} options={VERDICTS.map((value) => ({ value, label: t(`exception.verdict.${value}`) }))} />
      {changes && (
        <div className="decide-other">
          <Input value={what} maxLength={200} onChange={(event) => setWhat(event.target.value)} aria-label={t("exception.insteadWhat")} />
          <InputNumber value={cost} min={0} precision={2} onChange={setCost} aria-label={t("exception.cost")} suffix={it.cost.currency} />
          {remedy !== null && <Checkbox className="decide-hand" checked={byHand} onChange={(event) => setByHand(event.target.checked)}>{t("exception.otherByHand", { remedy })}</Checkbox>}
        </div>
      )}
      <Input.TextArea value={reason} maxLength={1000} autoSize={{ minRows: 2, maxRows: 6 }} placeholder={t("exception.reasonHint")} aria-label={t("exception.reason")} onChange={(event) => setReason(event.target.value)} />
      <Button type="primary" htmlType="submit" danger={verdict === "refused"} loading={busy} disabled={!ready}>{t(`exception.do.${verdict}`)}</Button>
    </form>
  );
}
