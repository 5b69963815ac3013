import type { ReactNode } from "react";
import { Input, Select } from "antd";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useColleagues } from "../app/presence";
import { api } from "../session/api";
import { GROUPS, type ArticleDraft, type ChannelName, type Conditions } from "./article";
import { Field } from "./Field";
import { channelNamesKey } from "./keys";

type Props = { draft: ArticleDraft; change: (part: Partial<ArticleDraft>) => void };

/** Whom an article is for, where and when it holds; and who looks after it. */
export function ForWhom({ draft, change }: Props): ReactNode {
  const { t } = useTranslation();
  const channels = useChannelNames();
  const colleagues = useColleagues();
  const { conditions } = draft;
  const set = (part: Partial<Conditions>): void => change({ conditions: { ...conditions, ...part } });
  const backwards = conditions.valid_from !== null && conditions.valid_until !== null && conditions.valid_from >= conditions.valid_until;
  return (
    <>
      <div className="editor-halves">
        <Field label={t("knowledge.audience")} hint={t("knowledge.audienceHint")}>
          <Select mode="tags" value={[...conditions.audience]} placeholder={t("knowledge.everybody")} tokenSeparators={[",", "，"]} options={GROUPS.map((group) => ({ value: group, label: t(`knowledge.groups.${group}`) }))} onChange={(audience: string[]) => set({ audience })} />
        </Field>
        <Field label={t("knowledge.channels")}>
          <Select mode="multiple" value={[...conditions.channels]} placeholder={t("knowledge.everywhere")} optionFilterProp="label" options={channels.map(({ id, name }) => ({ value: id, label: name }))} onChange={(chosen: string[]) => set({ channels: chosen })} />
        </Field>
        <Field label={t("knowledge.validFrom")}>
          <Input type="datetime-local" value={local(conditions.valid_from)} onChange={(event) => set({ valid_from: utc(event.target.value) })} />
        </Field>
        <Field label={t("knowledge.validUntil")} problem={backwards ? t("knowledge.backwards") : null}>
          <Input type="datetime-local" status={backwards ? "error" : ""} value={local(conditions.valid_until)} onChange={(event) => set({ valid_until: utc(event.target.value) })} />
        </Field>
        <Field label={t("knowledge.owner")}>
          <Select allowClear showSearch={{ optionFilterProp: "label" }} value={draft.owner} placeholder={t("knowledge.nobody")} options={colleagues?.map(({ id, name }) => ({ value: id, label: name })) ?? []} onChange={(owner: string | undefined) => change({ owner: owner ?? null })} />
        </Field>
        <Field label={t("knowledge.reviewOn")} hint={t("knowledge.reviewOnHint")}>
          <Input type="date" value={draft.review_on ?? ""} onChange={(event) => change({ review_on: event.target.value || null })} />
        </Field>
      </div>
    </>
  );
}

export function useChannelNames(): readonly ChannelName[] {
  return useQuery({ queryKey: channelNamesKey, queryFn: () => api.get<ChannelName[]>("/knowledge/channels") }).data ?? [];
}

/** A moment as the field wants it: on the clock of whoever is looking. */
function local(moment: string | null): string {
  if (moment === null) return "";
  const at = new Date(moment);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function utc(field: string): string | null {
  return field === "" ? null : new Date(field).toISOString();
}
