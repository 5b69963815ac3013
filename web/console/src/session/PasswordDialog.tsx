import { useState, type ReactNode } from "react";
import { Alert, App, Form, Input, Modal } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "./api";
import { sayProblem } from "./problem";

const SHORTEST = 10;
type Fields = { old: string; new: string };

export default function PasswordDialog({ onClose }: { onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const save = async (fields: Fields): Promise<void> => {
    setBusy(true);
    try {
      await api.post("/me/password", fields);
      message.success(t("account.changed"));
      onClose();
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };
  return (
    <Modal open title={t("account.password")} okText={t("common.save")} cancelText={t("common.cancel")} onCancel={onClose} onOk={form.submit} confirmLoading={busy} width={400}>
      {problem !== null && <Alert type="error" showIcon title={sayProblem(problem)} role="alert" style={{ marginBottom: 16 }} />}
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(fields: Fields) => void save(fields)}>
        <Form.Item name="old" label={t("account.old")} rules={[{ required: true, message: t("signIn.passwordNeeded") }]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Form.Item name="new" label={t("account.new")} extra={t("account.newHint")} rules={[{ required: true, min: SHORTEST, message: t("account.newHint") }]}>
          <Input.Password autoComplete="new-password" />
        </Form.Item>
      </Form>
    </Modal>
  );
}
