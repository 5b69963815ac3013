import type { ReactNode } from "react";
import { Drawer } from "antd";
import { Command as CommandIcon } from "lucide-react";
import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";
import type { Section } from "../session/permissions";
import { ICONS, pathOf } from "./places";

/** On a phone: the pages that have no place at the bottom, and the command palette. */
export default function MoreSheet({ sections, onPalette, onClose }: { sections: readonly Section[]; onPalette: () => void; onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const search = (): void => {
    onClose();
    onPalette();
  };
  return (
    <Drawer open placement="bottom" size="auto" title={t("common.more")} onClose={onClose} rootClassName="more-sheet">
      <div className="more-grid">
        {sections.map((section) => (
          <NavLink key={section} to={pathOf(section)} className={({ isActive }) => `more-item${isActive ? " rail-here" : ""}`} onClick={onClose}>
            {ICONS[section]}
            <span>{t(`section.${section}`)}</span>
          </NavLink>
        ))}
        <button type="button" className="more-item" onClick={search}><CommandIcon /><span>{t("command.title")}</span></button>
      </div>
    </Drawer>
  );
}
