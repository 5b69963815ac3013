import { useState, type ReactNode } from "react";
import { Alert, Form, Input, Modal, Radio } from "antd";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Refused, type Phrase } from "@tandem/shared";
import { phrasesKey } from "../conversation/phrases";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { useMay } from "../session/session";

type Fields = { shortcut: string; title: string; text: string; lang: Phrase["lang"]; mine: boolean };
const VARIABLES = ["customer", "agent", "channel", "order", "product", "tracking", "carrier", "eta", "city"] as const;

export function PhraseDialog({ phrase, onClose }: { phrase: Phrase | null; onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const shares = useMay("knowledge:publish");
  const [form] = Form.useForm<Fields>();
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const save = async (fields: Fields): Promise<void> => {
    setBusy(true);
    const body = { shortcut: fields.shortcut, title: fields.title, text: fields.text, lang: fields.lang, mine: phrase ? phrase.mine : fields.mine };
    try {
      await (phrase ? api.put(`/phrases/${phrase.id}`, body) : api.post("/phrases", body));
      await queries.invalidateQueries({ queryKey: phrasesKey });
      onClose();
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };
  const names = VARIABLES.map((name) => `{${name}} ${t(`writing.variable.${name}`)}`).join(" · ");
  return (
    <Modal open title={t(phrase ? "workbench.editPhrase" : "workbench.newPhrase")} okText={t("common.save")} cancelText={t("common.cancel")} onCancel={onClose} onOk={form.submit} confirmLoading={busy} width={560}>
      {problem !== null && <Alert type="error" showIcon role="alert" title={isTaken(problem) ? t("workbench.taken") : sayProblem(problem)} style={{ marginBottom: 16 }} />}
      <Form form={form} layout="vertical" requiredMark={false} initialValues={phrase ?? { shortcut: "", title: "", text: "", lang: "", mine: true }} onFinish={(fields: Fields) => void save(fields)}>
        <Form.Item name="shortcut" label={t("workbench.shortcut")} rules={[{ required: true, pattern: /^\/?[^\s/]{1,40}$/, message: t("workbench.shortcutHint") }]} extra={t("workbench.shortcutHint")}>
          <Input prefix="/" maxLength={40} autoFocus />
        </Form.Item>
        <Form.Item name="title" label={t("workbench.title")}><Input maxLength={100} /></Form.Item>
        <Form.Item name="text" label={t("workbench.text")} rules={[{ required: true, whitespace: true, message: t("workbench.text") }]} extra={t("workbench.textHint", { names })}>
          <Input.TextArea autoSize={{ minRows: 4, maxRows: 12 }} maxLength={4000} />
        </Form.Item>
        <Form.Item name="lang" label={t("workbench.lang")}>
          <Radio.Group options={[{ value: "", label: t("workbench.anyLang") }, { value: "zh", label: t("language.zh-CN") }, { value: "en", label: t("language.en") }]} />
        </Form.Item>
        {shares && !phrase && (
          <Form.Item name="mine"><Radio.Group options={[{ value: true, label: t("workbench.mine") }, { value: false, label: t("workbench.shared") }]} /></Form.Item>
        )}
      </Form>
    </Modal>
  );
}

export function isTaken(error: unknown): boolean {
  return error instanceof Refused && (error.problem.errors ?? []).some(({ message }) => message === "taken");
}
