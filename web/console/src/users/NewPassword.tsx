import type { ReactNode } from "react";
import { Button, Form, Input, Space, type FormInstance } from "antd";
import { useTranslation } from "react-i18next";
import { makePassword, SHORTEST_PASSWORD } from "./users";

/** Shown in clear while it is chosen: it has to be passed on. */
export function NewPassword({ form, label }: { form: FormInstance; label: string }): ReactNode {
  const { t } = useTranslation();
  const generate = (): void => {
    form.setFieldValue("password", makePassword((bytes) => crypto.getRandomValues(bytes)));
    void form.validateFields(["password"]);
  };
  return (
    <Form.Item label={label} extra={t("users.passwordHint")}>
      <Space.Compact block>
        <Form.Item name="password" noStyle rules={[{ required: true, min: SHORTEST_PASSWORD, message: t("users.shortPassword") }]}>
          <Input autoComplete="off" spellCheck={false} maxLength={200} aria-label={label} />
        </Form.Item>
        <Button onClick={generate}>{t("users.generate")}</Button>
      </Space.Compact>
    </Form.Item>
  );
}
