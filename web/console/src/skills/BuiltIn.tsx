import { useState, type ReactNode } from "react";
import type { SkillBoard } from "@tandem/shared";
import { Drawer } from "antd";
import { useTranslation } from "react-i18next";
import { Counts, CountsHead } from "./Counts";
import { LastCalls } from "./LastCalls";
import { numbersOf } from "./skills";

/** What the assistant can do with the shop by itself. */
export function BuiltIn({ board }: { board: SkillBoard }): ReactNode {
  const { t, i18n } = useTranslation();
  const [opened, setOpened] = useState<string | null>(null);
  const zh = i18n.language.startsWith("zh");
  const titleOf = (name: string): string => {
    const title = board.built_in.find((skill) => skill.name === name)?.title;
    return (zh ? title?.zh : title?.en) ?? name;
  };
  return (
    <section className="panel skill-system" aria-label={t("skills.builtIn")}>
      <h2>{t("skills.builtIn")}</h2>
      <p className="panel-lead">{t("skills.builtInHint")}</p>
      <CountsHead />
      <ul className="skill-rows">
        {board.built_in.map((skill) => (
          <li key={skill.name} className="skill-row skill-row-fixed">
            <button type="button" className="bare-button skill-title" onClick={() => setOpened(skill.name)}>
              <b className="clip">{zh ? skill.title.zh : skill.title.en}</b>
              <span className="quiet clip">{skill.name}</span>
            </button>
            <span className={skill.writes ? "skill-effect skill-effect-writes" : "skill-effect"}>{t(skill.writes ? "skills.writes" : "skills.reads")}</span>
            <Counts numbers={numbersOf(board, skill.name)} />
          </li>
        ))}
      </ul>
      {opened && <Drawer open size={480} title={`${t("skills.last")} · ${titleOf(opened)}`} onClose={() => setOpened(null)}><LastCalls name={opened} /></Drawer>}
    </section>
  );
}
