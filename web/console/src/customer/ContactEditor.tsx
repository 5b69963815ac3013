import { useState, type ReactNode } from "react";
import { App, Button, Input } from "antd";
import { TriangleAlert } from "lucide-react";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Contact } from "@tandem/shared";
import { conversationKey } from "../live/keys";
import { api } from "../session/api";
import { isRefused, sayProblem } from "../session/problem";
import { anyOvertaken, edited, keepMine, overtaken, shown, standing, takeTheirs, toSend, type Edits, type Part } from "./edits";
import { FieldInput, useContactFields } from "./fields";

export function ContactEditor({ contact, onDone }: { contact: Contact; onDone: () => void }): ReactNode {
  const { t } = useTranslation();
  const fields = useContactFields();
  const [edits, setEdits] = useState<Edits>({});
  const { busy, save } = useSave(contact, edits, onDone);
  const value = (part: Part): string => shown(contact, edits, part);
  const change = (part: Part) => (now: string): void => setEdits((before) => edited(contact, before, part, now));
  const meanwhile = (part: Part): ReactNode => (
    <Meanwhile there={overtaken(contact, edits, part)} onTake={() => setEdits((now) => takeTheirs(now, part))} onKeep={() => setEdits((now) => keepMine(contact, now, part))} />
  );
  // Whoever has no name yet may stay without one; a name that is there is not wiped out by a slip.
  const nameless = value("name").trim() === "" && standing(contact, "name") !== "";
  return (
    <form className="customer-form" onSubmit={(event) => { event.preventDefault(); void save(); }}>
      <label>{t("panel.accountName")}<Input autoFocus value={value("name")} maxLength={80} onChange={(event) => change("name")(event.target.value)} /></label>
      {meanwhile("name")}
      <label>{t("panel.tier")}<Input value={value("tier")} maxLength={40} onChange={(event) => change("tier")(event.target.value)} /></label>
      {meanwhile("tier")}
      {fields.map((field) => (
        <div key={field.key} className="customer-field">
          <FieldInput field={field} value={value(`.${field.key}`)} onChange={change(`.${field.key}`)} />
          {meanwhile(`.${field.key}`)}
        </div>
      ))}
      <div className="customer-form-foot">
        <Button onClick={onDone}>{t("common.cancel")}</Button>
        <Button type="primary" htmlType="submit" loading={busy} disabled={nameless || anyOvertaken(contact, edits)}>{t("common.save")}</Button>
      </div>
    </form>
  );
}

/** A colleague was faster with the same field: both words are seen, and one is chosen before anything is saved. */
function Meanwhile({ there, onTake, onKeep }: { there: string | null; onTake: () => void; onKeep: () => void }): ReactNode {
  const { t } = useTranslation();
  if (there === null) return null;
  return (
    <div className="meanwhile" role="alert">
      <span><TriangleAlert size={14} aria-hidden /> {there === "" ? t("person.emptied") : <>{t("person.meanwhile")} <b><bdi>{there}</bdi></b></>}</span>
      <span className="meanwhile-ways">
        <Button size="small" onClick={onTake}>{t("person.takeTheirs")}</Button>
        <Button size="small" onClick={onKeep}>{t("person.keepMine")}</Button>
      </span>
    </div>
  );
}

function useSave(contact: Contact, edits: Edits, onDone: () => void): { busy: boolean; save: () => Promise<void> } {
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const show = (saved: Contact): void => {
    queries.setQueryData(["contact", contact.id], saved);
    void queries.invalidateQueries({ queryKey: [conversationKey] });
  };
  const save = async (): Promise<void> => {
    const changed = toSend(edits);
    if (!changed) return onDone();
    setBusy(true);
    try {
      show(await api.patch<Contact>(`/contacts/${contact.id}`, changed));
      onDone();
    } catch (error) {
      const now = isRefused(error, "version-conflict") ? error.problem.contact : undefined;
      if (now) show(now);
      else message.error(sayProblem(error));
      setBusy(false);
    }
  };
  return { busy, save };
}
