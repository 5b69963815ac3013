import type { ReactNode } from "react";
import { Select } from "antd";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useColleagues } from "../app/presence";
import { WhenField } from "../look/WhenField";
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
          <WhenField value={conditions.valid_from} label={t("knowledge.validFrom")} onChange={(valid_from) => set({ valid_from })} />
        </Field>
        <Field label={t("knowledge.validUntil")} problem={backwards ? t("knowledge.backwards") : null}>
          <WhenField value={conditions.valid_until} label={t("knowledge.validUntil")} wrong={backwards} onChange={(valid_until) => set({ valid_until })} />
        </Field>
        <Field label={t("knowledge.owner")}>
          <Select allowClear showSearch={{ optionFilterProp: "label" }} value={draft.owner} placeholder={t("knowledge.nobody")} options={colleagues?.map(({ id, name }) => ({ value: id, label: name })) ?? []} onChange={(owner: string | undefined) => change({ owner: owner ?? null })} />
        </Field>
        <Field label={t("knowledge.reviewOn")} hint={t("knowledge.reviewOnHint")}>
          <WhenField day value={draft.review_on} label={t("knowledge.reviewOn")} onChange={(review_on) => change({ review_on })} />
        </Field>
      </div>
    </>
  );
}

export function useChannelNames(): readonly ChannelName[] {
  return useQuery({ queryKey: channelNamesKey, queryFn: () => api.get<ChannelName[]>("/knowledge/channels") }).data ?? [];
}
