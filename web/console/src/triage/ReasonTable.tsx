import type { ReactNode } from "react";
import { Select } from "antd";
import { Lock } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { TriageRules, TriageRulesView } from "@tandem/shared";
import { NEEDS, needOf, wayOf, withNeed, withWay, withWords, wordsOf, type Need, type Way } from "./rules";

type Rule = TriageRulesView["reasons"][number];
type Props = { rules: TriageRules; onChange: (rules: TriageRules) => void };

export function ReasonTable({ reasons, ...props }: Props & { reasons: readonly Rule[] }): ReactNode {
  const { t } = useTranslation();
  return (
    <ul className="triage-reasons">
      <li className="triage-head" aria-hidden><span>{t("triage.reason")}</span><span>{t("triage.way")}</span><span>{t("triage.need")}</span><span>{t("triage.words")}</span></li>
      {reasons.map((rule) => <ReasonRow key={rule.reason} rule={rule} {...props} />)}
    </ul>
  );
}

function ReasonRow({ rule, rules, onChange }: Props & { rule: Rule }): ReactNode {
  const { t } = useTranslation();
  const { reason, ways, most_needed } = rule;
  const name = t(`reason.${reason}`);
  const kept = ways.length === 1;
  const steps = (Object.keys(NEEDS) as Need[]).filter((step) => NEEDS[step] <= most_needed);
  return (
    <li>
      <b>{name}</b>
      {kept
        ? <span className="triage-kept"><Lock aria-hidden /> {t("triage.always")}</span>
        : <Select<Way> value={wayOf(rules, reason)} aria-label={`${name} · ${t("triage.way")}`} options={ways.map((way) => ({ value: way, label: t(`triage.ways.${way}`) }))} onChange={(way) => onChange(withWay(rules, reason, way))} />}
      <Select<Need> value={needOf(rules, reason)} aria-label={`${name} · ${t("triage.need")}`} options={steps.map((step) => ({ value: step, label: t(`triage.needs.${step}`) }))} onChange={(need) => onChange(withNeed(rules, reason, need))} />
      <Select<string[]> mode="tags" value={wordsOf(rules, reason)} open={false} suffixIcon={null} maxTagTextLength={24} placeholder={t("triage.wordsPlaceholder")} aria-label={`${name} · ${t("triage.words")}`} title={t(kept ? "triage.wordsHintKept" : "triage.wordsHint")} onChange={(typed) => onChange(withWords(rules, reason, typed, !kept))} />
    </li>
  );
}
