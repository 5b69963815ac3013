import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { Command } from "../commands/commands";
import { LANGUAGES, languageNow } from "../i18n/i18n";
import { VIEWS, type View } from "../inbox/views";
import { switchAppearance } from "../look/appearance";
import { sectionsOf, type Section } from "../session/permissions";
import { useMe, useSession } from "../session/session";
import { PAGE_KEYS, partsFor, pathOf } from "./places";
import { PRESENCES, usePresence } from "./presence";

function shortcutOf(section: Section): { shortcut?: string } {
  const keys = PAGE_KEYS[section];
  return keys ? { shortcut: keys } : {};
}

export type Overlay = "palette" | "help";

const VIEW_KEYS: Record<View, string> = { mine: "g m", unassigned: "g u", team: "g e", assistant: "g a", all: "g l", closed: "g c", snoozed: "g s", mentions: "g n" };

/** What works on every page. */
export function useGlobalCommands(show: (overlay: Overlay) => void): Command[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const me = useMe();
  const { speakLanguage } = useSession();
  const { choose } = usePresence();
  return useMemo(() => {
    const sections = sectionsOf(me);
    const views: Command[] = !sections.includes("inbox")
      ? []
      : VIEWS.map((view) => ({
          id: `view.${view}`, group: "views", label: t("command.toView", { view: t(`view.${view}`) }), shortcut: VIEW_KEYS[view],
          run: () => void navigate(`/inbox/${view}`),
        }));
    const pages: Command[] = sections.map((section) => ({
      id: `page.${section}`, group: "pages", label: t("command.toPage", { page: t(`section.${section}`) }),
      ...shortcutOf(section), run: () => void navigate(pathOf(section)),
    }));
    const parts: Command[] = partsFor(me, sections).map(({ section, part, name }) => ({
      id: `page.${section}.${part}`, group: "pages", label: t("command.toPart", { page: t(`section.${section}`), part: t(name) }), run: () => void navigate(`/${section}/${part}`),
    }));
    const languages: Command[] = LANGUAGES.filter((language) => language !== languageNow()).map((language) => ({
      id: `language.${language}`, group: "settings", label: t("command.language", { language: t(`language.${language}`) }),
      run: () => void speakLanguage(language),
    }));
    const presences: Command[] = PRESENCES.map((state) => ({
      id: `presence.${state}`, group: "settings", label: t("command.presence", { state: t(`presence.${state}`) }), run: () => choose(state),
    }));
    return [
      { id: "palette", group: "pages", label: t("command.open"), shortcut: "mod+k", silent: true, run: () => show("palette") },
      { id: "help", group: "pages", label: t("command.help"), shortcut: "?", run: () => show("help") },
      ...views,
      ...pages,
      ...parts,
      { id: "theme", group: "settings", label: t("command.theme"), run: switchAppearance },
      ...languages,
      ...presences,
    ];
  }, [t, navigate, me, speakLanguage, choose, show]);
}
