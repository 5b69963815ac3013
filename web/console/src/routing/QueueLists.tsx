/** The lists of a queue's form: what it asks, which teams may, where it overflows. */

import type { ReactNode } from "react";
import { Button, Form, InputNumber, Select } from "antd";
import { Plus, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { RoutingQueue, RoutingSettings } from "@tandem/shared";

type Options = { value: string; label: string }[];
type Given = { settings: RoutingSettings };

const LEVELS = [1, 2, 3, 4, 5].map((level) => ({ value: level, label: String(level) }));

export function NeedsFields({ settings }: Given): ReactNode {
  const { t } = useTranslation();
  return (
    <Form.List name={["config", "needs"]}>
      {(fields, { add, remove }) => (
        <>
          {fields.map(({ key, name }) => (
            <div key={key} className="listed">
              <Form.Item name={[name, "expertise"]} rules={[{ required: true, message: "" }]}><Select aria-label={t("routing.expertise")} placeholder={t("routing.expertise")} options={optionsOf(settings.expertise)} /></Form.Item>
              <Form.Item name={[name, "level"]}><Select aria-label={t("routing.level")} options={LEVELS} prefix={t("routing.level")} /></Form.Item>
              <Steps name={name} />
              <Remove onClick={() => remove(name)} />
            </div>
          ))}
          <Add disabled={settings.expertise.length === 0} onClick={() => add({ level: 3, steps: [] })}>{t(settings.expertise.length ? "routing.addNeed" : "routing.noExpertise")}</Add>
        </>
      )}
    </Form.List>
  );
}

function Steps({ name }: { name: number }): ReactNode {
  const { t } = useTranslation();
  return (
    <Form.List name={[name, "steps"]}>
      {(steps, { add, remove }) => (
        <div className="listed-more">
          {steps.map(({ key, name: step }) => (
            <div key={key} className="step">
              <span>{t("routing.after")}</span>
              <Form.Item name={[step, "after"]}><InputNumber min={1} max={86_400} aria-label={t("routing.after")} suffix={t("routing.seconds")} /></Form.Item>
              <span>{t("routing.enough")}</span>
              <Form.Item name={[step, "level"]}><Select aria-label={t("routing.level")} options={[{ value: 0, label: t("routing.notAsked") }, ...LEVELS.slice(0, 4)]} /></Form.Item>
              <Remove onClick={() => remove(step)} />
            </div>
          ))}
          <Button type="link" size="small" onClick={() => add({ after: 30 * (steps.length + 1), level: 0 })}>{t("routing.addStep")}</Button>
        </div>
      )}
    </Form.List>
  );
}

export function TeamsFields({ settings }: Given): ReactNode {
  const { t } = useTranslation();
  return (
    <Form.List name={["config", "teams"]}>
      {(fields, { add, remove }) => (
        <>
          {fields.map(({ key, name }) => (
            <div key={key} className="listed">
              <Form.Item name={[name, "team"]} rules={[{ required: true, message: "" }]}><Select aria-label={t("routing.team")} placeholder={t("routing.team")} options={optionsOf(settings.teams)} /></Form.Item>
              <Form.Item name={[name, "after"]}><InputNumber min={0} max={86_400} aria-label={t("routing.after")} prefix={t("routing.after")} suffix={t("routing.seconds")} /></Form.Item>
              <Remove onClick={() => remove(name)} />
            </div>
          ))}
          <Add disabled={settings.teams.length === 0} onClick={() => add({ after: 0 })}>{t(settings.teams.length ? "routing.addTeam" : "routing.noTeams")}</Add>
        </>
      )}
    </Form.List>
  );
}

export function OverflowFields({ queue, settings }: Given & { queue: RoutingQueue }): ReactNode {
  const { t } = useTranslation();
  const when = (["closed", "full", "nobody", "waited"] as const).map((value) => ({ value, label: t(`routing.when.${value}`) }));
  const to = (["queue", "message", "callback"] as const).map((value) => ({ value, label: t(`routing.to.${value}`) }));
  const others = settings.queues.filter(({ id }) => id !== queue.id).map(({ id, name }) => ({ value: id, label: name || t("routing.mainQueue") }));
  return (
    <Form.List name={["config", "overflow"]}>
      {(fields, { add, remove }) => (
        <>
          {fields.map(({ key, name }) => (
            <div key={key} className="listed">
              <Form.Item name={[name, "when"]}><Select aria-label={t("routing.overflow")} options={when} /></Form.Item>
              <Form.Item noStyle dependencies={[["config", "overflow", name, "when"]]}>
                {({ getFieldValue }) => getFieldValue(["config", "overflow", name, "when"]) === "waited" && (
                  <Form.Item name={[name, "after"]}><InputNumber min={0} aria-label={t("routing.after")} suffix={t("routing.seconds")} /></Form.Item>
                )}
              </Form.Item>
              <Form.Item name={[name, "to"]}><Select aria-label={t("routing.overflow")} options={to} /></Form.Item>
              <Form.Item noStyle dependencies={[["config", "overflow", name, "to"]]}>
                {({ getFieldValue }) => getFieldValue(["config", "overflow", name, "to"]) === "queue" && (
                  <Form.Item name={[name, "queue"]} rules={[{ required: true, message: "" }]}><Select aria-label={t("routing.to.queue")} options={others} /></Form.Item>
                )}
              </Form.Item>
              <Remove onClick={() => remove(name)} />
            </div>
          ))}
          <Add onClick={() => add({ when: "closed", to: "message", after: 0, queue: null })}>{t("routing.addOverflow")}</Add>
        </>
      )}
    </Form.List>
  );
}

function Add({ onClick, disabled = false, children }: { onClick: () => void; disabled?: boolean; children: ReactNode }): ReactNode {
  return <Button type="dashed" block icon={<Plus size={14} />} onClick={onClick} disabled={disabled} className="listed-add">{children}</Button>;
}

function Remove({ onClick }: { onClick: () => void }): ReactNode {
  const { t } = useTranslation();
  return <button type="button" className="icon-button" onClick={onClick} aria-label={t("routing.remove")}><X size={16} /></button>;
}

export function optionsOf(named: readonly { id: string; name: string }[]): Options {
  return named.map(({ id, name }) => ({ value: id, label: name }));
}
