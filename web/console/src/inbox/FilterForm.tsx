import { useRef, useState, type ReactNode } from "react";
import { App, Button, Checkbox, Input, Select, type RefSelectProps } from "antd";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Filter, SavedView } from "@tandem/shared";
import { useColleagues } from "../app/presence";
import { useRows } from "../live/DeskProvider";
import { LANGUAGE_CODES, sayLanguage } from "../look/languages";
import { useFocusWhenShown } from "../look/useFocusWhenShown";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { useMay } from "../session/session";
import { trimmed } from "./filter";
import { viewsKey } from "./SavedViews";
import { useTags } from "./tags";

const OWNERS = ["assistant", "queue", "agent", "closed"] as const;
const MOODS = ["angry", "disappointed", "anxious", "sad", "confused", "happy", "neutral"] as const;
const WAITED = [60, 300, 900, 3600] as const;
const QUIET = [3600, 86_400, 259_200] as const;

type Props = { filter: Filter; onChange: (filter: Filter) => void; onClose: () => void };

export default function FilterForm({ filter, onChange, onClose }: Props): ReactNode {
  const { t } = useTranslation();
  const first = useRef<RefSelectProps>(null);
  useFocusWhenShown(first);
  const rows = useRows();
  const { all: tags } = useTags();
  const colleagues = useColleagues() ?? [];
  const set = (part: Partial<Filter>): void => onChange({ ...filter, ...part });
  const channels = [...new Map(rows.all().map(({ channel }) => [channel.id, channel.name]))].map(([value, label]) => ({ value, label }));
  const tiers = [...new Set([...rows.all().flatMap(({ contact }) => contact.tier ?? []), ...(filter.tier ? [filter.tier] : [])])].sort();
  const span = (seconds: number): string => t("order.over", { time: seconds < 3600 ? t("order.minutes", { count: seconds / 60 }) : t("order.hours", { count: seconds / 3600 }) });
  return (
    <form className="filter-form" onSubmit={(event) => event.preventDefault()}>
      <Field label={t("order.owner")}>
        <Select ref={first} mode="multiple" allowClear value={filter.owner ?? []} onChange={(owner) => set({ owner })} options={OWNERS.map((value) => ({ value, label: t(`order.owners.${value}`) }))} aria-label={t("order.owner")} />
      </Field>
      <Field label={t("order.agent")}>
        <Select allowClear showSearch={{ optionFilterProp: "label" }} value={colleagues.length > 0 || filter.agent === "none" ? (filter.agent ?? null) : null} onChange={(agent?: string | null) => set({ agent: agent ?? null })} options={[{ value: "none", label: t("order.nobody") }, ...colleagues.map(({ id, name }) => ({ value: id, label: name }))]} aria-label={t("order.agent")} />
      </Field>
      <Field label={t("order.tags")}>
        <Select mode="multiple" allowClear optionFilterProp="label" value={tags.length > 0 ? (filter.tags ?? []) : []} onChange={(chosen) => set({ tags: chosen })} options={tags.map(({ id, name }) => ({ value: id, label: name }))} aria-label={t("order.tags")} />
      </Field>
      <Field label={t("order.channel")}>
        <Select allowClear value={filter.channel ?? null} onChange={(channel?: string | null) => set({ channel: channel ?? null })} options={channels} aria-label={t("order.channel")} />
      </Field>
      <Field label={t("order.language")}>
        <Select allowClear value={filter.language ?? null} onChange={(language?: string | null) => set({ language: language ?? null })} options={LANGUAGE_CODES.map((value) => ({ value, label: sayLanguage(value) }))} aria-label={t("order.language")} />
      </Field>
      <Field label={t("order.emotion")}>
        <Select mode="multiple" allowClear value={filter.emotion ?? []} onChange={(emotion) => set({ emotion })} options={MOODS.map((value) => ({ value, label: t(`emotion.${value}`) }))} aria-label={t("order.emotion")} />
      </Field>
      <Field label={t("panel.tier")}>
        <Select allowClear value={filter.tier ?? null} onChange={(tier?: string | null) => set({ tier: tier ?? null })} options={tiers.map((value) => ({ value, label: value }))} aria-label={t("panel.tier")} />
      </Field>
      <Field label={t("order.waiting")}>
        <Select allowClear value={filter.waiting_over ?? null} onChange={(waited?: number | null) => set({ waiting_over: waited ?? null })} options={WAITED.map((value) => ({ value, label: span(value) }))} aria-label={t("order.waiting")} />
      </Field>
      <Field label={t("order.quiet")}>
        <Select allowClear value={filter.quiet_over ?? null} onChange={(quiet?: number | null) => set({ quiet_over: quiet ?? null })} options={QUIET.map((value) => ({ value, label: span(value) }))} aria-label={t("order.quiet")} />
      </Field>
      <div className="filter-marks">
        <Checkbox checked={filter.unread === true} onChange={(event) => set({ unread: event.target.checked ? true : null })}>{t("order.unread")}</Checkbox>
        <Checkbox checked={filter.snoozed === true} onChange={(event) => set({ snoozed: event.target.checked ? true : null })}>{t("order.snoozed")}</Checkbox>
      </div>
      <Keep filter={filter} onKept={onClose} />
    </form>
  );
}

function Field({ label, children }: { label: string; children: ReactNode }): ReactNode {
  return <div className="filter-field"><span>{label}</span>{children}</div>;
}

function Keep({ filter, onKept }: { filter: Filter; onKept: () => void }): ReactNode {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const shares = useMay("conversation:assign");
  const [name, setName] = useState("");
  const [shared, setShared] = useState(false);
  const keep = async (): Promise<void> => {
    try {
      const view = await api.post<SavedView>("/views", { name: name.trim(), filter: trimmed(filter), shared });
      queries.setQueryData<SavedView[]>(viewsKey, (known) => known && [...known, view]);
      // They may be on their way, as they were before.
      void queries.invalidateQueries({ queryKey: viewsKey });
      onKept();
    } catch (error) {
      message.error(sayProblem(error));
    }
  };
  return (
    <div className="filter-keep">
      <Input size="small" value={name} maxLength={40} placeholder={t("order.viewName")} aria-label={t("order.viewName")} onChange={(event) => setName(event.target.value)} />
      {shares && <Checkbox checked={shared} onChange={(event) => setShared(event.target.checked)}>{t("order.share")}</Checkbox>}
      <Button size="small" type="primary" disabled={name.trim() === "" || Object.keys(trimmed(filter)).length === 0} onClick={() => void keep()}>{t("order.keep")}</Button>
    </div>
  );
}
