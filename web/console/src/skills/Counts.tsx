import type { ReactNode } from "react";
import type { SkillNumbers } from "@tandem/shared";
import { useTranslation } from "react-i18next";

/** What the figures of the rows below mean, once for all of them; a screen reader hears it at each. */
export function CountsHead(): ReactNode {
  const { t } = useTranslation();
  return <div className="skill-counts-head" aria-hidden><span><i>{t("skills.calls")}</i><i>{t("skills.p95")}</i><i>{t("skills.errors")}</i></span></div>;
}

/** A day of calls: how many, how slow, how many failed. */
export function Counts({ numbers }: { numbers: SkillNumbers | undefined }): ReactNode {
  const { t } = useTranslation();
  return (
    <dl className="skill-counts numbers">
      <div><dt>{t("skills.calls")}</dt><dd>{numbers?.calls ?? 0}</dd></div>
      <div><dt>{t("skills.p95")}</dt><dd>{numbers ? `${Math.round(numbers.p95)} ms` : t("skills.never")}</dd></div>
      <div className={numbers?.failed ? "skill-failing" : ""}><dt>{t("skills.errors")}</dt><dd>{numbers?.failed ?? 0}</dd></div>
    </dl>
  );
}
