import { useEffect, useState, type ReactNode } from "react";
import { App, Button } from "antd";
import { Headset, MessageSquareText, Phone, type LucideIcon } from "lucide-react";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { Conversation, Mine, OfferCard } from "@tandem/shared";
import { useCommands, type Command } from "../commands/commands";
import { caps, isMac } from "../commands/shortcutText";
import { ring } from "../inbox/alerting";
import { useMuted } from "../inbox/useAlerts";
import { mineKey } from "../live/keys";
import { useNow } from "../live/ticker";
import { nameOf } from "../look/contactName";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { alsoSpeaks, sayWhy, secondsLeft } from "./why";
import { TAKEN } from "../conversation/useWritesWhenTaken";
import { useMine } from "./useMine";
import "./offer.css";

const PRESSING = 5;
const ACCEPT = "mod+j";
const DECLINE = "mod+.";
const ICONS: Record<OfferCard["kind"], LucideIcon> = { chat: Headset, ticket: MessageSquareText, call: Phone };

/** A customer I am asked to take, over whatever page is open, until it is taken, declined, or the time is over. */
export function Offer(): ReactNode {
  const offer = useMine()?.offer ?? null;
  return offer === null ? null : <Card key={offer.id} offer={offer} />;
}

function Card({ offer }: { offer: OfferCard }): ReactNode {
  const { t } = useTranslation();
  const left = secondsLeft(offer.until, useNow());
  const { busy, accept, decline } = useAnswer(offer);
  const commands: Command[] = [
    { id: "offer.accept", group: "conversation", label: t("offer.accept"), shortcut: ACCEPT, run: accept },
    { id: "offer.decline", group: "conversation", label: t("offer.decline"), shortcut: DECLINE, run: decline },
  ];
  useCommands(commands);
  useRing();
  if (left === 0) return null;
  const name = nameOf({ id: offer.conversation, name: offer.contact_name });
  return (
    <section className={`offer${left <= PRESSING ? " offer-pressing" : ""}`} aria-label={t("offer.title")}>
      <span className="offer-time" aria-hidden style={{ inlineSize: `${share(offer, left)}%` }} />
      <Head offer={offer} name={name} left={left} />
      {offer.preview && <p className="offer-preview" dir="auto">{offer.preview}</p>}
      <p className="offer-why"><b>{t("offer.whyYou")}</b> {[sayWhy(offer.why, t), ...alsoSpeaks(offer.why, t)].join(t("offer.join"))}</p>
      <div className="offer-answer">
        <Button type="primary" onClick={accept} loading={busy}>{t("offer.accept")} <Keys of={ACCEPT} /></Button>
        <Button onClick={decline} disabled={busy}>{t("offer.decline")} <Keys of={DECLINE} /></Button>
      </div>
      <span className="unseen" role="status">{t("offer.said", { name })}</span>
    </section>
  );
}

function Head({ offer, name, left }: { offer: OfferCard; name: string; left: number }): ReactNode {
  const { t } = useTranslation();
  const Icon = ICONS[offer.kind];
  const waited = Math.round((Date.now() - Date.parse(offer.at)) / 1000) + offer.waited;
  const about = [
    offer.channel, offer.tier, offer.queue, offer.reason && t(`reason.${offer.reason}`, { defaultValue: offer.reason }),
    offer.emotion && offer.emotion !== "neutral" && t(`emotion.${offer.emotion}`, { defaultValue: offer.emotion }),
  ].filter(Boolean);
  return (
    <header className="offer-head">
      <span className="offer-icon"><Icon size={18} aria-hidden /></span>
      <div className="offer-who">
        <b className="clip"><bdi>{name}</bdi></b>
        <span className="quiet">{about.join(" · ")}</span>
        <span className="offer-waited numbers">{t(`offer.waited.${offer.kind}`, { minutes: Math.floor(waited / 60), seconds: String(waited % 60).padStart(2, "0") })}</span>
      </div>
      <span className="offer-left numbers" aria-label={t("offer.left", { count: left })}>{left}</span>
    </header>
  );
}

function Keys({ of }: { of: string }): ReactNode {
  return <span className="offer-keys" aria-hidden>{caps(of, isMac).map((cap) => <kbd key={cap}>{cap}</kbd>)}</span>;
}

function share(offer: OfferCard, left: number): number {
  return Math.min(100, (100_000 * left) / Math.max(1, Date.parse(offer.until) - Date.parse(offer.at)));
}

function useRing(): void {
  const [muted] = useMuted();
  useEffect(() => {
    if (!muted) ring("waiting");
    // Once an offer: the card is made anew for each.
  }, []);
}

function useAnswer(offer: OfferCard): { busy: boolean; accept: () => void; decline: () => void } {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const done = (): void => {
    queries.setQueryData<Mine>(mineKey, (mine) => mine && (mine.offer?.id === offer.id ? { ...mine, offer: null } : mine));
    void queries.invalidateQueries({ queryKey: mineKey });
  };
  const answer = async (act: () => Promise<unknown>): Promise<void> => {
    if (busy) return;
    setBusy(true);
    try {
      await act();
      done();
    } catch (error) {
      message.warning(sayProblem(error));
      setBusy(false);
      done();
    }
  };
  const accept = (): void =>
    void answer(async () => {
      const { id } = await api.post<Conversation>(`/conversations/${offer.conversation}/accept`, { version: offer.version });
      message.success(t("action.accepted"));
      void navigate(`/inbox/mine/${id}`, { state: TAKEN });
    });
  const decline = (): void => void answer(() => api.post(`/offers/${offer.id}/decline`, {}));
  return { busy, accept, decline };
}
