import { lazy, Suspense, useState, type ReactNode } from "react";
import { App, Dropdown, type MenuProps } from "antd";
import { useTranslation } from "react-i18next";
import { LANGUAGES, languageNow } from "../i18n/i18n";
import { switchAppearance } from "../look/appearance";
import { Face } from "../look/Face";
import { sayProblem } from "../session/problem";
import { useMe, useSession } from "../session/session";
import { PRESENCES, usePresence } from "./presence";

const PasswordDialog = lazy(() => import("../session/PasswordDialog"));

export function AccountMenu(): ReactNode {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { user, presence } = useMe();
  const { leave, speakLanguage } = useSession();
  const { choose } = usePresence();
  const [changing, setChanging] = useState(false);
  const fail = (error: unknown): void => void message.error(sayProblem(error));
  const menu: MenuProps = {
    selectedKeys: [presence.state, languageNow()],
    items: [
      { type: "group", label: <span className="account-who"><b className="clip">{user.name}</b><span className="clip">{user.email}</span></span> },
      { type: "divider" },
      ...PRESENCES.map((state) => ({
        key: state, label: <span className="account-state"><i className={`dot dot-${state}`} />{t(`presence.${state}`)}</span>, onClick: () => choose(state),
      })),
      { type: "divider" },
      ...LANGUAGES.map((language) => ({ key: language, label: t(`language.${language}`), onClick: () => void speakLanguage(language).catch(fail) })),
      { key: "theme", label: t("appearance.toggle"), onClick: switchAppearance },
      { type: "divider" },
      { key: "password", label: t("account.password"), onClick: () => setChanging(true) },
      { key: "leave", label: t("account.signOut"), onClick: () => void leave().catch(fail) },
    ],
  };
  return (
    <>
      <Dropdown menu={menu} trigger={["click"]} placement="topRight" styles={{ root: { minWidth: 200 } }}>
        <button type="button" className="rail-item account" aria-label={`${t("account.menu")} · ${user.name} · ${t(`presence.${presence.state}`)}`}>
          <Face voice="agent" name={user.name} size={30} />
          <i className={`dot dot-${presence.state} account-dot`} />
          <span className="rail-name clip">{t("common.you")}</span>
        </button>
      </Dropdown>
      <Suspense fallback={null}>{changing && <PasswordDialog onClose={() => setChanging(false)} />}</Suspense>
    </>
  );
}
