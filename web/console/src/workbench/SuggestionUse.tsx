import type { ReactNode } from "react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { SuggestionUse as Use } from "@tandem/shared";
import { languageNow } from "../i18n/i18n";
import { api } from "../session/api";

/** What agents make of the copilot's suggestions. Not shown while there were none: a row of zeros says nothing. */
export function SuggestionUse({ days }: { days: number }): ReactNode {
  const { t } = useTranslation();
  const use = useQuery({ queryKey: ["suggestion-use", days], queryFn: () => api.get<Use>("/suggestions/use", { days }) }).data;
  if (!use || use.shown === 0) return null;
  const figures = [["accepted", use.accepted], ["edited", use.edited], ["dismissed", use.dismissed], ["passed", use.shown - use.accepted - use.edited - use.dismissed]] as const;
  return (
    <section className="panel suggestion-use" aria-label={t("copilot.use.title")}>
      <h2>{t("copilot.use.title")}</h2>
      <p className="panel-lead">{t("copilot.use.lead", { count: use.shown })}</p>
      <dl>
        {figures.map(([key, count]) => (
          <div key={key}><dt>{t(`copilot.use.${key}`)}</dt><dd className="numbers">{count} <span className="quiet">{percent(count / use.shown)}</span></dd></div>
        ))}
        <div><dt>{t("copilot.use.distance")}</dt><dd className="numbers">{use.distance === null ? "–" : t("copilot.use.characters", { count: Math.round(use.distance) })}</dd></div>
      </dl>
    </section>
  );
}

function percent(share: number): string {
  return new Intl.NumberFormat(languageNow(), { style: "percent", maximumFractionDigits: 0 }).format(share);
}
