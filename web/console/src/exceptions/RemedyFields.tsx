import { type ReactNode } from "react";
import { Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import type { Remedy } from "@tandem/shared";

type Props = { remedies: readonly Remedy[]; chosen: string };

/** By which skill it is carried out once it is granted, and what the skill must be told. */
export function RemedyFields({ remedies, chosen }: Props): ReactNode {
  const { t } = useTranslation();
  const options = [...remedies.map(({ name, title }) => ({ value: name, label: title })), { value: "", label: t("exception.byHand") }];
  const slots = remedies.find(({ name }) => name === chosen)?.slots ?? [];
  return (
    <>
      <Form.Item name="skill" label={t("exception.remedy")} extra={t(chosen === "" ? "exception.byHandHint" : "exception.remedyHint")}>
        <Select options={options} />
      </Form.Item>
      {slots.map((slot) => (
        <Form.Item key={slot.name} name={["given", slot.name]} label={slot.title} rules={[{ required: slot.required, whitespace: true, message: t("exception.needed") }]}>
          {slot.options.length > 0 ? <Select options={slot.options.map((value) => ({ value, label: value }))} showSearch /> : <Input maxLength={200} />}
        </Form.Item>
      ))}
    </>
  );
}
