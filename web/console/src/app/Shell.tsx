import { lazy, Suspense, useState, type ReactNode } from "react";
import { Tooltip } from "antd";
import { Command as CommandIcon, Ellipsis, Moon, Sun, WifiOff } from "lucide-react";
import { useTranslation } from "react-i18next";
import { NavLink, Outlet, useLocation } from "react-router";
import { caps, isMac } from "../commands/shortcutText";
import { useCommands } from "../commands/commands";
import { useResumed } from "../conversation/useResumed";
import { useAlerts } from "../inbox/useAlerts";
import { useLink } from "../live/DeskProvider";
import { switchAppearance, useDark } from "../look/appearance";
import { Mark } from "../look/Mark";
import { Waiting } from "../look/Waiting";
import { Offer } from "../routing/Offer";
import { FIRST_OF_GROUP, may, sectionsOf, type Section } from "../session/permissions";
import { useMe } from "../session/session";
import { AccountMenu } from "./AccountMenu";
import { ICONS, pathOf } from "./places";
import { useGlobalCommands, type Overlay } from "./useGlobalCommands";
import "./shell.css";

const Palette = lazy(() => import("../commands/Palette"));
const ShortcutHelp = lazy(() => import("../commands/ShortcutHelp"));
const MoreSheet = lazy(() => import("./MoreSheet"));
/** So many pages stand at the bottom of a phone; more have no room for a thumb and a name. */
const AT_THE_BOTTOM = 4;

export function Shell(): ReactNode {
  const [overlay, setOverlay] = useState<Overlay | null>(null);
  useCommands(useGlobalCommands(setOverlay));
  useAlerts();
  useResumed();
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
  const { pathname } = useLocation();
  const [more, setMore] = useState(false);
  const inside = pathname.split("/").filter(Boolean).length > 2;
  const sections = sectionsOf(useMe());
  const folded = sections.length > AT_THE_BOTTOM + 1 ? sections.slice(AT_THE_BOTTOM) : [];
  const inFolded = folded.some((section) => pathname.startsWith(`/${section}`));
  return (
    <nav className={`rail${inside ? " rail-inside" : ""}`} aria-label={t("brand")}>
      <div className="rail-mark"><Mark size={28} /></div>
      <div className="rail-sections">
        {sections.map((section, index) => (
          <Tooltip key={section} title={t(`section.${section}`)} placement="right" mouseEnterDelay={0.3}>
            <NavLink to={pathOf(section)} className={railClass(section, folded.includes(section), index > 0)} aria-label={t(`section.${section}`)}>
              {ICONS[section]}
              <span className="rail-name clip">{t(`section.${section}`)}</span>
            </NavLink>
          </Tooltip>
        ))}
        {folded.length > 0 && (
          <button type="button" className={`rail-item rail-more${inFolded ? " rail-here" : ""}`} onClick={() => setMore(true)} aria-haspopup="dialog">
            <Ellipsis />
            <span className="rail-name clip">{t("common.more")}</span>
          </button>
        )}
      </div>
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
      <Suspense fallback={null}>{more && <MoreSheet sections={folded} onPalette={onPalette} onClose={() => setMore(false)} />}</Suspense>
    </nav>
  );
}

function railClass(section: Section, folded: boolean, follows: boolean): (state: { isActive: boolean }) => string {
  return ({ isActive }) => {
    const active = isActive || (section === "inbox" && location.pathname.includes("/inbox/"));
    const begins = follows && FIRST_OF_GROUP.includes(section);
    return `rail-item${active ? " rail-here" : ""}${folded ? " rail-folded" : ""}${begins ? " rail-begins" : ""}`;
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
