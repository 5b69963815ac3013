import type { ReactNode } from "react";
import { Dropdown, Popover } from "antd";
import { ChevronDown, UsersRound } from "lucide-react";
import { useTranslation } from "react-i18next";
import { PRESENCES, useColleagues, usePresence } from "../app/presence";
import { Face } from "../look/Face";
import { useMe } from "../session/session";
import { useCounts } from "./counts";

/** At the foot of the list: how I am, how much I hold, who else is here. */
export function PresenceBar(): ReactNode {
  const { t } = useTranslation();
  const { presence, choose } = usePresence();
  const open = useCounts()?.mine ?? presence.open;
  const items = PRESENCES.map((state) => ({
    key: state, label: <span className="account-state"><i className={`dot dot-${state}`} />{t(`presence.${state}`)}</span>, onClick: () => choose(state),
  }));
  return (
    <footer className="presence">
      <Dropdown trigger={["click"]} placement="topLeft" menu={{ items, selectedKeys: [presence.state] }}>
        <button type="button" className="presence-mine" title={t("presence.title")}>
          <i className={`dot dot-${presence.state}`} />
          <span>{t(`presence.${presence.state}`)}</span>
          <span className="quiet numbers">{t("presence.open", { count: open })}</span>
          <ChevronDown size={14} aria-hidden />
        </button>
      </Dropdown>
      <Popover trigger="click" placement="topRight" title={t("presence.colleagues")} content={<Colleagues />}>
        <button type="button" className="icon-button" aria-label={t("presence.colleagues")}><UsersRound size={17} /></button>
      </Popover>
    </footer>
  );
}

function Colleagues(): ReactNode {
  const { t } = useTranslation();
  const me = useMe().user.id;
  const others = useColleagues()?.filter((colleague) => colleague.id !== me);
  if (!others || others.length === 0) return <p className="quiet">{t("presence.nobody")}</p>;
  return (
    <ul className="colleagues">
      {others.map((colleague) => (
        <li key={colleague.id}>
          <Face voice="agent" name={colleague.name} size={26} />
          <span className="clip">{colleague.name}</span>
          <i className={`dot dot-${colleague.state}`} />
          <span className="quiet">{t(`presence.${colleague.state}`)}</span>
          <span className="quiet numbers colleague-open">{t("presence.open", { count: colleague.open })}</span>
        </li>
      ))}
    </ul>
  );
}
