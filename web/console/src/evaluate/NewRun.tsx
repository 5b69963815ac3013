import { useRef, useState, type ReactNode } from "react";
import { Alert, Button, Input, InputNumber, Segmented } from "antd";
import { FileUp } from "lucide-react";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Evaluation } from "@tandem/shared";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { sayField } from "../skills/sayField";
import { evaluationsKey, FILES, KINDS, type Kind, type Role } from "./figures";

type Chosen = Partial<Record<Role, File[]>>;
type Settings = { name: string; oos_label: string; max_wrong: number | null; seed: number; repeats: number };
const BLANK: Settings = { name: "", oos_label: "", max_wrong: null, seed: 0, repeats: 3 };

export function NewRun({ articles, trial }: { articles: number; trial: boolean }): ReactNode {
  const { t } = useTranslation();
  const [kind, setKind] = useState<Kind>("answers");
  const [files, setFiles] = useState<Chosen>({});
  const [settings, setSettings] = useState(BLANK);
  const [start, busy, problem] = useStart(() => { setFiles({}); setSettings((now) => ({ ...now, name: "" })); });
  const lacks = FILES[kind].some(({ role, needed }) => needed && !files[role]?.length);
  return (
    <section className="panel evaluate-new">
      <p className="panel-lead">{t("evaluate.lead")}</p>
      <div className="evaluate-scroll"><Segmented value={kind} onChange={(value) => { setKind(value); setFiles({}); }} options={KINDS.map((value) => ({ value, label: t(`evaluate.kind.${value}`) }))} aria-label={t("evaluate.what")} /></div>
      <p>{t(`evaluate.about.${kind}`)}</p>
      {FILES[kind].map((file) => (
        <FileRow key={`${kind}${file.role}`} {...file} chosen={files[file.role] ?? []} onChoose={(chosen) => setFiles((now) => ({ ...now, [file.role]: chosen }))} />
      ))}
      {kind === "answers" && !files.entries?.length && <p className="quiet">{t("evaluate.onPublished", { count: articles })}</p>}
      {kind === "dialogues" && <p className="quiet">{t("evaluate.playedWith", { count: articles })} {t(trial ? "evaluate.withTrial" : "evaluate.withoutTrial")}</p>}
      <Choices kind={kind} settings={settings} onChange={setSettings} />
      {problem !== null && <Alert type="error" showIcon role="alert" title={sayProblem(problem)} description={sayField(problem)} />}
      <div className="evaluate-start">
        <Input value={settings.name} maxLength={80} placeholder={t("evaluate.name")} aria-label={t("evaluate.name")} onChange={(event) => setSettings((now) => ({ ...now, name: event.target.value }))} />
        <Button type="primary" disabled={lacks} loading={busy} onClick={() => start(kind, files, settings)}>{t("evaluate.start")}</Button>
      </div>
    </section>
  );
}

function FileRow({ role, needed, many, accept, chosen, onChoose }: { role: Role; needed: boolean; many: boolean; accept: string; chosen: readonly File[]; onChoose: (files: File[]) => void }): ReactNode {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const label = t(`evaluate.role.${role}`);
  return (
    <div className="evaluate-file">
      <span className="evaluate-role"><b>{label}</b>{!needed && <span className="quiet"> {t("evaluate.optional")}</span>}<br /><span className="quiet">{t(`evaluate.format.${role}`)}</span></span>
      <Button icon={<FileUp size={16} />} onClick={() => input.current?.click()}>{t(many ? "evaluate.chooseFiles" : "evaluate.chooseFile")}</Button>
      <span className="clip" dir="auto">{chosen.length > 3 ? t("evaluate.files", { count: chosen.length }) : chosen.map(({ name }) => name).join(", ")}</span>
      <input ref={input} type="file" hidden multiple={many} accept={accept} aria-label={label} onChange={(event) => { onChoose([...(event.target.files ?? [])]); event.target.value = ""; }} />
    </div>
  );
}

function Choices({ kind, settings, onChange }: { kind: Kind; settings: Settings; onChange: (settings: Settings) => void }): ReactNode {
  const { t } = useTranslation();
  const { oos_label, max_wrong, seed, repeats } = settings;
  return (
    <div className="evaluate-choices">
      {kind === "intents" && <label>{t("evaluate.choice.oos_label")} <Input value={oos_label} maxLength={100} onChange={(event) => onChange({ ...settings, oos_label: event.target.value })} /></label>}
      {(kind === "answers" || kind === "loop") && <label>{t("evaluate.choice.max_wrong")} <InputNumber value={max_wrong} min={0.1} max={50} step={0.5} suffix="%" placeholder={kind === "loop" ? "2" : t("evaluate.asPromised")} onChange={(value) => onChange({ ...settings, max_wrong: value })} /></label>}
      {kind === "loop" && <label>{t("evaluate.choice.seed")} <InputNumber value={seed} min={0} max={2147483647} precision={0} onChange={(value) => onChange({ ...settings, seed: value ?? 0 })} /></label>}
      {kind === "dialogues" && <label>{t("evaluate.choice.repeats")} <InputNumber value={repeats} min={1} max={20} precision={0} onChange={(value) => onChange({ ...settings, repeats: value ?? 3 })} /></label>}
    </div>
  );
}

function useStart(onStarted: () => void): [(kind: Kind, files: Chosen, settings: Settings) => void, boolean, unknown] {
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const run = async (kind: Kind, files: Chosen, { name, oos_label, max_wrong, seed, repeats }: Settings): Promise<void> => {
    setBusy(true);
    setProblem(null);
    const query = new URLSearchParams({ kind, name, oos_label, max_wrong: String((max_wrong ?? 0) / 100), seed: String(seed), repeats: String(repeats) });
    const parts = Object.entries(files).flatMap(([role, chosen]) => chosen.map((file, index): [string, File] => [chosen.length > 1 ? `${role}.${index}` : role, file]));
    try {
      await api.uploadAll<Evaluation>(`/evaluations?${query}`, parts);
      onStarted();
      await queries.invalidateQueries({ queryKey: evaluationsKey });
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return [(kind, files, settings) => void run(kind, files, settings), busy, problem];
}
