import { memo, type MouseEvent, type ReactNode } from "react";
import { Angry, Check, Clock4, FileText, Frown, Globe, MessageCircle } from "lucide-react";
import { useTranslation } from "react-i18next";
import { sayTime, type Conversation } from "@tandem/shared";
import { languageNow } from "../i18n/i18n";
import { useMinute, useNow } from "../live/ticker";
import { useRow } from "../live/DeskProvider";
import { nameOf } from "../look/contactName";
import { heatOf } from "./emotions";
import { useTags } from "./tags";
import { WaitClock } from "./WaitClock";
import { pressureOf, waitedSeconds } from "./waitingTime";

type Props = { id: string; open: boolean; focused: boolean; gone: boolean; chosen: boolean; onOpen: (id: string) => void; onChoose: (id: string, range: boolean) => void };

export const InboxRow = memo(function InboxRow({ id, open, focused, gone, chosen, onOpen, onChoose }: Props): ReactNode {
  const { t } = useTranslation();
  const row = useRow(id);
  if (!row) return null;
  // What the assistant answers is nobody's to read.
  const unread = row.owner === "assistant" ? 0 : row.unread;
  const classes = ["row", open && "row-open", focused && "row-focused", gone && "row-gone", unread > 0 && "row-unread", chosen && "row-chosen"].filter(Boolean).join(" ");
  const onClick = (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) onChoose(id, event.shiftKey);
    else onOpen(id);
  };
  const onMark = (event: MouseEvent): void => {
    event.stopPropagation();
    onChoose(id, event.shiftKey);
  };
  return (
    <div id={`row-${id}`} role="option" aria-selected={open || chosen} className={classes} onClick={onClick} title={gone ? t("inbox.gone") : undefined}>
      {/* For the pointer alone; the keyboard has X, and a button inside an option would be out of a screen reader's reach. */}
      <span className="row-mark" aria-hidden onClick={onMark}><Check /></span>
      {row.waiting_since && <Tint since={row.waiting_since} />}
      <div className="row-line">
        <ChannelMark kind={row.channel.kind} name={row.channel.name} />
        <bdi className="row-name clip">{nameOf(row.contact)}</bdi>
        {row.contact.tier && <span className="row-tier clip">{row.contact.tier}</span>}
        <Mood emotion={row.emotion} />
        <span className="row-time">{row.waiting_since ? <WaitClock since={row.waiting_since} /> : <Ago at={row.preview.at} />}</span>
      </div>
      <div className="row-line">
        <Preview row={row} />
        <TagDots tags={row.tags} />
        {row.packet_unread && <FileText className="row-packet" aria-label={t("order.packetUnread")} />}
        {row.snoozed_until && <Clock4 className="row-snoozed" aria-label={t("order.snoozed")} />}
        {unread > 0 && <span className="row-badge numbers" aria-label={t("inbox.unread", { count: unread })}>{unread > 99 ? "99+" : unread}</span>}
      </div>
    </div>
  );
});

function Preview({ row }: { row: Conversation }): ReactNode {
  const { t } = useTranslation();
  const { by, text } = row.preview;
  return (
    <span className="row-words clip">
      {by === "assistant" && <b className="row-ai">{t("voice.ai")}</b>}
      {by === "agent" && <b className="row-person">{row.agent?.name ?? t("voice.person")}</b>}
      <bdi>{text.replaceAll("**", "")}</bdi>
    </span>
  );
}

const DOTS = 3;

function TagDots({ tags }: { tags: readonly string[] }): ReactNode {
  const { byId } = useTags();
  const known = tags.flatMap((id) => byId.get(id) ?? []);
  if (known.length === 0) return null;
  const names = known.map(({ name }) => name).join(" · ");
  return <span className="tag-dots" role="img" aria-label={names} title={names}>{known.slice(0, DOTS).map(({ id, colour }) => <i key={id} className={`tag-dot tag-${colour}`} />)}</span>;
}

function Tint({ since }: { since: string }): ReactNode {
  return <i className={`row-tint tint-${pressureOf(waitedSeconds(since, useNow()))}`} aria-hidden />;
}

function Ago({ at }: { at: string }): ReactNode {
  return <span className="quiet numbers">{sayTime(at, useMinute(), { locale: languageNow() })}</span>;
}

export function Mood({ emotion, words = false }: { emotion: string | null; words?: boolean }): ReactNode {
  const { t } = useTranslation();
  const heat = heatOf(emotion);
  if (emotion === null || heat === "calm") return null;
  const name = t(`emotion.${emotion}`, { defaultValue: emotion });
  return (
    <span className={`mood mood-${heat}`} title={name} role="img" aria-label={name}>
      {heat === "heated" ? <Angry aria-hidden /> : <Frown aria-hidden />}
      {words && name}
    </span>
  );
}

export function ChannelMark({ kind, name }: { kind: string; name: string }): ReactNode {
  return (
    <span className="channel-mark" title={name} role="img" aria-label={name}>
      {kind === "webchat" ? <Globe aria-hidden /> : <MessageCircle aria-hidden />}
    </span>
  );
}
