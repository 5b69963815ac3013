import { useState, type ReactNode } from "react";
import { Alert, Button, Input, InputNumber, Modal, Select } from "antd";
import { Plus, X } from "lucide-react";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Macro, Step } from "@tandem/shared";
import { useColleagues } from "../app/presence";
import { macrosKey } from "../conversation/MacroButton";
import { useTags } from "../inbox/tags";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { isTaken } from "./PhraseDialog";

const FRESH: Record<Step["type"], Step> = {
  say: { type: "say", text: "" },
  remark: { type: "remark", text: "" },
  mark: { type: "mark", add: [], remove: [] },
  set_aside: { type: "set_aside", seconds: 86_400 },
  give: { type: "give", to: null },
  finish: { type: "finish" },
};
const KINDS = Object.keys(FRESH) as Step["type"][];
const ENDS: readonly Step["type"][] = ["set_aside", "give", "finish"];
const MOST_STEPS = 10;

export function MacroDialog({ macro, onClose }: { macro: Macro | null; onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [name, setName] = useState(macro?.name ?? "");
  const [steps, setSteps] = useState<readonly Step[]>(macro?.steps ?? [FRESH.say]);
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const misplaced = steps.slice(0, -1).some(({ type }) => ENDS.includes(type));
  const possible = name.trim() !== "" && steps.length > 0 && !misplaced && steps.every(isWhole);
  const put = (place: number, step: Step): void => setSteps(steps.map((now, index) => (index === place ? step : now)));
  const save = async (): Promise<void> => {
    setBusy(true);
    try {
      await (macro ? api.put(`/macros/${macro.id}`, { name, steps }) : api.post("/macros", { name, steps }));
      await queries.invalidateQueries({ queryKey: macrosKey });
      onClose();
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };
  return (
    <Modal open title={t(macro ? "workbench.editMacro" : "workbench.newMacro")} okText={t("common.save")} cancelText={t("common.cancel")} onCancel={onClose} onOk={() => void save()} okButtonProps={{ disabled: !possible }} confirmLoading={busy} width={600}>
      {problem !== null && <Alert type="error" showIcon role="alert" title={isTaken(problem) ? t("workbench.macroTaken") : sayProblem(problem)} style={{ marginBottom: 16 }} />}
      <div className="macro-form">
        <label>{t("workbench.macroName")}<Input autoFocus value={name} maxLength={60} onChange={(event) => setName(event.target.value)} /></label>
        <span>{t("workbench.steps")}</span>
        <ol className="macro-steps">
          {steps.map((step, place) => (
            <li key={place}>
              <Select value={step.type} aria-label={`${t("workbench.steps")} ${place + 1}`} options={KINDS.map((value) => ({ value, label: t(`writing.step.${value}`) }))} onChange={(kind: Step["type"]) => put(place, FRESH[kind])} style={{ width: 110 }} />
              <StepField step={step} onChange={(next) => put(place, next)} />
              <button type="button" className="icon-button" onClick={() => setSteps(steps.filter((_, index) => index !== place))} aria-label={`${t("workbench.dropStep")} ${place + 1}`}><X size={15} /></button>
            </li>
          ))}
        </ol>
        {misplaced && <p className="macro-wrong" role="alert">{t("workbench.stepLast")}</p>}
        <Button icon={<Plus size={15} />} disabled={steps.length >= MOST_STEPS} onClick={() => setSteps([...steps, FRESH.say])}>{t("workbench.addStep")}</Button>
      </div>
    </Modal>
  );
}

function StepField({ step, onChange }: { step: Step; onChange: (step: Step) => void }): ReactNode {
  const { t } = useTranslation();
  const { all: tags } = useTags();
  const colleagues = useColleagues() ?? [];
  switch (step.type) {
    case "say":
    case "remark":
      return <Input.TextArea value={step.text} autoSize={{ minRows: 1, maxRows: 6 }} maxLength={4000} aria-label={t("workbench.text")} placeholder={t("workbench.text")} onChange={(event) => onChange({ ...step, text: event.target.value })} />;
    case "mark":
      return <Select mode="multiple" value={step.add} optionFilterProp="label" aria-label={t("order.tags")} options={tags.map(({ id, name }) => ({ value: id, label: name }))} onChange={(add) => onChange({ ...step, add })} style={{ flex: 1 }} />;
    case "set_aside":
      return <InputNumber min={1} max={8760} value={Math.round(step.seconds / 3600)} suffix={t("workbench.hours")} aria-label={t("workbench.hours")} onChange={(hours) => onChange({ ...step, seconds: (hours ?? 1) * 3600 })} style={{ flex: 1 }} />;
    case "give":
      return <Select value={step.to ?? ""} aria-label={t("action.transfer")} options={[{ value: "", label: t("workbench.toQueue") }, ...colleagues.map(({ id, name }) => ({ value: id, label: name }))]} onChange={(to) => onChange({ ...step, to: to === "" ? null : to })} style={{ flex: 1 }} />;
    case "finish":
      return <span style={{ flex: 1 }} />;
  }
}

function isWhole(step: Step): boolean {
  if (step.type === "say" || step.type === "remark") return step.text.trim() !== "";
  return step.type !== "mark" || step.add.length > 0;
}
