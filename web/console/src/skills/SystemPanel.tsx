import { useState, type ReactNode } from "react";
import type { ConnectedSkill, ConnectedSystem, SkillBoard } from "@tandem/shared";
import { App, Button, Input, Switch } from "antd";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { Counts, CountsHead } from "./Counts";
import { callName, changeOf, found, numbersOf, placeSkill, skillsKey } from "./skills";

const MANY = 8;

type Props = { system: ConnectedSystem; board: SkillBoard; onOpen: (skill: ConnectedSkill) => void; onDisconnect: (system: ConnectedSystem) => void };

/** One connected system and what of it the assistant may use. */
export function SystemPanel({ system, board, onOpen, onDisconnect }: Props): ReactNode {
  const { t } = useTranslation();
  const [search, setSearch] = useState("");
  const skills = board.skills.filter((skill) => skill.system_id === system.id);
  const on = skills.filter((skill) => skill.active).length;
  return (
    <section className="panel skill-system" aria-label={system.name}>
      <header className="skill-system-top">
        <div className="skill-system-name">
          <h2><bdi>{system.name}</bdi> <span className="skill-kind">{t(`skills.kind.${system.kind}`)}</span></h2>
          <p className="quiet clip">{system.url}{" · "}{t(system.has_secret ? "skills.hasSecret" : "skills.noSecret")}{" · "}{t("skills.found", { count: skills.length, on })}</p>
        </div>
        {skills.length > MANY && <Input allowClear placeholder={t("skills.searchIn")} aria-label={t("skills.searchIn")} value={search} onChange={(event) => setSearch(event.target.value)} className="skill-search" />}
        <Button danger type="text" onClick={() => onDisconnect(system)}>{t("skills.disconnect")}</Button>
      </header>
      <CountsHead />
      <ul className="skill-rows">
        {found(skills, search).map((skill) => <Row key={skill.id} skill={skill} board={board} onOpen={onOpen} />)}
      </ul>
    </section>
  );
}

function Row({ skill, board, onOpen }: { skill: ConnectedSkill; board: SkillBoard; onOpen: (skill: ConnectedSkill) => void }): ReactNode {
  const { t, i18n } = useTranslation();
  const { offer } = skill;
  const title = i18n.language.startsWith("zh") ? offer.skill.title.zh : offer.skill.title.en;
  const [busy, toggle] = useToggle(skill);
  return (
    <li className={skill.active ? "skill-row" : "skill-row skill-off"}>
      <Switch size="small" checked={skill.active} loading={busy} disabled={offer.unusable !== "" && !skill.active} onChange={toggle} aria-label={`${title} · ${t(skill.active ? "skills.on" : "skills.off")}`} />
      <button type="button" className="bare-button skill-title" onClick={() => onOpen(skill)}>
        <b className="clip">{title}</b>
        <span className="quiet clip">{offer.unusable ? t("skills.unusable", { why: offer.unusable }) : offer.binding.path ? `${offer.binding.method} ${offer.binding.path}` : skill.operation}</span>
      </button>
      <span className={offer.skill.writes ? "skill-effect skill-effect-writes" : "skill-effect"}>{t(offer.skill.writes ? "skills.writes" : "skills.reads")}</span>
      <Counts numbers={numbersOf(board, callName(skill))} />
    </li>
  );
}

function useToggle(skill: ConnectedSkill): [boolean, (active: boolean) => void] {
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const save = async (active: boolean): Promise<void> => {
    setBusy(true);
    try {
      const changed = await api.put<ConnectedSkill>(`/skills/${skill.id}`, { ...changeOf(skill), active });
      queries.setQueryData<SkillBoard>(skillsKey, (known) => known && placeSkill(known, changed));
    } catch (error) {
      message.error(sayProblem(error));
    }
    setBusy(false);
  };
  return [busy, (active) => void save(active)];
}
