import type { ReactNode } from "react";
import { Dropdown, Popover, type MenuProps } from "antd";
import { ChevronDown, UsersRound } from "lucide-react";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { Colleague, Mine, Presence } from "@tandem/shared";
import { PRESENCES, useColleagues, usePresence, useSayReason } from "../app/presence";
import { Face } from "../look/Face";
import { useMe } from "../session/session";
import { useMine } from "../routing/useMine";
import { useNow } from "../live/ticker";

/** At the foot of the list: how I am, how much I carry of what I may, who else is here. */
export function PresenceBar(): ReactNode {
  const { t } = useTranslation();
  const { presence, choose } = usePresence();
  const mine = useMine();
  const items: MenuProps["items"] = [
    ...PRESENCES.map((state) => (state === "break" ? breaks(t, choose) : {
      key: state, label: <StateName state={state} />, onClick: () => choose(state),
    })),
    { type: "divider" },
    { key: "capacity", disabled: true, label: <Capacity mine={mine} /> },
  ];
  return (
    <footer className="presence">
      <Dropdown trigger={["click"]} placement="topLeft" menu={{ items, selectedKeys: [presence.state] }}>
        <button type="button" className="presence-mine" title={t("presence.title")}>
          <i className={`dot dot-${presence.state}`} />
          <span className="clip"><MyState presence={presence} /></span>
          <ChatLoad mine={mine} open={presence.open} />
          <ChevronDown size={14} aria-hidden />
        </button>
      </Dropdown>
      <Popover trigger="click" placement="topRight" title={t("presence.colleagues")} content={<Colleagues />}>
        <button type="button" className="icon-button" aria-label={t("presence.colleagues")}><UsersRound size={17} /></button>
      </Popover>
    </footer>
  );
}

function StateName({ state }: { state: Presence }): ReactNode {
  const { t } = useTranslation();
  return <span className="account-state"><i className={`dot dot-${state}`} />{t(`presence.${state}`)}</span>;
}

const BREAKS = ["meal", "rest", "training", "meeting"] as const;

function breaks(t: TFunction, choose: (state: Presence, reason?: string) => void): NonNullable<MenuProps["items"]>[number] {
  const children = BREAKS.map((reason) => {
    const words = t(`presence.breaks.${reason}`);
    return { key: `break.${reason}`, label: words, onClick: () => choose("break", words) };
  });
  return { key: "break", label: <StateName state="break" />, onTitleClick: () => choose("break"), children };
}

function MyState({ presence }: { presence: Colleague }): ReactNode {
  const { t } = useTranslation();
  const now = useNow();
  const reason = useSayReason()(presence);
  if (presence.wrap_up_until && presence.state === "wrap_up") {
    const left = Math.max(0, Math.ceil((Date.parse(presence.wrap_up_until) - now) / 1000));
    return <>{t("presence.wrap_up")} <span className="numbers">{left} s</span></>;
  }
  if (presence.state === "busy") return <>{t("presence.busy")}<span className="quiet"> · {t("presence.takesNobody")}</span></>;
  return <>{t(`presence.${presence.state}`)}{reason && <span className="quiet"> · {reason}</span>}</>;
}

function ChatLoad({ mine, open }: { mine: Mine | undefined; open: number }): ReactNode {
  const { t } = useTranslation();
  const chats = mine?.load.find(({ kind }) => kind === "chat");
  if (!chats) return <span className="quiet numbers">{t("presence.open", { count: open })}</span>;
  const words = t("presence.load.chat", { open: chats.open, most: chats.most });
  return <span className={`quiet numbers${chats.open >= chats.most ? " presence-full" : ""}`} title={words} aria-label={words}>{chats.open}/{chats.most}</span>;
}

function Capacity({ mine }: { mine: Mine | undefined }): ReactNode {
  const { t } = useTranslation();
  if (!mine) return null;
  return (
    <span className="capacity">
      {mine.load.filter(({ most }) => most > 0).map(({ kind, open, most }) => <span key={kind} className="numbers">{t(`presence.load.${kind}`, { open, most })}</span>)}
      <span className="capacity-bar" aria-hidden><i style={{ inlineSize: `${Math.min(100, (100 * mine.units) / Math.max(1, mine.most_units))}%` }} /></span>
    </span>
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
