import { useState, type ReactNode } from "react";
import { Alert, App, Form, Modal } from "antd";
import { useTranslation } from "react-i18next";
import type { User } from "@tandem/shared";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { NewPassword } from "./NewPassword";

export function PasswordReset({ user, onClose }: { user: User; onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ password: string }>();
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const save = async (password: string): Promise<void> => {
    setBusy(true);
    try {
      await api.patch(`/users/${user.id}`, { password });
      message.success(t("users.resetDone"));
      onClose();
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };
  return (
    <Modal open title={t("users.reset")} okText={t("common.save")} cancelText={t("common.cancel")} onCancel={onClose} onOk={form.submit} confirmLoading={busy} width={440}>
      {problem !== null && <Alert type="error" showIcon title={sayProblem(problem)} role="alert" style={{ marginBottom: 16 }} />}
      <Form form={form} layout="vertical" requiredMark={false} onFinish={({ password }: { password: string }) => void save(password)}>
        <NewPassword form={form} label={t("users.passwordFor", { name: user.name })} />
      </Form>
    </Modal>
  );
}
