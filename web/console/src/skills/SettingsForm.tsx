import { useState, type ReactNode } from "react";
import type { ConnectedSkill, SkillBoard, SkillChange } from "@tandem/shared";
import { Alert, App, Button, Checkbox, Form, Input, InputNumber, Select } from "antd";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { GROUPS } from "../knowledge/article";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { sayField } from "./sayField";
import { changeOf, linesOf, placeSkill, skillsKey } from "./skills";

type Fields = Omit<SkillChange, "triggers" | "hides" | "active" | "confirm"> & { triggers: string; hides: string };

/** When and how the assistant uses a skill. */
export function SettingsForm({ skill }: { skill: ConnectedSkill }): ReactNode {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const now = changeOf(skill);
  const save = async (fields: Fields): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      const change: SkillChange = { ...now, ...fields, confirm: fields.writes, triggers: linesOf(fields.triggers), hides: linesOf(fields.hides), slots: { ...now.slots, ...fields.slots } };
      const changed = await api.put<ConnectedSkill>(`/skills/${skill.id}`, change);
      queries.setQueryData<SkillBoard>(skillsKey, (known) => known && placeSkill(known, changed));
      message.success(t("common.saved"));
    } catch (error) {
      setProblem(error);
    }
    setBusy(false);
  };
  const initial = { ...now, triggers: now.triggers.join("\n"), hides: now.hides.join("\n") };
  return (
    <Form layout="vertical" requiredMark={false} initialValues={initial} onFinish={(fields: Fields) => void save(fields)}>
      {problem !== null && <Alert type="error" showIcon role="alert" title={sayProblem(problem)} description={sayField(problem)} style={{ marginBottom: 16 }} />}
      <div className="skill-pair">
        <Form.Item name={["title", "zh"]} label={t("skills.title")} rules={[{ required: true }]}><Input maxLength={80} /></Form.Item>
        <Form.Item name={["title", "en"]} label={t("skills.titleEn")} rules={[{ required: true }]}><Input maxLength={80} /></Form.Item>
      </div>
      <Form.Item name="triggers" label={t("skills.triggers")} extra={t("skills.triggersHint")}><Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} /></Form.Item>
      <Form.Item name={["answer", "zh"]} label={t("skills.answer")} extra={t("skills.answerHint")}><Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={1000} /></Form.Item>
      <Form.Item name={["answer", "en"]} label={t("skills.answerEn")}><Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={1000} /></Form.Item>
      <Form.Item name="personal" valuePropName="checked" extra={t("skills.personalHint")}><Checkbox>{t("skills.personal")}</Checkbox></Form.Item>
      <Form.Item name="writes" valuePropName="checked" extra={t("skills.writesHint")}><Checkbox>{t("skills.writesLabel")}</Checkbox></Form.Item>
      <Form.Item name="who" label={t("skills.users")} extra={t("skills.usersHint")}>
        <Checkbox.Group options={(["assistant", "desk"] as const).map((value) => ({ value, label: t(`skills.user.${value}`) }))} />
      </Form.Item>
      <Form.Item name="audience" label={t("knowledge.audience")} extra={t("knowledge.audienceHint")}>
        <Select mode="tags" placeholder={t("knowledge.everybody")} tokenSeparators={[",", "，"]} options={GROUPS.map((value) => ({ value, label: t(`knowledge.groups.${value}`) }))} />
      </Form.Item>
      <div className="skill-pair">
        <Form.Item name="seconds" label={t("skills.seconds")}><InputNumber min={0.1} max={30} step={0.5} /></Form.Item>
        <Form.Item name="tries" label={t("skills.tries")} extra={t("skills.triesHint")}><InputNumber min={1} max={5} /></Form.Item>
      </div>
      <Form.Item name="hides" label={t("skills.hides")} extra={t("skills.hidesHint")}><Input.TextArea autoSize={{ minRows: 1, maxRows: 6 }} /></Form.Item>
      {skill.offer.skill.slots.length > 0 && <h3>{t("skills.parameters")}</h3>}
      {skill.offer.skill.slots.map((slot) => <Slot key={slot.name} name={slot.name} />)}
      <Button htmlType="submit" type="primary" loading={busy}>{t("skills.save")}</Button>
    </Form>
  );
}

function Slot({ name }: { name: string }): ReactNode {
  const { t } = useTranslation();
  const from = Form.useWatch<string | undefined>(["slots", name, "given_by"]) ?? "customer";
  const at = (field: string): string[] => ["slots", name, field];
  return (
    <fieldset className="skill-slot">
      <legend>{name}</legend>
      <div className="skill-pair">
        <Form.Item name={[...at("title"), "zh"]} label={t("skills.title")}><Input maxLength={60} /></Form.Item>
        <Form.Item name={[...at("title"), "en"]} label={t("skills.titleEn")}><Input maxLength={60} /></Form.Item>
      </div>
      <Form.Item name={at("given_by")} label={t("skills.givenBy")}>
        <Select options={(["customer", "identity", "grant", "fixed"] as const).map((value) => ({ value, label: t(`skills.by.${value}`) }))} />
      </Form.Item>
      {from === "fixed" && <Form.Item name={at("fixed")} label={t("skills.fixed")}><Input maxLength={200} /></Form.Item>}
      {from === "customer" && (
        <div className="skill-pair">
          <Form.Item name={[...at("ask"), "zh"]} label={`${t("skills.question")} (中文)`}><Input maxLength={300} /></Form.Item>
          <Form.Item name={[...at("ask"), "en"]} label={`${t("skills.question")} (English)`}><Input maxLength={300} /></Form.Item>
        </div>
      )}
      <Form.Item name={at("required")} valuePropName="checked" noStyle><Checkbox>{t("skills.required")}</Checkbox></Form.Item>
      <Form.Item name={at("private")} valuePropName="checked" noStyle><Checkbox>{t("skills.private")}</Checkbox></Form.Item>
    </fieldset>
  );
}
