import { useState, type ReactNode } from "react";
import { Button, Drawer, Form, InputNumber, Select } from "antd";
import { Plus, UsersRound, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { sayLanguage } from "../look/languages";
import type { AgentProfile, RoutingSettings } from "@tandem/shared";
import { StatePage } from "../app/StatePage";
import { Face } from "../look/Face";
import { api } from "../session/api";
import { optionsOf } from "./QueueLists";
import { useSaving } from "./settings";

type Profile = AgentProfile["profile"];
const LIMITS = ["most_chats", "most_tickets", "most_calls", "units"] as const;
const MOST = { most_chats: 100, most_tickets: 1000, most_calls: 10, units: 10_000 };

export function AgentsTab({ settings }: { settings: RoutingSettings }): ReactNode {
  const { t } = useTranslation();
  const [open, setOpen] = useState<AgentProfile | null>(null);
  if (settings.agents.length === 0) return <StatePage icon={<UsersRound />} title={t("routing.noAgents")} hint={t("routing.noAgentsHint")} />;
  return (
    <section>
      <p className="panel-lead">{t("routing.peopleLead")}</p>
      <ul className="rows">
        {settings.agents.map((agent) => <Row key={agent.id} agent={agent} settings={settings} onOpen={() => setOpen(agent)} />)}
      </ul>
      {open && <AgentEditor agent={open} settings={settings} onClose={() => setOpen(null)} />}
    </section>
  );
}

function Row({ agent, settings, onOpen }: { agent: AgentProfile; settings: RoutingSettings; onOpen: () => void }): ReactNode {
  const { t } = useTranslation();
  const { profile } = agent;
  const teams = settings.teams.filter(({ id }) => profile.teams.includes(id)).map(({ name }) => name);
  const knows = profile.expertise.map(({ expertise, level }) => `${settings.expertise.find(({ id }) => id === expertise)?.name ?? ""} ${level}`);
  return (
    <li className="row">
      <Face voice="agent" name={agent.name} size={32} />
      <button type="button" className="row-main" onClick={onOpen}>
        <b className="clip"><bdi>{agent.name}</bdi></b>
        <span className="quiet clip">{[...teams, ...knows, ...profile.languages.map(sayLanguage)].join(" · ") || t("routing.takesAll")}</span>
      </button>
      <span className="quiet row-side">{t(`role.${agent.role}`)}</span>
      <span className="quiet numbers row-side">{t("presence.load.chat", { open: 0, most: profile.most_chats }).replace(/0 (\/|of) /, "")}</span>
    </li>
  );
}

function AgentEditor({ agent, settings, onClose }: { agent: AgentProfile; settings: RoutingSettings; onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const [form] = Form.useForm<Profile>();
  const { busy, save } = useSaving();
  const finish = async (profile: Profile): Promise<void> => {
    if (await save(() => api.put(`/routing/agents/${agent.id}`, profile))) onClose();
  };
  return (
    <Drawer open title={agent.name} onClose={onClose} size={innerWidth > 720 ? 460 : "100%"} footer={<Button type="primary" loading={busy} onClick={form.submit}>{t("common.save")}</Button>}>
      <Form form={form} layout="vertical" requiredMark={false} initialValues={agent.profile} onFinish={(fields: Profile) => void finish(fields)}>
        <Form.Item name="languages" label={t("routing.languages")} extra={t("routing.languagesHint")}><Select mode="tags" options={[{ value: "zh", label: "中文" }, { value: "en", label: "English" }]} /></Form.Item>
        <Form.Item name="teams" label={t("routing.teams")}><Select mode="multiple" options={optionsOf(settings.teams)} optionFilterProp="label" /></Form.Item>
        <h3>{t("routing.expertise")}</h3>
        <Levels settings={settings} />
        <h3>{t("routing.capacity")}</h3>
        <p className="quiet">{t("routing.capacityHint", { chat: settings.rule.rule.weights["chat"] ?? 0, ticket: settings.rule.rule.weights["ticket"] ?? 0, call: settings.rule.rule.weights["call"] ?? 0 })}</p>
        <div className="pair">
          {LIMITS.map((limit) => <Form.Item key={limit} name={limit} label={t(`routing.${limit}`)}><InputNumber min={0} max={MOST[limit]} style={{ inlineSize: "100%" }} /></Form.Item>)}
        </div>
      </Form>
    </Drawer>
  );
}

function Levels({ settings }: { settings: RoutingSettings }): ReactNode {
  const { t } = useTranslation();
  return (
    <Form.List name="expertise">
      {(fields, { add, remove }) => (
        <>
          {fields.map(({ key, name }) => (
            <div key={key} className="listed">
              <Form.Item name={[name, "expertise"]} rules={[{ required: true, message: "" }]}><Select aria-label={t("routing.expertise")} options={optionsOf(settings.expertise)} /></Form.Item>
              <Form.Item name={[name, "level"]}><InputNumber min={1} max={5} prefix={t("routing.level")} aria-label={t("routing.level")} /></Form.Item>
              <button type="button" className="icon-button" onClick={() => remove(name)} aria-label={t("routing.remove")}><X size={16} /></button>
            </div>
          ))}
          <Button type="dashed" block icon={<Plus size={14} />} disabled={settings.expertise.length === 0} onClick={() => add({ level: 3 })}>{t(settings.expertise.length ? "routing.addExpertise" : "routing.noExpertise")}</Button>
        </>
      )}
    </Form.List>
  );
}
