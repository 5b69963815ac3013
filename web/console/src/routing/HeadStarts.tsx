import type { ReactNode } from "react";
import { Button, Form, Input, InputNumber } from "antd";
import { Plus, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { KINDS, STARTS } from "./ruleFields";

/** What each kind of work weighs, and who is due earlier by how many seconds. */
export function WeightFields(): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <h3>{t("routing.weights")}</h3>
      <p className="quiet">{t("routing.weightsHint")}</p>
      <div className="pair">
        {KINDS.map((kind) => <Form.Item key={kind} name={["weights", kind]} label={t(`routing.weight.${kind}`)}><InputNumber min={0} max={10_000} style={{ inlineSize: "100%" }} /></Form.Item>)}
      </div>
    </>
  );
}

export function HeadStartFields(): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <h3>{t("routing.headStart")}</h3>
      <p className="quiet">{t("routing.headStartHint")}</p>
      <div className="pair">
        {STARTS.map(({ of, at, word }) => <Form.Item key={word} name={["head_start", of, at]} label={t(`routing.start.${word}`)}><Seconds /></Form.Item>)}
      </div>
      <Form.List name="tiers">
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }) => (
              <div key={key} className="listed">
                <Form.Item name={[name, "tier"]} rules={[{ required: true, whitespace: true, message: "" }]}><Input maxLength={40} placeholder={t("routing.tier")} aria-label={t("routing.tier")} /></Form.Item>
                <Form.Item name={[name, "seconds"]}><Seconds /></Form.Item>
                <button type="button" className="icon-button" onClick={() => remove(name)} aria-label={t("routing.remove")}><X size={16} /></button>
              </div>
            ))}
            <Button type="dashed" block icon={<Plus size={14} />} className="listed-add" onClick={() => add({ tier: "", seconds: 60 })}>{t("routing.addTier")}</Button>
          </>
        )}
      </Form.List>
    </>
  );
}

/** `value` and `onChange` are given by the form's item around it. */
function Seconds(given: { id?: string; value?: number; onChange?: (value: number | null) => void }): ReactNode {
  const { t } = useTranslation();
  return <InputNumber {...given} min={0} max={3600} suffix={t("routing.seconds")} aria-label={given.id ? undefined : t("routing.seconds")} style={{ inlineSize: "100%" }} />;
}
