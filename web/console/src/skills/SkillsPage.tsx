import { useState, type ReactNode } from "react";
import type { ConnectedSkill, ConnectedSystem, SkillBoard } from "@tandem/shared";
import { App, Button } from "antd";
import { Plug } from "lucide-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { FailedState, NotFoundPage, StatePage } from "../app/StatePage";
import { Waiting } from "../look/Waiting";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { useMay } from "../session/session";
import { BuiltIn } from "./BuiltIn";
import { ConnectDialog } from "./ConnectDialog";
import { ModelPanel } from "./ModelPanel";
import { SkillDrawer } from "./SkillDrawer";
import { SystemPanel } from "./SystemPanel";
import { skillsKey } from "./skills";
import "../look/page.css";
import "./skills.css";

export default function SkillsPage(): ReactNode {
  return useMay("skill:manage") ? <Skills /> : <NotFoundPage />;
}

function Skills(): ReactNode {
  const { t } = useTranslation();
  const [connecting, setConnecting] = useState(false);
  const [opened, setOpened] = useState<string | null>(null);
  const disconnect = useDisconnect();
  const board = useQuery({ queryKey: skillsKey, queryFn: () => api.get<SkillBoard>("/skills") });
  const shown = board.data?.skills.find((skill) => skill.id === opened);
  return (
    <div className="page">
      <header className="page-top">
        <h1>{t("section.skills")}</h1>
        <Button type="primary" icon={<Plug size={16} />} onClick={() => setConnecting(true)}>{t("skills.connect")}</Button>
      </header>
      {board.isPending && <Waiting rows={5} />}
      {board.isError && <FailedState title={t("skills.failed")} hint={sayProblem(board.error)} onRetry={() => void board.refetch()} />}
      {board.data?.systems.map((system) => (
        <SystemPanel key={system.id} system={system} board={board.data} onOpen={(skill: ConnectedSkill) => setOpened(skill.id)} onDisconnect={disconnect} />
      ))}
      {board.data && board.data.built_in.length > 0 && <BuiltIn board={board.data} />}
      {board.data && <ModelPanel />}
      {board.data?.systems.length === 0 && <StatePage icon={<Plug />} title={t("skills.empty")} hint={t("skills.emptyHint")} />}
      {connecting && board.data && <ConnectDialog installed={board.data.installed} onClose={() => setConnecting(false)} />}
      {shown && <SkillDrawer key={shown.id} skill={shown} onClose={() => setOpened(null)} />}
    </div>
  );
}

function useDisconnect(): (system: ConnectedSystem) => void {
  const { t } = useTranslation();
  const { modal, message } = App.useApp();
  const queries = useQueryClient();
  const remove = async (system: ConnectedSystem): Promise<void> => {
    try {
      await api.delete(`/skills/systems/${system.id}`);
      await queries.invalidateQueries({ queryKey: skillsKey });
    } catch (error) {
      message.error(sayProblem(error));
    }
  };
  return (system) =>
    void modal.confirm({
      title: `${t("skills.disconnect")} · ${system.name}`, content: t("skills.disconnectConfirm"), okText: t("skills.disconnect"), okButtonProps: { danger: true }, cancelText: t("common.cancel"), onOk: () => remove(system),
    });
}
