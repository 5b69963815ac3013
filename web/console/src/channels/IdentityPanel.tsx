import { useState, type ReactNode } from "react";
import { Alert, App, Button } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import type { Channel } from "@tandem/shared";
import { CopyButton } from "./CopyButton";

/** The secret lives only in this component: leaving the page forgets it. */
export function IdentityPanel({ channel }: { channel: Channel }): ReactNode {
  const { t } = useTranslation();
  const { modal, message } = App.useApp();
  const [secret, setSecret] = useState<string | null>(null);
  const make = async (): Promise<void> => {
    try {
      setSecret((await api.post<{ secret: string }>(`/channels/${channel.id}/identity-secret`)).secret);
    } catch (error) {
      message.error(sayProblem(error));
    }
  };
  const ask = (): void =>
    void modal.confirm({ title: t("channels.makeSecret"), content: t("channels.secretConfirm"), okText: t("channels.makeSecret"), cancelText: t("common.cancel"), onOk: make });
  return (
    <section className="panel">
      <h2>{t("channels.identity")}</h2>
      <p className="panel-lead">{t("channels.identityHint")}</p>
      {secret === null ? (
        <Button onClick={ask}>{t("channels.makeSecret")}</Button>
      ) : (
        <>
          <Alert type="warning" showIcon title={t("channels.secretOnce")} style={{ marginBottom: 12 }} />
          <div className="code-line"><code>{secret}</code><CopyButton text={secret} /></div>
        </>
      )}
    </section>
  );
}
