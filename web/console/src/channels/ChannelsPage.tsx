import type { Channel } from "@tandem/shared";
import { useState, type ReactNode } from "react";
import { Segmented } from "antd";
import { Radio } from "lucide-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { FailedState, NotFoundPage, StatePage } from "../app/StatePage";
import { Waiting } from "../look/Waiting";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { useMay } from "../session/session";
import { WEB_CHAT } from "./channel";
import { channelsKey } from "./keys";
import { EmbedPanel } from "./EmbedPanel";
import { IdentityPanel } from "./IdentityPanel";
import { WidgetPanel } from "./WidgetPanel";
import "../look/page.css";
import "./channels.css";

export default function ChannelsPage(): ReactNode {
  return useMay("channel:manage") ? <Channels /> : <NotFoundPage />;
}

function Channels(): ReactNode {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string | null>(null);
  const channels = useQuery({ queryKey: channelsKey, queryFn: () => api.get<Channel[]>("/channels") });
  const web = channels.data?.filter((channel) => channel.kind === WEB_CHAT) ?? [];
  const shown = web.find((channel) => channel.id === chosen) ?? web[0];
  return (
    <div className="page">
      <header className="page-top">
        <h1>{t("section.channels")}</h1>
        {web.length > 1 && <Segmented value={shown?.id ?? ""} options={web.map(({ id, name }) => ({ value: id, label: name }))} onChange={setChosen} />}
      </header>
      {channels.isPending && <Waiting rows={5} />}
      {channels.isError && <FailedState title={t("channels.failed")} hint={sayProblem(channels.error)} onRetry={() => void channels.refetch()} />}
      {channels.data && !shown && <StatePage icon={<Radio />} title={t("channels.empty")} hint={t("channels.emptyHint")} />}
      {shown && (
        <div key={shown.id}>
          <WidgetPanel channel={shown} />
          <EmbedPanel channel={shown} />
          <IdentityPanel channel={shown} />
        </div>
      )}
    </div>
  );
}
