import { useDeferredValue, useEffect, useRef, useState, type ReactNode } from "react";
import { Alert, App, Form, Input, InputNumber, Modal, Select, type RefSelectProps } from "antd";
import { useTranslation } from "react-i18next";
import type { Conversation, ExceptionView } from "@tandem/shared";
import { nameOf } from "../look/contactName";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { CURRENCIES, KINDS, toMinor, useAgain, useRemedies, type Kind } from "./exceptions";
import { Precedents } from "./Precedents";
import { RemedyFields } from "./RemedyFields";
import "./exceptions.css";

type Fields = { kind: Kind; what: string; why: string; cost: number; currency: string; skill: string; given?: Record<string, string> };

/** Asks for what goes beyond the rules. Ctrl+Enter sends. */
export function ProposeDialog({ row, onClose }: { row: Conversation; onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const again = useAgain();
  const [form] = Form.useForm<Fields>();
  const first = useRef<RefSelectProps>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const typed = useDeferredValue(Form.useWatch([], form) as Partial<Fields> | undefined);
  const currency = typed?.currency ?? "CNY";
  const cost = typeof typed?.cost === "number" ? { amount: toMinor(typed.cost, currency), currency } : null;
  const remedies = useRemedies(row.id, typed?.kind ?? "refund");
  useEffect(() => {
    if (!remedies) return;
    form.setFieldValue("skill", remedies[0]?.name ?? "");
    // What is known is not asked for: of one order alone it can only be this one.
    for (const { name, options } of remedies.flatMap(({ slots }) => slots)) if (options.length === 1) form.setFieldValue(["given", name], options[0]);
  }, [form, remedies]);
  const save = async ({ cost: amount, ...fields }: Fields): Promise<void> => {
    setBusy(true);
    try {
      const asked = await api.post<ExceptionView>(`/conversations/${row.id}/exceptions`, { ...fields, cost: toMinor(amount, fields.currency) });
      again();
      message.success(t(asked.exception.state === "granted" ? "exception.grantedAtOnce" : "exception.asked"));
      onClose();
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };
  const required = { required: true, whitespace: true, message: t("exception.needed") };
  return (
    <Modal open title={t("exception.propose", { name: nameOf(row.contact) })} okText={t("exception.send")} cancelText={t("common.cancel")} onCancel={onClose} onOk={form.submit} confirmLoading={busy} width={760} afterOpenChange={(open) => open && first.current?.focus()}>
      {problem !== null && <Alert type="error" showIcon title={sayProblem(problem)} role="alert" style={{ marginBottom: 16 }} />}
      <div className="propose" onKeyDown={(event) => (event.metaKey || event.ctrlKey) && event.key === "Enter" && !busy && form.submit()}>
        <Form form={form} layout="vertical" requiredMark={false} initialValues={{ kind: "refund", currency: "CNY", skill: "" }} onFinish={(fields: Fields) => void save(fields)} autoComplete="off">
          <Form.Item name="kind" label={t("exception.kindLabel")}>
            <Select ref={first} options={KINDS.map((value) => ({ value, label: t(`exception.kind.${value}`) }))} />
          </Form.Item>
          <Form.Item name="what" label={t("exception.what")} rules={[required]}>
            <Input maxLength={200} placeholder={t("exception.whatHint")} />
          </Form.Item>
          <Form.Item name="why" label={t("exception.why")} extra={t("exception.whyHint")} rules={[required]}>
            <Input.TextArea maxLength={1000} autoSize={{ minRows: 3, maxRows: 8 }} />
          </Form.Item>
          <div className="propose-cost">
            <Form.Item name="cost" label={t("exception.cost")} rules={[{ required: true, message: t("exception.needed") }]}>
              <InputNumber min={0} max={10_000_000} precision={2} />
            </Form.Item>
            <Form.Item name="currency" label={t("exception.currency")}>
              <Select options={CURRENCIES.map((value) => ({ value, label: value }))} />
            </Form.Item>
          </div>
          {remedies && remedies.length === 0 && <p className="quiet">{t(typed?.kind === "other" ? "exception.otherIsByHand" : "exception.noRemedy")} {t("exception.byHandHint")}</p>}
          {remedies && remedies.length > 0 && <RemedyFields remedies={remedies} chosen={typed?.skill ?? ""} />}
        </Form>
        <Precedents conversation={row.id} kind={typed?.kind ?? "refund"} cost={cost} words={`${typed?.what ?? ""} ${typed?.why ?? ""}`} />
      </div>
    </Modal>
  );
}
