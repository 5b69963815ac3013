import { useState, type ReactNode } from "react";
import { ChevronRight, DatabaseZap } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Entry } from "@tandem/shared";

/** What the assistant looked up or did: one quiet line until somebody wants to know. */
export function Skills({ entries, open: forced }: { entries: readonly Entry[]; open: boolean }): ReactNode {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const open = opened || forced;
  const calls = entries.flatMap(({ seq, body }) => (body.type === "skill_called" ? [{ seq, ...body }] : []));
  const titles = [...new Set(calls.map((call) => call.title))].join(t("conversation.listJoin"));
  const done = calls.filter(({ writes }) => writes).length;
  const looked = calls.length - done;
  const troubled = calls.some((call) => call.outcome !== "ok");
  return (
    <div className="skills">
      <button type="button" className="bare-button skills-line" aria-expanded={open} onClick={() => setOpened(!open)}>
        <ChevronRight className="skills-arrow" aria-hidden />
        <DatabaseZap aria-hidden />
        <span className="clip">{[looked > 0 && t("conversation.skills", { count: looked }), done > 0 && t("conversation.skillsDone", { count: done })].filter(Boolean).join(" · ")} · {titles}</span>
        {troubled && <i className="skills-trouble" aria-hidden />}
      </button>
      {open && (
        <ul className="skills-calls">
          {calls.map((call) => (
            <li key={call.seq} id={`entry-${call.seq}`}>
              <div className="skills-call">
                <b>{call.title}</b>
                {call.writes && <span className="outcome outcome-writes">{t("skills.writes")}</span>}
                <span className={`outcome outcome-${call.outcome}`}>{t(`outcome.${call.outcome}`)}</span>
                <span className="quiet numbers">{call.ms} ms</span>
              </div>
              <p dir="auto">{call.summary}</p>
              <Arguments given={call.arguments} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

export function Arguments({ given }: { given: Record<string, string> }): ReactNode {
  const { t } = useTranslation();
  const pairs = Object.entries(given);
  if (pairs.length === 0) return null;
  return (
    <dl className="arguments">
      {pairs.map(([name, value]) => (
        <div key={name}><dt>{t(`argument.${name}`, { defaultValue: name })}</dt><dd>{value}</dd></div>
      ))}
    </dl>
  );
}
