import { useState, type ReactNode } from "react";
import { Button, Form, InputNumber, Switch } from "antd";
import { ArrowDown, ArrowUp } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { RoutingRule, RoutingSettings } from "@tandem/shared";
import { api } from "../session/api";
import { HeadStartFields, WeightFields } from "./HeadStarts";
import { fieldsOf, NUMBERS, ruleOf, type Fields } from "./ruleFields";
import { CRITERIA, useSaving } from "./settings";

type Criterion = RoutingRule["order"][number];

/** How one is chosen of those who may: the order of what decides, and its times. */
export function RuleTab({ settings }: { settings: RoutingSettings }): ReactNode {
  const { t } = useTranslation();
  const { rule, version } = settings.rule;
  const [order, setOrder] = useState<readonly Criterion[]>(rule.order);
  const [form] = Form.useForm<Fields>();
  const { busy, save } = useSaving();
  const finish = (fields: Fields): void => void save(() => api.put("/routing/rule", { version, rule: ruleOf(rule, fields, [...order]) }));
  return (
    <section className="panel">
      <h2>{t("routing.order")}</h2>
      <p className="panel-lead">{t("routing.orderLead")}</p>
      <Order order={order} onChange={setOrder} />
      <Form form={form} layout="vertical" requiredMark={false} initialValues={fieldsOf(rule)} onFinish={finish}>
        <div className="pair">
          {NUMBERS.map((name) => <Form.Item key={name} name={name} label={t(`routing.${name}`)}><InputNumber min={0} style={{ inlineSize: "100%" }} /></Form.Item>)}
          <Form.Item name="percent" label={t("routing.exploration")} extra={t("routing.explorationHint")}><InputNumber min={0} max={50} suffix="%" style={{ inlineSize: "100%" }} /></Form.Item>
          <Form.Item name="hours" label={t("routing.messageHours")} extra={t("routing.messageHoursHint")}><InputNumber min={0} max={720} step={0.5} style={{ inlineSize: "100%" }} /></Form.Item>
        </div>
        <WeightFields />
        <HeadStartFields />
        <Button type="primary" htmlType="submit" loading={busy}>{t("common.save")}</Button>
      </Form>
    </section>
  );
}

function Order({ order, onChange }: { order: readonly Criterion[]; onChange: (order: readonly Criterion[]) => void }): ReactNode {
  const { t } = useTranslation();
  const rest = CRITERIA.filter((it) => !order.includes(it));
  const swap = (at: number, by: number): void => {
    const moved = [...order];
    const [one, other] = [moved[at], moved[at + by]];
    if (one === undefined || other === undefined) return;
    [moved[at], moved[at + by]] = [other, one];
    onChange(moved);
  };
  return (
    <ol className="order">
      {[...order, ...rest].map((it, at) => {
        const on = order.includes(it);
        const name = t(`routing.criterion.${it}`);
        return (
          <li key={it} className={on ? undefined : "order-off"}>
            <Switch size="small" checked={on} aria-label={name} onChange={(checked) => onChange(checked ? [...order, it] : order.filter((other) => other !== it))} />
            <span className="order-name">{name}</span>
            <button type="button" className="icon-button" disabled={!on || at === 0} onClick={() => swap(at, -1)} aria-label={t("routing.up", { name })}><ArrowUp size={15} /></button>
            <button type="button" className="icon-button" disabled={!on || at >= order.length - 1} onClick={() => swap(at, 1)} aria-label={t("routing.down", { name })}><ArrowDown size={15} /></button>
          </li>
        );
      })}
    </ol>
  );
}
