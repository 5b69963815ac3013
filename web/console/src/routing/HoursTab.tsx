import { useState, type ReactNode } from "react";
import { App, Button, Drawer, Form, Input, Select } from "antd";
import { CalendarClock, Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { OpeningHours, RoutingSettings } from "@tandem/shared";
import { StatePage } from "../app/StatePage";
import { languageNow } from "../i18n/i18n";
import { api } from "../session/api";
import { readHolidays, readSpans, sayWeek, useSaving, writeSpans } from "./settings";

type Fields = { name: string; zone: string; week: string[]; holidays: string };
const OFFICE = [...Array<string>(5).fill("09:00-18:00"), "", ""];
const ZONES = Intl.supportedValuesOf("timeZone").map((value) => ({ value, label: value }));

export function HoursTab({ settings }: { settings: RoutingSettings }): ReactNode {
  const { t } = useTranslation();
  const [open, setOpen] = useState<OpeningHours | "new" | null>(null);
  return (
    <section>
      <p className="panel-lead">{t("routing.hoursLead")}</p>
      {settings.hours.length === 0 && <StatePage icon={<CalendarClock />} title={t("routing.noHours")} hint={t("routing.noHoursHint")} />}
      <ul className="rows">
        {settings.hours.map((hours) => (
          <li key={hours.id} className="row">
            <button type="button" className="row-main" onClick={() => setOpen(hours)}>
              <b className="clip">{hours.name}</b>
              <span className="quiet clip numbers">{sayWeek(hours.opening.week, dayName)}</span>
            </button>
            <span className="quiet row-side">{hours.opening.zone}</span>
            <span className="quiet row-side">{t("routing.holidayCount", { count: hours.opening.holidays.length })}</span>
          </li>
        ))}
      </ul>
      <Button icon={<Plus size={16} />} onClick={() => setOpen("new")}>{t("routing.newHours")}</Button>
      {open !== null && <HoursEditor hours={open === "new" ? null : open} onClose={() => setOpen(null)} />}
    </section>
  );
}

function HoursEditor({ hours, onClose }: { hours: OpeningHours | null; onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const { busy, save } = useSaving();
  const finish = async ({ name, zone, week, holidays }: Fields): Promise<void> => {
    const body = { name, opening: { zone, week: week.map((text) => readSpans(text ?? "") ?? []), holidays: readHolidays(holidays ?? "") ?? [] } };
    if (await save(() => (hours ? api.put(`/routing/hours/${hours.id}`, body) : api.post("/routing/hours", body)))) onClose();
  };
  const drop = (): void =>
    void modal.confirm({
      title: t("routing.dropTitle", { name: hours?.name }), content: t("routing.hoursDrop"), okText: t("routing.remove"), okButtonProps: { danger: true }, cancelText: t("common.cancel"),
      onOk: async () => (await save(() => api.delete(`/routing/hours/${hours?.id}`))) && onClose(),
    });
  const footer = <div className="foot"><Button type="primary" loading={busy} onClick={form.submit}>{t("common.save")}</Button>{hours && <Button danger onClick={drop}>{t("routing.remove")}</Button>}</div>;
  const times = { validator: (_: unknown, text: string) => (readSpans(text ?? "") === null ? Promise.reject(new Error(t("routing.badTimes"))) : Promise.resolve()) };
  const days = { validator: (_: unknown, text: string) => (readHolidays(text ?? "") === null ? Promise.reject(new Error(t("routing.badDays"))) : Promise.resolve()) };
  return (
    <Drawer open title={hours?.name ?? t("routing.newHours")} onClose={onClose} size={innerWidth > 720 ? 460 : "100%"} footer={footer}>
      <Form form={form} layout="vertical" requiredMark={false} initialValues={fieldsOf(hours)} onFinish={(fields: Fields) => void finish(fields)}>
        <Form.Item name="name" label={t("routing.name")} rules={[{ required: true, whitespace: true, message: t("routing.nameNeeded") }]}><Input maxLength={60} /></Form.Item>
        <Form.Item name="zone" label={t("routing.zone")}><Select showSearch options={ZONES} /></Form.Item>
        <p className="quiet">{t("routing.timesHint")}</p>
        {OFFICE.map((_, day) => <Form.Item key={day} name={["week", day]} label={dayName(day)} rules={[times]} layout="horizontal" labelCol={{ flex: "72px" }} className="day"><Input placeholder={t("routing.closed")} /></Form.Item>)}
        <Form.Item name="holidays" label={t("routing.holidays")} extra={t("routing.holidaysHint")} rules={[days]}><Input.TextArea autoSize={{ minRows: 3, maxRows: 12 }} /></Form.Item>
      </Form>
    </Drawer>
  );
}

function fieldsOf(hours: OpeningHours | null): Fields {
  if (!hours) return { name: "", zone: Intl.DateTimeFormat().resolvedOptions().timeZone, week: OFFICE, holidays: "" };
  const { zone, week, holidays } = hours.opening;
  const lines = holidays.map(({ on, name, spans }) => [on, writeSpans(spans), name].filter(Boolean).join(" "));
  return { name: hours.name, zone, week: week.map(writeSpans), holidays: lines.join("\n") };
}

/** Monday is 0. */
function dayName(day: number): string {
  return new Intl.DateTimeFormat(languageNow(), { weekday: "short", timeZone: "UTC" }).format(Date.UTC(2024, 0, 1 + day));
}
