import { useState, type ReactNode } from "react";
import { App, Button, Input, Popover, Segmented } from "antd";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Colleague, Presence } from "@tandem/shared";
import { PRESENCES, useSayReason } from "../app/presence";
import { Face } from "../look/Face";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { useMe } from "../session/session";

/** Who is there, by state, and a change of it with a reason. */
export function Agents({ agents }: { agents: readonly Colleague[] }): ReactNode {
  const { t } = useTranslation();
  const me = useMe().user.id;
  const sayReason = useSayReason();
  const states = [...new Set(agents.map(({ state }) => state))];
  return (
    <section className="panel board-agents">
      <h2>{t("supervise.agents")} {states.map((state) => <span key={state} className="board-state numbers"><i className={`dot dot-${state}`} />{t(`presence.${state}`)} {agents.filter((agent) => agent.state === state).length}</span>)}</h2>
      <ul>
        {agents.filter(({ state }) => state !== "offline").map((agent) => (
          <li key={agent.id}>
            <Face voice="agent" name={agent.name} size={24} />
            <span className="clip">{agent.name}</span>
            <span className="quiet numbers"><i className={`dot dot-${agent.state}`} />{t(`presence.${agent.state}`)}{agent.state === "break" && sayReason(agent) !== "" && ` (${sayReason(agent)})`} · {t("supervise.open")} {agent.open}</span>
            {agent.id !== me && <SetPresence agent={agent} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function SetPresence({ agent }: { agent: Colleague }): ReactNode {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const [state, setState] = useState<Presence>("break");
  const [reason, setReason] = useState("");
  const save = (): void => {
    api.put(`/colleagues/${agent.id}/presence`, { state, reason }).then(
      () => {
        setOpen(false);
        setReason("");
        message.success(t("common.saved"));
        void queries.invalidateQueries({ queryKey: ["board"] });
      },
      (error: unknown) => void message.error(sayProblem(error)),
    );
  };
  const form = (
    <form className="board-presence" onSubmit={(event) => { event.preventDefault(); save(); }}>
      <Segmented value={state} onChange={setState} options={PRESENCES.map((value) => ({ value, label: t(`presence.${value}`) }))} />
      <Input autoFocus value={reason} maxLength={60} placeholder={t("supervise.reason")} aria-label={t("supervise.reason")} onChange={(event) => setReason(event.target.value)} />
      <Button type="primary" htmlType="submit" disabled={reason.trim() === ""}>{t("common.save")}</Button>
    </form>
  );
  return (
    <Popover trigger="click" placement="bottomRight" open={open} onOpenChange={setOpen} destroyOnHidden content={form}>
      <Button size="small" aria-expanded={open} aria-label={`${t("supervise.setPresence")} ${agent.name}`}>{t("supervise.setPresence")}</Button>
    </Popover>
  );
}
