import { useRef, useState, type ReactNode } from "react";
import { Button, Input } from "antd";
import { useTranslation } from "react-i18next";
import { sayClock, sayDate } from "@tandem/shared";
import { languageNow } from "../i18n/i18n";
import { WhenField } from "../look/WhenField";
import { useFocusWhenShown } from "../look/useFocusWhenShown";
import { laters } from "./snoozing";

/** Until when, and why. Made for a popover. */
export function SnoozeMenu({ onChoose }: { onChoose: (until: string, note: string) => void }): ReactNode {
  const { t } = useTranslation();
  const first = useRef<HTMLButtonElement>(null);
  useFocusWhenShown(first);
  const [note, setNote] = useState("");
  const [own, setOwn] = useState<string | null>(null);
  const now = new Date();
  const manner = { locale: languageNow() };
  const chosen = own === null ? null : new Date(own);
  const possible = chosen !== null && chosen.getTime() > now.getTime();
  return (
    <div className="snooze-menu">
      <ul>
        {laters(now).map(({ key, at }, index) => (
          <li key={key}>
            <button type="button" ref={index === 0 ? first : null} onClick={() => onChoose(at.toISOString(), note)}>
              <span>{t(`order.later.${key}`)}</span>
              <span className="quiet numbers">{sayDate(at.toISOString(), now.getTime(), manner)} {sayClock(at.toISOString(), manner)}</span>
            </button>
          </li>
        ))}
      </ul>
      <div className="snooze-own">
        <WhenField future value={own} label={t("order.later.own")} onChange={setOwn} />
        <Button size="small" disabled={!possible} onClick={() => chosen && onChoose(chosen.toISOString(), note)}>{t("order.snooze")}</Button>
      </div>
      <Input size="small" value={note} maxLength={200} placeholder={t("order.snoozeNote")} aria-label={t("order.snoozeNote")} onChange={(event) => setNote(event.target.value)} />
    </div>
  );
}
