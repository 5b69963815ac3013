import type { Channel } from "@tandem/shared";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { embedCode } from "./channel";
import { CopyButton } from "./CopyButton";

export function EmbedPanel({ channel }: { channel: Channel }): ReactNode {
  const { t } = useTranslation();
  const code = embedCode(location.origin, channel.key);
  return (
    <section className="panel">
      <h2>{t("channels.embed")}</h2>
      <p className="panel-lead">{t("channels.embedHint")}</p>
      <div className="code-line"><code>{code}</code><CopyButton text={code} /></div>
    </section>
  );
}
