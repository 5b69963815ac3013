import type { ReactNode } from "react";
import type { ConnectedSkill } from "@tandem/shared";
import { Drawer, Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { LastCalls } from "./LastCalls";
import { SettingsForm } from "./SettingsForm";
import { Trial } from "./Trial";
import { callName } from "./skills";

/** All about one skill: how it is used, a trial, and its last calls. */
export function SkillDrawer({ skill, onClose }: { skill: ConnectedSkill; onClose: () => void }): ReactNode {
  const { t, i18n } = useTranslation();
  const { title } = skill.offer.skill;
  const items = [
    { key: "settings", label: t("skills.settings"), children: <SettingsForm skill={skill} /> },
    { key: "trial", label: t("skills.trial"), children: <Trial skill={skill} /> },
    { key: "calls", label: t("skills.last"), children: <LastCalls name={callName(skill)} /> },
  ];
  return (
    <Drawer open size={560} title={i18n.language.startsWith("zh") ? title.zh : title.en} onClose={onClose} destroyOnHidden>
      {skill.offer.skill.description && <p className="panel-lead">{skill.offer.skill.description}</p>}
      <Tabs items={items} />
    </Drawer>
  );
}
