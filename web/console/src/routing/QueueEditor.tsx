import { useState, type ReactNode } from "react";
import { Button, Drawer, Form, Input, InputNumber, Select, Switch } from "antd";
import { useTranslation } from "react-i18next";
import type { QueueConfig, RoutingQueue, RoutingSettings } from "@tandem/shared";
import { api } from "../session/api";
import { NeedsFields, OverflowFields, TeamsFields } from "./QueueLists";
import { MAIN_QUEUE, REASONS, useSaving } from "./settings";

type Fields = { name: string; position: number; active: boolean; config: QueueConfig };

/** What a queue takes, asks, promises and does with what it cannot take. */
export function QueueEditor({ queue, settings, onClose }: { queue: RoutingQueue; settings: RoutingSettings; onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const { busy, save } = useSaving();
  const [wide] = useState(() => innerWidth > 720);
  const main = queue.id === MAIN_QUEUE;
  const finish = async (fields: Fields): Promise<void> => {
    const body = { ...fields, config: { ...queue.config, ...fields.config }, version: queue.version };
    const whole = main ? { ...body, name: "", active: true, position: queue.position } : body;
    if (await save(() => (queue.id ? api.put(`/routing/queues/${queue.id}`, whole) : api.post("/routing/queues", whole)))) onClose();
  };
  const footer = <Button type="primary" loading={busy} onClick={form.submit}>{t("common.save")}</Button>;
  return (
    <Drawer open title={queue.name || t(queue.id ? "routing.mainQueue" : "routing.newQueue")} size={wide ? 560 : "100%"} onClose={onClose} footer={footer} keyboard>
      <Form form={form} layout="vertical" requiredMark={false} initialValues={queue} onFinish={(fields: Fields) => void finish(fields)}>
        {!main && <Identity />}
        {!main && <Takes />}
        <h3>{t("routing.asks")}</h3>
        <NeedsFields settings={settings} />
        <TeamsFields settings={settings} />
        <Seconds name="language_after" hint={t("routing.languageHint")} />
        <h3>{t("routing.promises")}</h3>
        <div className="pair"><Seconds name="target" least={1} hint={t("routing.targetHint")} /><Seconds name="offer_seconds" least={5} /></div>
        <div className="pair"><Seconds name="wrap_up_seconds" />
          <Form.Item name={["config", "hours"]} label={t("routing.hours")}>
            <Select allowClear placeholder={t("routing.always")} options={settings.hours.map(({ id, name }) => ({ value: id, label: name }))} onClear={() => form.setFieldValue(["config", "hours"], null)} />
          </Form.Item>
        </div>
        <h3>{t("routing.overflow")}</h3>
        <Form.Item name={["config", "most_waiting"]} label={t("routing.most_waiting")} extra={t("routing.mostWaitingHint")}><InputNumber min={1} max={100_000} /></Form.Item>
        <OverflowFields queue={queue} settings={settings} />
      </Form>
    </Drawer>
  );
}

function Identity(): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="pair">
      <Form.Item name="name" label={t("routing.name")} rules={[{ required: true, whitespace: true, message: t("routing.nameNeeded") }]}><Input maxLength={60} autoFocus /></Form.Item>
      <Form.Item name="position" label={t("routing.position")} extra={t("routing.positionHint")}><InputNumber min={0} max={999_999} /></Form.Item>
      <Form.Item name="active" label={t("routing.active")} valuePropName="checked"><Switch /></Form.Item>
    </div>
  );
}

function Takes(): ReactNode {
  const { t } = useTranslation();
  const reasons = REASONS.map((reason) => ({ value: reason, label: t(`reason.${reason}`) }));
  return (
    <>
      <h3>{t("routing.takes")}</h3>
      <p className="quiet">{t("routing.takesHint")}</p>
      <Form.Item name={["config", "takes", "channels"]} hidden><Select mode="multiple" /></Form.Item>
      <Form.Item name={["config", "takes", "reasons"]} label={t("routing.reasons")}><Select mode="multiple" options={reasons} optionFilterProp="label" /></Form.Item>
      <div className="pair">
        <Form.Item name={["config", "takes", "languages"]} label={t("routing.languages")}><Select mode="tags" options={[{ value: "zh", label: "中文" }, { value: "en", label: "English" }]} /></Form.Item>
        <Form.Item name={["config", "takes", "tiers"]} label={t("routing.tiers")}><Select mode="tags" open={false} suffixIcon={null} /></Form.Item>
      </div>
    </>
  );
}

function Seconds({ name, least = 0, hint }: { name: "language_after" | "target" | "offer_seconds" | "wrap_up_seconds"; least?: number; hint?: string }): ReactNode {
  const { t } = useTranslation();
  return (
    <Form.Item name={["config", name]} label={t(`routing.${name}`)} extra={hint}>
      <InputNumber min={least} suffix={t("routing.seconds")} style={{ inlineSize: "100%" }} />
    </Form.Item>
  );
}
