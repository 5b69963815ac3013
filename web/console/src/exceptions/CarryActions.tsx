import { useState, type ReactNode } from "react";
import { App, Button, Input, Popover } from "antd";
import { useTranslation } from "react-i18next";
import type { ExceptionView } from "@tandem/shared";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { useAgain } from "./exceptions";

/** What no system did: have it tried again, or say how it was done by hand. */
export function CarryActions({ view: { exception: it, may_carry } }: { view: ExceptionView }): ReactNode {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const again = useAgain();
  const [how, setHow] = useState("");
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  if (!may_carry) return null;
  const act = async (path: string, body: object): Promise<void> => {
    setBusy(true);
    try {
      await api.post(`/exceptions/${it.id}/${path}`, body);
      setOpen(false);
    } catch (error) {
      message.error(sayProblem(error));
    }
    setBusy(false);
    again();
  };
  const form = (
    <form className="carry-form" onSubmit={(event) => { event.preventDefault(); if (how.trim() !== "") void act("done-by-hand", { detail: how }); }}>
      <Input autoFocus value={how} maxLength={200} placeholder={t("exception.howHint")} aria-label={t("exception.how")} onChange={(event) => setHow(event.target.value)} />
      <Button type="primary" htmlType="submit" loading={busy} disabled={how.trim() === ""}>{t("exception.tellCustomer")}</Button>
    </form>
  );
  return (
    <span className="carry">
      {it.carried === "failed" && it.skill !== "" && <Button size="small" loading={busy} onClick={() => void act("carry-again", {})}>{t("exception.tryAgain")}</Button>}
      <Popover trigger="click" open={open} onOpenChange={setOpen} content={form} destroyOnHidden>
        <Button size="small">{t("exception.doneByHand")}</Button>
      </Popover>
    </span>
  );
}
