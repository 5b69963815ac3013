/** What was done, in words. An action without words yet is shown as it is stored: hiding it would be a hole in the audit. */

import { useTranslation } from "react-i18next";
import type { AuditLine } from "@tandem/shared";

export const AREAS = ["conversation", "presence", "exception", "contact", "user", "routing", "article", "knowledge", "skill", "skill_system", "channel", "promise", "triage", "assistant"] as const;

export function useSayDeed(): (action: string) => string {
  const { t } = useTranslation();
  return (action) => {
    const [area = "", ...what] = action.split(".");
    const known: unknown = t(`audit.action.${area}`, { returnObjects: true, defaultValue: {} });
    const words = known !== null && typeof known === "object" ? (known as Record<string, unknown>)[what.join(".")] : undefined;
    return typeof words === "string" ? words : action;
  };
}

/** A sentence of the details: what has a word says it, ids that name nothing any more are left out. */
export function useSayDetail(): (line: AuditLine) => string {
  const { t } = useTranslation();
  const value = (key: string, text: string): string => {
    if (key === "role" || key === "level") return t(`role.${text}`, { defaultValue: text });
    if ((key === "from" || key === "to") && text !== "queue") return t(`presence.${text}`, { defaultValue: text });
    return t(`audit.value.${text}`, { defaultValue: text });
  };
  return ({ detail }) =>
    Object.entries(detail)
      .filter(([, text]) => text !== "" && !ID.test(text))
      .map(([key, text]) => `${t(`audit.key.${key}`, { defaultValue: key })} ${value(key, text)}`)
      .join(" · ");
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
