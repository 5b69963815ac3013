import type { ReactNode } from "react";
import { Input, Select } from "antd";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { ContactField } from "@tandem/shared";
import { languageNow } from "../i18n/i18n";
import { WhenField } from "../look/WhenField";
import { api } from "../session/api";

export const fieldsKey = ["contact-fields"] as const;

/** Fields that this shop keeps of its customers. */
export function useContactFields(): readonly ContactField[] {
  return useQuery({ queryKey: fieldsKey, queryFn: () => api.get<ContactField[]>("/contact-fields"), staleTime: 300_000 }).data ?? [];
}

export function sayLabel({ label, key }: ContactField): string {
  const [own, other] = languageNow() === "en" ? [label["en"], label["zh"]] : [label["zh"], label["en"]];
  return own || other || key;
}

/** What an attribute is called: by its field, where it has one; what the shop's signed identity tells has a name of ours. */
export function useFieldNames(): (name: string) => string {
  const fields = useContactFields();
  const { t } = useTranslation();
  return (name) => {
    const field = fields.find(({ key }) => key === name);
    if (field) return sayLabel(field);
    return name === "phone_last4" ? t("panel.phoneLast4") : name;
  };
}

export function FieldInput({ field, value, onChange }: { field: ContactField; value: string; onChange: (value: string) => void }): ReactNode {
  const label = sayLabel(field);
  if (field.kind === "choice") {
    return <label>{label}<Select allowClear value={value === "" ? null : value} aria-label={label} options={field.choices.map((choice) => ({ value: choice, label: choice }))} onChange={(next?: string | null) => onChange(next ?? "")} /></label>;
  }
  if (field.kind === "date") return <label>{label}<WhenField day value={value === "" ? null : value} label={label} onChange={(next) => onChange(next ?? "")} /></label>;
  return <label>{label}<Input type={field.kind} step="any" value={value} maxLength={500} onChange={(event) => onChange(event.target.value)} /></label>;
}
