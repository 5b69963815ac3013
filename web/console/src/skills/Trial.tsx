import { useState, type ReactNode } from "react";
import type { ConnectedSkill, SkillParameter, SkillTried } from "@tandem/shared";
import { Alert, Button, Checkbox, Form, Input, Select } from "antd";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { sayField } from "./sayField";
import { callName, callsKey } from "./skills";

type Fields = { given: Record<string, string | undefined>; customer: string; sure: boolean };

/** One real call with sample values. */
export function Trial({ skill }: { skill: ConnectedSkill }): ReactNode {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [tried, setTried] = useState<SkillTried | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const { slots, writes } = skill.offer.skill;
  const call = async ({ given, customer, sure }: Fields): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      const filled = Object.fromEntries(Object.entries(given ?? {}).filter(([, value]) => value));
      setTried(await api.post<SkillTried>(`/skills/${skill.id}/try`, { given: filled, customer: customer ?? "", sure: sure ?? false }));
      await queries.invalidateQueries({ queryKey: callsKey(callName(skill)) });
    } catch (error) {
      setProblem(error);
    }
    setBusy(false);
  };
  return (
    <Form layout="vertical" requiredMark={false} onFinish={(fields: Fields) => void call(fields)}>
      {slots.filter((slot) => slot.given_by === "customer").map((slot) => <Value key={slot.name} slot={slot} />)}
      {slots.some((slot) => slot.given_by === "identity") && <Form.Item name="customer" label={t("skills.customer")}><Input maxLength={200} /></Form.Item>}
      {writes && <Form.Item name="sure" valuePropName="checked" rules={[{ validator: (_, value: unknown) => (value === true ? Promise.resolve() : Promise.reject(new Error(t("skills.trySure")))) }]}><Checkbox>{t("skills.trySure")}</Checkbox></Form.Item>}
      <Button htmlType="submit" type="primary" loading={busy}>{t("skills.tryIt")}</Button>
      {problem !== null && <Alert className="skill-result" type="error" showIcon role="alert" title={sayProblem(problem)} description={sayField(problem)} />}
      {tried && (
        <section className="skill-result" aria-live="polite">
          <p><span className={`outcome outcome-${tried.outcome}`}>{t(`outcome.${tried.outcome}`)}</span> <span className="quiet numbers">{tried.ms} ms</span> {tried.detail}</p>
          {tried.result !== null && <pre tabIndex={0} aria-label={t("skills.result")}>{JSON.stringify(tried.result, null, 2)}</pre>}
        </section>
      )}
    </Form>
  );
}

function Value({ slot }: { slot: SkillParameter }): ReactNode {
  const { i18n, t } = useTranslation();
  const label = i18n.language.startsWith("zh") ? slot.title.zh : slot.title.en;
  return (
    <Form.Item name={["given", slot.name]} label={`${label} (${slot.name})`} rules={[{ required: slot.required, message: t("skills.required") }]}>
      {slot.options.length > 0 ? <Select allowClear options={slot.options.map(({ value }) => ({ value, label: value }))} /> : <Input maxLength={slot.longest} placeholder={slot.kind} />}
    </Form.Item>
  );
}
