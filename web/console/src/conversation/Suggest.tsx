import { useEffect, useState, type KeyboardEvent, type ReactNode, type RefObject } from "react";
import { flushSync } from "react-dom";
import { AtSign, Slash } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Conversation } from "@tandem/shared";
import { useColleagues } from "../app/presence";
import { api } from "../session/api";
import { useMe } from "../session/session";
import { namedIn } from "./mentions";
import { fill, fitting, gapIn, triggerAt, usePhrases, useVariables, type Trigger } from "./phrases";

type Offer = { id: string; head: string; detail: string; insert: string; used?: () => void };
type Given = { row: Conversation; isReply: boolean; text: string; write: (text: string) => void; field: RefObject<HTMLTextAreaElement | null> };
export type Suggesting = { list: ReactNode; open: boolean; active: string | undefined; onKeyDown: (event: KeyboardEvent) => boolean; look: () => void };

/** What `/` and `@` offer while one writes: arrows choose, Enter or Tab takes, Escape lets go. */
export function useSuggest({ row, isReply, text, write, field }: Given): Suggesting {
  const { t } = useTranslation();
  const [trigger, setTrigger] = useState<Trigger | null>(null);
  const [at, setAt] = useState(0);
  const offers = useOffers(row, trigger);
  const here = Math.min(at, offers.length - 1);
  const open = trigger !== null && offers.length > 0;
  useEffect(() => {
    if (open) document.getElementById(`offer-${here}`)?.scrollIntoView({ block: "nearest" });
  }, [open, here]);

  const look = (): void => {
    const element = field.current;
    setAt(0);
    setTrigger(element ? triggerAt(element.value, element.selectionStart, isReply ? "/" : "/@") : null);
  };
  const take = (offer: Offer | undefined): void => {
    if (!offer || !trigger) return;
    const end = field.current?.selectionStart ?? trigger.start + trigger.typed.length + 1;
    // Drawn before the next key is read: set a moment later, the cursor would fall back behind what was typed meanwhile.
    flushSync(() => {
      write(text.slice(0, trigger.start) + offer.insert + text.slice(end));
      offer.used?.();
      setTrigger(null);
    });
    const gap = gapIn(offer.insert);
    const cursor = trigger.start + offer.insert.length;
    field.current?.focus();
    field.current?.setSelectionRange(gap ? trigger.start + gap[0] : cursor, gap ? trigger.start + gap[1] : cursor);
  };
  const onKeyDown = (event: KeyboardEvent): boolean => {
    if (!open || event.nativeEvent.isComposing || event.metaKey || event.ctrlKey) return false;
    if (event.key === "ArrowDown") setAt((here + 1) % offers.length);
    else if (event.key === "ArrowUp") setAt((here - 1 + offers.length) % offers.length);
    else if (event.key === "Enter" || event.key === "Tab") take(offers[here]);
    else if (event.key === "Escape") setTrigger(null);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  const list = open && (
    <ul className="offers" id="offers" role="listbox" aria-label={t(trigger.sign === "/" ? "writing.phrases" : "writing.colleagues")}>
      {offers.map((offer, index) => (
        <li key={offer.id} id={`offer-${index}`} role="option" aria-selected={index === here} onPointerDown={(event) => { event.preventDefault(); take(offer); }} onPointerMove={() => setAt(index)}>
          {trigger.sign === "/" ? <Slash size={13} aria-hidden /> : <AtSign size={13} aria-hidden />}
          <b className="clip" dir="auto">{offer.head}</b>
          <span className="clip quiet" dir="auto">{offer.detail}</span>
        </li>
      ))}
    </ul>
  );
  return { list, open, active: open ? `offer-${here}` : undefined, onKeyDown, look };
}

function useOffers(row: Conversation, trigger: Trigger | null): Offer[] {
  const { t } = useTranslation();
  const me = useMe().user.id;
  const phrases = usePhrases();
  const colleagues = useColleagues() ?? [];
  const values = useVariables(row.id);
  if (trigger === null) return [];
  if (trigger.sign === "@") {
    const wanted = trigger.typed.toLowerCase();
    return colleagues
      .filter(({ id, name }) => id !== me && name.toLowerCase().includes(wanted))
      .slice(0, 8)
      .map(({ id, name, state }) => ({ id, head: name, detail: t(`presence.${state}`), insert: `@${name} ` }));
  }
  return fitting(phrases, trigger.typed, row.language).map((phrase) => {
    const insert = fill(phrase.text, values, (name) => t(`writing.variable.${name}`, { defaultValue: name }));
    const used = (): void => void api.post(`/phrases/${phrase.id}/used`).catch(() => undefined);
    return { id: phrase.id, head: phrase.shortcut, detail: phrase.title === "" ? insert : `${phrase.title} · ${insert}`, insert, used };
  });
}

/** Who is called in a note; null while nobody's name is known here, then it is found out when the note is sent. */
export function useMentioned(): (text: string) => string[] | null {
  const colleagues = useColleagues();
  const me = useMe().user.id;
  return (text) => (text.includes("@") ? (colleagues ? namedIn(text, colleagues, me) : null) : []);
}
