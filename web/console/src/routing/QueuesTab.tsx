import { useState, type ReactNode } from "react";
import { Button, Tag } from "antd";
import { ListTree, Plus, TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { RoutingQueue, RoutingSettings } from "@tandem/shared";
import { StatePage } from "../app/StatePage";
import { QueueEditor } from "./QueueEditor";
import { FRESH, MAIN_QUEUE } from "./settings";

type Editing = RoutingQueue | "new" | null;

export function QueuesTab({ settings }: { settings: RoutingSettings }): ReactNode {
  const { t } = useTranslation();
  const [editing, setEditing] = useState<Editing>(null);
  return (
    <section>
      <p className="panel-lead">{t("routing.queuesLead")}</p>
      <ul className="rows">
        {settings.queues.map((queue) => <Row key={queue.id} queue={queue} settings={settings} onOpen={() => setEditing(queue)} />)}
      </ul>
      <Button icon={<Plus size={16} />} onClick={() => setEditing("new")}>{t("routing.newQueue")}</Button>
      {settings.queues.length === 1 && <StatePage icon={<ListTree />} title={t("routing.oneQueue")} hint={t("routing.oneQueueHint")} />}
      {editing !== null && (
        <QueueEditor queue={editing === "new" ? { id: "", name: "", position: settings.queues.length * 10, active: true, version: 0, config: FRESH } : editing} settings={settings} onClose={() => setEditing(null)} />
      )}
    </section>
  );
}

function Row({ queue, settings, onOpen }: { queue: RoutingQueue; settings: RoutingSettings; onOpen: () => void }): ReactNode {
  const { t } = useTranslation();
  const { takes, needs, teams, hours, target } = queue.config;
  const nobody = settings.unreachable.includes(queue.id);
  const named = (list: { id: string; name: string }[], id: string): string => list.find((it) => it.id === id)?.name ?? t("routing.gone");
  const about = [
    ...takes.reasons.map((reason) => t(`reason.${reason}`, { defaultValue: reason })), ...takes.languages, ...takes.tiers,
    ...needs.map(({ expertise, level }) => `${named(settings.expertise, expertise)} ≥ ${level}`), ...teams.map(({ team }) => named(settings.teams, team)),
  ];
  return (
    <li className="row">
      <button type="button" className="row-main" onClick={onOpen}>
        <b className="clip"><bdi>{queue.name || t("routing.mainQueue")}</bdi></b>
        <span className="quiet clip">{about.join(" · ") || t(queue.id === MAIN_QUEUE ? "routing.takesRest" : "routing.takesOverflow")}</span>
      </button>
      {nobody && <Tag color="error" icon={<TriangleAlert size={12} aria-hidden />} className="row-tag">{t("routing.nobody")}</Tag>}
      {!queue.active && <Tag>{t("routing.inactive")}</Tag>}
      <span className="quiet row-side">{hours ? named(settings.hours, hours) : t("routing.always")}</span>
      <span className="quiet numbers row-side">{t("routing.within", { count: target })}</span>
    </li>
  );
}
