import { useState, type ReactNode } from "react";
import { App, Button, Input } from "antd";
import { Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Named, RoutingSettings } from "@tandem/shared";
import { api } from "../session/api";
import { useSaving } from "./settings";

type Kind = "teams" | "expertise";

export function NamesTab({ settings }: { settings: RoutingSettings }): ReactNode {
  return (
    <div className="pair pair-top">
      <Names kind="teams" named={settings.teams} />
      <Names kind="expertise" named={settings.expertise} />
    </div>
  );
}

function Names({ kind, named }: { kind: Kind; named: readonly Named[] }): ReactNode {
  const { t } = useTranslation();
  const [name, setName] = useState("");
  const { busy, save } = useSaving();
  const add = async (): Promise<void> => {
    if (name.trim() && (await save(() => api.post(`/routing/${kind}`, { name: name.trim() })))) setName("");
  };
  return (
    <section className="panel">
      <h2>{t(`routing.${kind}`)}</h2>
      <p className="panel-lead">{t(`routing.${kind}Lead`)}</p>
      {named.length === 0 && <p className="quiet">{t(`routing.${kind}Empty`)}</p>}
      <ul className="names">{named.map((it) => <OneName key={it.id} kind={kind} it={it} />)}</ul>
      <form className="names-new" onSubmit={(event) => { event.preventDefault(); void add(); }}>
        <Input value={name} maxLength={60} placeholder={t(`routing.${kind}New`)} aria-label={t(`routing.${kind}New`)} onChange={(event) => setName(event.target.value)} />
        <Button htmlType="submit" loading={busy} disabled={!name.trim()}>{t("routing.add")}</Button>
      </form>
    </section>
  );
}

function OneName({ kind, it }: { kind: Kind; it: Named }): ReactNode {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const { save } = useSaving();
  const [name, setName] = useState(it.name);
  const rename = (): void => {
    if (name.trim() && name.trim() !== it.name) void save(() => api.put(`/routing/${kind}/${it.id}`, { name: name.trim() })).then((saved) => saved || setName(it.name));
    else setName(it.name);
  };
  const drop = (): void =>
    void modal.confirm({
      title: t("routing.dropTitle", { name: it.name }), content: t(`routing.${kind}Drop`), okText: t("routing.remove"), okButtonProps: { danger: true }, cancelText: t("common.cancel"),
      onOk: () => save(() => api.delete(`/routing/${kind}/${it.id}`)),
    });
  return (
    <li>
      <Input variant="borderless" value={name} maxLength={60} aria-label={t("common.name")} onChange={(event) => setName(event.target.value)} onBlur={rename} onPressEnter={(event) => event.currentTarget.blur()} />
      <button type="button" className="icon-button" onClick={drop} aria-label={`${t("routing.remove")} · ${it.name}`}><Trash2 size={15} /></button>
    </li>
  );
}
