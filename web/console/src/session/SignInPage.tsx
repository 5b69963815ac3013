import { useState, type ReactNode } from "react";
import { Alert, Button, Form, Input } from "antd";
import { useQueryClient } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { Me } from "@tandem/shared";
import { languageNow } from "../i18n/i18n";
import { Mark } from "../look/Mark";
import { api } from "./api";
import { isRefused, sayProblem } from "./problem";
import { useSession } from "./session";
import "./sign-in.css";

type Fields = { email: string; password: string };

export default function SignInPage({ expired }: { expired: boolean }): ReactNode {
  const { t } = useTranslation();
  const { speakLanguage } = useSession();
  const other = languageNow() === "en" ? "zh-CN" : "en";
  return (
    <main className="sign-in">
      <div className="sign-in-card">
        <div className="sign-in-brand">
          <Mark size={36} />
          <div>
            <h1>{t("signIn.title")}</h1>
            <p>{t("signIn.lead")}</p>
          </div>
        </div>
        {expired && <Alert type="info" showIcon title={t("signIn.expired")} className="sign-in-notice" />}
        <SignInForm />
      </div>
      <footer className="sign-in-foot">
        <span>{t("brand")}</span>
        <button type="button" className="bare-button" lang={other} onClick={() => void speakLanguage(other)}>
          {t(`language.${other}`)}
        </button>
      </footer>
    </main>
  );
}

function SignInForm(): ReactNode {
  const { t } = useTranslation();
  const { enter } = useSession();
  const queries = useQueryClient();
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  const submit = async (fields: Fields): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      const me = await api.post<Me>("/sign-in", { email: fields.email.trim(), password: fields.password });
      // What the last person saw on this machine is not for the next one.
      queries.clear();
      enter(me);
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };

  return (
    <Form<Fields> layout="vertical" requiredMark={false} onFinish={(fields) => void submit(fields)} validateTrigger="onSubmit">
      {problem !== null && <Alert type="error" showIcon title={saySignInProblem(problem, t)} className="sign-in-notice" role="alert" />}
      <Form.Item name="email" label={t("signIn.email")} rules={[{ required: true, whitespace: true, message: t("signIn.emailNeeded") }]}>
        <Input size="large" type="email" autoComplete="username" autoFocus inputMode="email" />
      </Form.Item>
      <Form.Item name="password" label={t("signIn.password")} rules={[{ required: true, message: t("signIn.passwordNeeded") }]}>
        <Input.Password size="large" autoComplete="current-password" />
      </Form.Item>
      <Button type="primary" htmlType="submit" size="large" block loading={busy}>
        {t("signIn.submit")}
      </Button>
    </Form>
  );
}

function saySignInProblem(error: unknown, t: TFunction): string {
  const wait = isRefused(error, "too-many") ? error.problem.retry_after : undefined;
  return wait === undefined ? sayProblem(error) : t("signIn.tooMany", { count: wait });
}
