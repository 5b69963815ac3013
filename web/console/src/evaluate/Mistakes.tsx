import { useState, type ReactNode } from "react";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { Evaluation } from "@tandem/shared";
import type { Kind } from "./figures";

const AT_ONCE = 50;

/** What was said, what should have come of it, and what did. */
export function Mistakes({ kind, title, items, more = 0 }: { kind: Kind; title: string; items: Evaluation["mistakes"]; more?: number }): ReactNode {
  const { t } = useTranslation();
  const [shown, setShown] = useState(AT_ONCE);
  const dialogues = kind === "dialogues";
  return (
    <>
      <h2>{title}</h2>
      {items.length === 0 && <p className="quiet">{t("evaluate.noMistakes")}</p>}
      {items.length > 0 && (
        <div className="evaluate-scroll">
          <table className="evaluate-mistakes">
            <thead><tr><th>{t(`evaluate.where.${kind}`)}</th><th>{t("evaluate.said")}</th>{!dialogues && <th>{t("evaluate.expected")}</th>}<th>{t("evaluate.found")}</th></tr></thead>
            <tbody>
              {items.slice(0, shown).map((it, index) => (
                <tr key={index}>
                  <td className="quiet numbers">{it.where}</td><td dir="auto">{it.said}</td>
                  {!dialogues && <td dir="auto"><Outcome kind={kind} told={it.expected} /></td>}<td dir="auto"><Outcome kind={kind} told={it.found} /></td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {items.length > shown && <Button size="small" onClick={() => setShown((now) => now + AT_ONCE)}>{t("evaluate.showMore", { count: items.length - shown })}</Button>}
      {more > 0 && <p className="quiet">{t("evaluate.notKept", { count: more })}</p>}
    </>
  );
}

function Outcome({ kind, told }: { kind: Kind; told: string }): ReactNode {
  const { t } = useTranslation();
  if (kind === "handoff") return told === "" ? t("evaluate.nobody") : told === "offer" ? t("evaluate.offered") : t(`reason.${told}`, { defaultValue: told });
  if (kind === "answers" && told.startsWith("?")) return t("evaluate.notAnswered", { what: told.slice(2) });
  return told === "" ? t("evaluate.noAnswer") : told;
}
