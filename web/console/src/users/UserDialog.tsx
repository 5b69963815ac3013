import { useState, type ReactNode } from "react";
import { Alert, App, Form, Input, Modal, Radio, Switch } from "antd";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Role, User } from "@tandem/shared";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { NewPassword } from "./NewPassword";
import { placeUser, ROLES, usersKey } from "./users";

type Fields = { email: string; name: string; role: Role; password: string; online_at_sign_in: boolean };
const HINTS: Record<Role, string> = { agent: "users.hintAgent", supervisor: "users.hintSupervisor", administrator: "users.hintAdministrator" };

/** Only what was changed: the audit tells each. */
function changesOf(user: User, { name, role, online_at_sign_in }: Fields): Partial<Fields> {
  return {
    ...(name !== user.name && { name }),
    ...(role !== user.role && { role }),
    ...(online_at_sign_in !== user.online_at_sign_in && { online_at_sign_in }),
  };
}

/** Add a person (`user` null), or change his name and role. */
export function UserDialog({ user, onClose }: { user: User | null; onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const save = async (fields: Fields): Promise<void> => {
    setBusy(true);
    try {
      const saved = user ? await api.patch<User>(`/users/${user.id}`, changesOf(user, fields)) : await api.post<User>("/users", fields);
      queries.setQueryData<User[]>(usersKey, (known) => known && placeUser(known, saved));
      message.success(t(user ? "common.saved" : "common.created"));
      onClose();
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };
  /** Of somebody new, as is usual for his role, until it is set otherwise. */
  const follow = (changed: Partial<Fields>): void => {
    if (!user && changed.role && !form.isFieldTouched("online_at_sign_in")) form.setFieldValue("online_at_sign_in", changed.role === "agent");
  };
  return (
    <Modal open title={t(user ? "users.edit" : "users.new")} okText={t("common.save")} cancelText={t("common.cancel")} onCancel={onClose} onOk={form.submit} confirmLoading={busy} width={480}>
      {problem !== null && <Alert type="error" showIcon title={sayProblem(problem)} role="alert" style={{ marginBottom: 16 }} />}
      <Form form={form} layout="vertical" requiredMark={false} initialValues={user ?? { role: "agent", online_at_sign_in: true }} onValuesChange={follow} onFinish={(fields: Fields) => void save(fields)} autoComplete="off">
        <Form.Item name="name" label={t("common.name")} rules={[{ required: true, whitespace: true, message: t("users.nameNeeded") }]}>
          <Input maxLength={60} autoFocus />
        </Form.Item>
        {!user && (
          <Form.Item name="email" label={t("users.email")} rules={[{ required: true, type: "email", message: t("users.badEmail") }]}>
            <Input type="email" maxLength={254} />
          </Form.Item>
        )}
        <Form.Item name="role" label={t("users.role")}>
          <Radio.Group className="roles">
            {ROLES.map((role) => <Radio key={role} value={role}><b>{t(`role.${role}`)}</b><span className="quiet">{t(HINTS[role])}</span></Radio>)}
          </Radio.Group>
        </Form.Item>
        <div className="user-switch">
          <Form.Item name="online_at_sign_in" valuePropName="checked" noStyle><Switch id="user-serves" aria-describedby="user-serves-hint" /></Form.Item>
          <label htmlFor="user-serves">{t("users.serves")}</label>
          <span id="user-serves-hint" className="quiet">{t("users.servesHint")}</span>
        </div>
        {!user && <NewPassword form={form} label={t("users.password")} />}
      </Form>
    </Modal>
  );
}
