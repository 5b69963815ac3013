import type { ReactNode } from "react";
import { BookOpen, Check, CheckCheck, CircleAlert, Clock, DatabaseZap, StickyNote } from "lucide-react";
import { useTranslation } from "react-i18next";
import { sayClock, type Author, type Entry, type Message } from "@tandem/shared";
import { languageNow } from "../i18n/i18n";
import type { Sending } from "../live/desk";
import { Face } from "../look/Face";
import { Judge } from "../promise/Judge";
import { Attachments } from "./Attachments";
import { CardView } from "./Cards";
import { MessageText } from "./MessageText";
import { ModelExchange } from "./ModelExchange";
import { Translated } from "./Translated";

/** Words of one voice. Customers stand on the left; the assistant (violet, `AI`) and people (teal) on the right. */
export function Said({ entry, customer, first, readBy }: { entry: Entry; customer: string; first: boolean; readBy: number }): ReactNode {
  if (entry.body.type !== "message") return null;
  const { body, by, at } = entry;
  return (
    <div className={`said said-${by.kind}${first ? " said-first" : ""}`}>
      {first ? <Face voice={by.kind} name={by.name} /> : <span className="said-indent" />}
      <div className="said-body">
        {first && <Speaker by={by} customer={customer} at={at} />}
        {body.text !== "" && <div className="bubble"><MessageText text={body.text} /></div>}
        {by.kind === "customer" && body.text !== "" && <Translated conversation={entry.conversation} text={body.text} />}
        {body.cards.map((card, index) => <CardView key={index} card={card} />)}
        <Attachments attachments={body.attachments} />
        <Foot body={body} />
        <ModelExchange entry={entry} />
        {by.kind === "assistant" && body.sources.some((source) => source.kind === "knowledge") && <Judge entry={entry} />}
        {by.kind === "agent" && <ReadMark read={readBy >= entry.seq} />}
      </div>
    </div>
  );
}

function Speaker({ by, customer, at }: { by: Author; customer: string; at: string }): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="said-speaker">
      {by.kind === "assistant" ? <span className="ai-label">{t("voice.ai")}</span> : <bdi className="clip">{by.name || (by.kind === "customer" ? customer : "")}</bdi>}
      <time className="quiet numbers" dateTime={at}>{sayClock(at, { locale: languageNow() })}</time>
    </div>
  );
}

function Foot({ body }: { body: Message }): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      {body.choices.length > 0 && (
        <ul className="said-choices" aria-label={t("conversation.choices")}>
          {body.choices.map((choice) => <li key={choice.value}>{choice.label}</li>)}
        </ul>
      )}
      {body.sources.length > 0 && (
        <ul className="said-sources" aria-label={t("conversation.source")}>
          {body.sources.map((source) => (
            <li key={`${source.kind}${source.id}`} title={source.title}>
              {source.kind === "knowledge" ? <BookOpen aria-hidden /> : <DatabaseZap aria-hidden />}
              <span className="clip">{source.title}</span>
              {source.version !== null && <span className="numbers">v{source.version}</span>}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function ReadMark({ read }: { read: boolean }): ReactNode {
  const { t } = useTranslation();
  return (
    <span className={`read-mark${read ? " read-mark-read" : ""}`} title={t(read ? "conversation.read" : "conversation.sent")}>
      {read ? <CheckCheck aria-hidden /> : <Check aria-hidden />}
      <span className="unseen">{t(read ? "conversation.read" : "conversation.sent")}</span>
    </span>
  );
}

export function NoteView({ by, at, text, whisper = false, original = false }: { by: string; at: string; text: string; whisper?: boolean; original?: boolean }): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="note">
      <div className="note-head">
        <StickyNote aria-hidden />
        <b className="clip">{by}</b>
        <span>{t(whisper ? "supervise.whisper" : original ? "translate.original" : "conversation.note")}</span>
        <time className="numbers" dateTime={at}>{sayClock(at, { locale: languageNow() })}</time>
      </div>
      <MessageText text={text} />
    </div>
  );
}

/** Shown at once, marked until the server has it. */
export function OnItsWay({ sending, name, onAgain, onDrop }: { sending: Sending; name: string; onAgain: () => void; onDrop: () => void }): ReactNode {
  const { t } = useTranslation();
  const { text, attachments, kind } = sending.payload;
  const mark = sending.failed === null ? (
    <span className="sending-mark"><Clock aria-hidden /> {t("conversation.sending")}</span>
  ) : (
    <span className="sending-mark sending-failed" role="alert">
      <CircleAlert aria-hidden />
      <span>{t("conversation.notSent")}: {sending.failed}</span>
      <button type="button" className="bare-button" onClick={onAgain}>{t("conversation.resend")}</button>
      <button type="button" className="bare-button" onClick={onDrop}>{t("conversation.discard")}</button>
    </span>
  );
  const at = new Date(sending.typed_at).toISOString();
  if (kind === "note") return <div className="sending"><NoteView by={name} at={at} text={text} />{mark}</div>;
  return (
    <div className="said said-agent said-first sending">
      <Face voice="agent" name={name} />
      <div className="said-body">
        {text !== "" && <div className="bubble"><MessageText text={text} /></div>}
        <Attachments attachments={attachments} />
        {mark}
      </div>
    </div>
  );
}
