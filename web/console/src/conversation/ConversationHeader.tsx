import type { ReactNode } from "react";
import { Button, Tooltip } from "antd";
import { ArrowLeft, BadgeCheck, Bot, Check, PanelRight, Sparkles, UserRoundCheck } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { Conversation } from "@tandem/shared";
import { ChannelMark, Mood } from "../inbox/InboxRow";
import { WaitClock } from "../inbox/WaitClock";
import { nameOf } from "../look/contactName";
import { sayLanguage } from "../look/languages";
import { Face } from "../look/Face";
import { useMe } from "../session/session";
import type { Abilities } from "./abilities";
import { TransferButton } from "./TransferButton";
import type { Actions } from "./useActions";
import "../look/owner.css";

type Props = {
  row: Conversation;
  recommended: string | null;
  online: boolean | null;
  abilities: Abilities;
  actions: Actions;
  backTo: string;
  panelOpen: boolean;
  onPanel: () => void;
};

export function ConversationHeader(props: Props): ReactNode {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { row, online, panelOpen } = props;
  const panelLabel = t(panelOpen ? "conversation.closePanel" : "conversation.openPanel");
  return (
    <header className="conversation-head">
      <button type="button" className="icon-button head-back" onClick={() => void navigate(props.backTo)} aria-label={t("common.back")}><ArrowLeft size={18} /></button>
      <Face voice="customer" name={row.contact.name} size={36} />
      <div className="head-who">
        <div className="head-name">
          <h2 className="clip"><bdi>{nameOf(row.contact)}</bdi></h2>
          {row.contact.verified && <Tooltip title={t("conversation.verified")}><BadgeCheck className="head-verified" size={16} aria-label={t("conversation.verified")} /></Tooltip>}
          {row.contact.tier && <span className="head-tier clip">{row.contact.tier}</span>}
          <Mood emotion={row.emotion} words />
        </div>
        <div className="head-facts">
          <Owner row={row} />
          {row.waiting_since && <WaitClock since={row.waiting_since} icon />}
          <ChannelMark kind={row.channel.kind} name={row.channel.name} />
          <span className="clip head-channel">{row.channel.name}</span>
          <span className="head-language">{sayLanguage(row.language)}</span>
          {online !== null && <span className="head-online"><i className={`dot ${online ? "dot-online" : "dot-offline"}`} /><span>{t(online ? "conversation.online" : "conversation.offline")}</span></span>}
        </div>
      </div>
      <HeadActions {...props} />
      <Tooltip title={panelLabel}>
        <button type="button" className="icon-button" aria-pressed={panelOpen} aria-label={panelLabel} onClick={props.onPanel}><PanelRight size={18} /></button>
      </Tooltip>
    </header>
  );
}

function Owner({ row }: { row: Conversation }): ReactNode {
  const { t } = useTranslation();
  const me = useMe().user.id;
  const words = row.owner === "agent" && row.agent?.id === me ? t("owner.me") : t(`owner.${row.owner}`, { name: row.agent?.name ?? t("voice.person") });
  return <span className={`owner owner-${row.owner}`}>{row.owner === "assistant" && <Sparkles size={12} aria-hidden />}<span className="clip">{words}</span></span>;
}

function HeadActions({ row, recommended, abilities, actions }: Props): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="head-actions">
      {abilities.transfer && <TransferButton row={row} recommended={recommended} onTransfer={actions.transfer} busy={actions.busy === "transfer"} />}
      {abilities.handBack && (
        <Tooltip title={<>{t("action.handBack")} <kbd>H</kbd></>}>
          <Button icon={<Bot size={16} />} loading={actions.busy === "hand-back"} onClick={actions.handBack} aria-label={t("action.handBack")}><span className="head-label head-label-second">{t("action.handBack")}</span></Button>
        </Tooltip>
      )}
      {abilities.resolve && (
        <Tooltip title={<>{t("action.resolve")} <kbd>E</kbd></>}>
          <Button type="primary" icon={<Check size={16} />} loading={actions.busy === "resolve"} disabled={actions.resolvingAt !== null} onClick={actions.resolve} aria-label={t("action.resolve")}><span className="head-label">{t("action.resolve")}</span></Button>
        </Tooltip>
      )}
      {(abilities.accept || abilities.takeOver) && <span className="head-accept"><AcceptButton abilities={abilities} actions={actions} /></span>}
    </div>
  );
}

export function AcceptButton({ abilities, actions }: { abilities: Abilities; actions: Actions }): ReactNode {
  const { t } = useTranslation();
  const words = t(abilities.accept ? "action.accept" : "action.takeOver");
  return (
    <Tooltip title={<>{abilities.accept ? words : t("action.takeOverTitle")} <kbd>A</kbd></>}>
      <Button type={abilities.accept ? "primary" : "default"} icon={<UserRoundCheck size={16} />} loading={actions.busy === "accept"} onClick={actions.accept}>{words}</Button>
    </Tooltip>
  );
}
