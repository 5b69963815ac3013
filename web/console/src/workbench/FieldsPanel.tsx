import { useState, type ReactNode } from "react";
import { App, Button, Form, Input, Select } from "antd";
import { ListPlus, Trash2 } from "lucide-react";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { ContactField } from "@tandem/shared";
import { StatePage } from "../app/StatePage";
import { fieldsKey, sayLabel, useContactFields } from "../customer/fields";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { useDrop } from "./PhrasesPanel";

type Fields = { key: string; zh: string; en: string; kind: ContactField["kind"]; choices: string };
const KINDS: readonly ContactField["kind"][] = ["text", "number", "date", "choice"];

export function FieldsPanel(): ReactNode {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const fields = useContactFields();
  const [form] = Form.useForm<Fields>();
  const [busy, setBusy] = useState(false);
  const kind = Form.useWatch("kind", form);
  const save = async ({ key, zh, en, kind, choices }: Fields): Promise<void> => {
    setBusy(true);
    try {
      const split = (choices ?? "").split(/[,，]/).map((choice) => choice.trim()).filter(Boolean);
      await api.put(`/contact-fields/${encodeURIComponent(key.trim())}`, { label: { zh: zh ?? "", en: en ?? "" }, kind, choices: split, position: fields.length });
      form.resetFields();
      await queries.invalidateQueries({ queryKey: fieldsKey });
    } catch (error) {
      message.error(sayProblem(error));
    }
    setBusy(false);
  };
  return (
    <>
      <p className="panel-lead">{t("person.fieldsLead")}</p>
      {fields.length === 0 && <StatePage icon={<ListPlus />} title={t("person.none")} hint={t("person.noneHint")} />}
      {fields.length > 0 && <ul className="bench-list">{fields.map((field) => <FieldRow key={field.key} field={field} />)}</ul>}
      <Form form={form} layout="vertical" requiredMark={false} className="panel field-form" initialValues={{ kind: "text" }} onFinish={(fields: Fields) => void save(fields)}>
        <Form.Item name="key" label={t("person.key")} rules={[{ required: true, pattern: /^[\w-]{1,60}$/, message: "a-z, 0-9, _ -" }]}><Input maxLength={60} /></Form.Item>
        <Form.Item name="zh" label={t("person.zh")}><Input maxLength={60} /></Form.Item>
        <Form.Item name="en" label={t("person.en")}><Input maxLength={60} /></Form.Item>
        <Form.Item name="kind" label={t("person.kind")}><Select options={KINDS.map((value) => ({ value, label: t(`person.kinds.${value}`) }))} /></Form.Item>
        {kind === "choice" && <Form.Item name="choices" className="field-choices" label={t("person.choices")} rules={[{ required: true }]}><Input maxLength={500} /></Form.Item>}
        <Button type="primary" htmlType="submit" loading={busy}>{t("person.add")}</Button>
      </Form>
    </>
  );
}

function FieldRow({ field }: { field: ContactField }): ReactNode {
  const { t } = useTranslation();
  const drop = useDrop(`/contact-fields/${encodeURIComponent(field.key)}`, fieldsKey);
  return (
    <li className="bench-row">
      <code className="clip">{field.key}</code>
      <div className="bench-words"><b>{sayLabel(field)}</b><span className="quiet bench-small">{t(`person.kinds.${field.kind}`)}{field.choices.length > 0 && ` · ${field.choices.join(" / ")}`}</span></div>
      <span className="bench-actions"><button type="button" className="icon-button" onClick={drop} aria-label={`${t("workbench.drop")} ${field.key}`}><Trash2 size={15} /></button></span>
    </li>
  );
}
