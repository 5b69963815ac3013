import { lazy, Suspense, useState, type ReactNode } from "react";
import { Tooltip } from "antd";
import { BookOpen, Command as CommandIcon, FlaskConical, Gauge, HandCoins, Inbox, Moon, Plug, Radio, Route, ShieldCheck, Split, Sun, UsersRound, WifiOff, Zap } from "lucide-react";
import { useTranslation } from "react-i18next";
import { NavLink, Outlet, useLocation } from "react-router";
import { caps, isMac } from "../commands/shortcutText";
import { useCommands } from "../commands/commands";
import { useAlerts } from "../inbox/useAlerts";
import { useLink } from "../live/DeskProvider";
import { switchAppearance, useDark } from "../look/appearance";
import { Mark } from "../look/Mark";
import { Waiting } from "../look/Waiting";
import { Offer } from "../routing/Offer";
import { may, sectionsOf, type Section } from "../session/permissions";
import { useMe } from "../session/session";
import { AccountMenu } from "./AccountMenu";
import { useGlobalCommands, type Overlay } from "./useGlobalCommands";
import "./shell.css";

const Palette = lazy(() => import("../commands/Palette"));
const ShortcutHelp = lazy(() => import("../commands/ShortcutHelp"));

const ICONS: Record<Section, ReactNode> = {
  inbox: <Inbox />, board: <Gauge />, approvals: <HandCoins />, workbench: <Zap />, knowledge: <BookOpen />, users: <UsersRound />, channels: <Radio />, skills: <Plug />, promise: <ShieldCheck />, triage: <Route />, evaluate: <FlaskConical />, routing: <Split />,
};

export function Shell(): ReactNode {
  const [overlay, setOverlay] = useState<Overlay | null>(null);
  useCommands(useGlobalCommands(setOverlay));
  useAlerts();
  const me = useMe();
  const close = (): void => setOverlay(null);
  return (
    <div className="shell">
      <Rail onPalette={() => setOverlay("palette")} />
      <main className="shell-page">
        <LinkLine />
        <div className="shell-outlet">
          <Suspense fallback={<Waiting />}>
            <Outlet />
          </Suspense>
        </div>
      </main>
      {may(me, "conversation:reply") && <Offer />}
      <Suspense fallback={null}>
        {overlay === "palette" && <Palette onClose={close} />}
        {overlay === "help" && <ShortcutHelp onClose={close} />}
      </Suspense>
    </div>
  );
}

function Rail({ onPalette }: { onPalette: () => void }): ReactNode {
  const { t } = useTranslation();
  const dark = useDark();
  const inside = useLocation().pathname.split("/").filter(Boolean).length > 2;
  return (
    <nav className={`rail${inside ? " rail-inside" : ""}`} aria-label={t("brand")}>
      <div className="rail-mark"><Mark size={28} /></div>
      {sectionsOf(useMe()).map((section) => (
        <Tooltip key={section} title={t(`section.${section}`)} placement="right" mouseEnterDelay={0.3}>
          <NavLink to={section === "inbox" ? "/inbox/mine" : `/${section}`} className={railClass(section)} aria-label={t(`section.${section}`)}>
            {ICONS[section]}
            <span className="rail-name">{t(`section.${section}`)}</span>
          </NavLink>
        </Tooltip>
      ))}
      <div className="rail-space" />
      <Tooltip title={<>{t("command.open")} {caps("mod+k", isMac).map((cap) => <kbd key={cap}>{cap}</kbd>)}</>} placement="right" mouseEnterDelay={0.3}>
        <button type="button" className="rail-item rail-wide" onClick={onPalette} aria-label={t("command.open")}>
          <CommandIcon />
        </button>
      </Tooltip>
      <Tooltip title={t("appearance.toggle")} placement="right" mouseEnterDelay={0.3}>
        <button type="button" className="rail-item rail-wide" onClick={switchAppearance} aria-label={t("appearance.toggle")}>
          {dark ? <Sun /> : <Moon />}
        </button>
      </Tooltip>
      <AccountMenu />
    </nav>
  );
}

function railClass(section: Section): (state: { isActive: boolean }) => string {
  return ({ isActive }) => {
    const active = isActive || (section === "inbox" && location.pathname.includes("/inbox/"));
    return active ? "rail-item rail-here" : "rail-item";
  };
}

/** A thin line while the socket is away: the desk goes on working, news comes late. */
function LinkLine(): ReactNode {
  const { t } = useTranslation();
  const link = useLink();
  return (
    <div role="status" className={`link-line link-${link}`}>
      {link !== "online" && <><WifiOff aria-hidden /> <span>{t(`link.${link}`)}</span></>}
    </div>
  );
}
