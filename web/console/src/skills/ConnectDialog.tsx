import { useState, type ReactNode } from "react";
import type { ConnectedSystem } from "@tandem/shared";
import { Alert, App, Button, Form, Input, Modal, Radio, Select, Upload } from "antd";
import { FileUp } from "lucide-react";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { sayField } from "./sayField";
import { skillsKey } from "./skills";

type Kind = ConnectedSystem["kind"];
type Fields = { kind: Kind; name: string; url: string; base: string; auth: ConnectedSystem["auth"]; auth_header: string; secret: string };
const KINDS: readonly Kind[] = ["openapi", "mcp", "python"];
const BLANK: Fields = { kind: "openapi", name: "", url: "", base: "", auth: "none", auth_header: "", secret: "" };

/** Connect a business system by one of the three ways. */
export function ConnectDialog({ installed, onClose }: { installed: readonly string[]; onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const [document, setDocument] = useState<{ name: string; text: string } | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const kind = Form.useWatch("kind", form) ?? "openapi";
  const auth = Form.useWatch("auth", form) ?? "none";
  const connect = async (fields: Fields): Promise<void> => {
    setBusy(true);
    try {
      await api.post<ConnectedSystem>("/skills/systems", { ...BLANK, ...fields, document: kind === "openapi" ? (document?.text ?? "") : "" });
      await queries.invalidateQueries({ queryKey: skillsKey });
      message.success(t("skills.connected"));
      onClose();
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };
  return (
    <Modal open title={t("skills.connect")} okText={t("skills.connect")} cancelText={t("common.cancel")} onCancel={onClose} onOk={form.submit} confirmLoading={busy} width={560}>
      {problem !== null && <Alert type="error" showIcon title={sayProblem(problem)} description={sayField(problem)} role="alert" style={{ marginBottom: 16 }} />}
      <Form form={form} layout="vertical" requiredMark={false} initialValues={BLANK} onFinish={(fields: Fields) => void connect(fields)} autoComplete="off">
        <Form.Item name="kind" className="skill-kinds" extra={t(`skills.kindHint.${kind}`)}>
          <Radio.Group optionType="button" options={KINDS.map((value) => ({ value, label: t(`skills.kind.${value}`) }))} aria-label={t("skills.connect")} />
        </Form.Item>
        {kind === "python" ? (
          <Form.Item name="url" label={t("skills.installed")} rules={[{ required: true, message: t("skills.urlNeeded") }]}>
            <Select options={installed.map((value) => ({ value, label: value }))} notFoundContent={t("skills.noneInstalled")} />
          </Form.Item>
        ) : (
          <Form.Item name="url" label={t("skills.url")} rules={[{ required: kind === "mcp" || document === null, message: t("skills.urlNeeded") }]}>
            <Input placeholder={kind === "mcp" ? "https://erp.example/mcp" : "https://erp.example/openapi.json"} maxLength={500} />
          </Form.Item>
        )}
        {kind === "openapi" && (
          <Form.Item>
            <Upload accept=".json,.yaml,.yml" maxCount={1} showUploadList={false} beforeUpload={(file) => { void file.text().then((text) => setDocument({ name: file.name, text })); return false; }}>
              <Button icon={<FileUp size={16} />}>{document?.name ?? t("skills.upload")}</Button>
            </Upload>
          </Form.Item>
        )}
        {kind === "openapi" && <Form.Item name="base" label={t("skills.base")} extra={t("skills.baseHint")}><Input maxLength={500} /></Form.Item>}
        <Form.Item name="name" label={t("skills.name")}><Input maxLength={80} /></Form.Item>
        {kind !== "python" && (
          <Form.Item name="auth" label={t("skills.auth")}>
            <Radio.Group options={(["none", "bearer", "header"] as const).map((value) => ({ value, label: t(`skills.authKind.${value}`) }))} />
          </Form.Item>
        )}
        {kind !== "python" && auth === "header" && <Form.Item name="auth_header" label={t("skills.header")} rules={[{ required: true, pattern: /^[A-Za-z0-9-]+$/, message: "A-Z a-z 0-9 -" }]}><Input placeholder="X-Api-Key" maxLength={60} /></Form.Item>}
        {kind !== "python" && auth !== "none" && <Form.Item name="secret" label={t("skills.secret")} extra={t("skills.secretHint")} rules={[{ required: true, message: t("skills.secret") }]}><Input.Password maxLength={4000} autoComplete="new-password" /></Form.Item>}
      </Form>
    </Modal>
  );
}
