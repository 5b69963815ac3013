import { useState, type ReactNode } from "react";
import { Button } from "antd";
import { Pencil, Plus, Trash2, Zap } from "lucide-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Macro } from "@tandem/shared";
import { FailedState, StatePage } from "../app/StatePage";
import { macrosKey, useSaySteps } from "../conversation/MacroButton";
import { Waiting } from "../look/Waiting";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { useMay } from "../session/session";
import { MacroDialog } from "./MacroDialog";
import { useDrop } from "./PhrasesPanel";

export function MacrosPanel(): ReactNode {
  const { t } = useTranslation();
  const writes = useMay("knowledge:publish");
  const [open, setOpen] = useState<Macro | "new" | null>(null);
  const macros = useQuery({ queryKey: macrosKey, queryFn: () => api.get<Macro[]>("/macros") });
  return (
    <>
      {writes && <div className="bench-top"><span /><Button type="primary" icon={<Plus size={16} />} onClick={() => setOpen("new")}>{t("workbench.newMacro")}</Button></div>}
      {macros.isPending && <Waiting rows={5} />}
      {macros.isError && <FailedState title={t("workbench.failed")} hint={sayProblem(macros.error)} onRetry={() => void macros.refetch()} />}
      {macros.data?.length === 0 && <StatePage icon={<Zap />} title={t("workbench.noMacros")} hint={t("workbench.noMacrosHint")} />}
      {macros.data && macros.data.length > 0 && (
        <ul className="bench-list">{macros.data.map((macro) => <MacroRow key={macro.id} macro={macro} writes={writes} onEdit={() => setOpen(macro)} />)}</ul>
      )}
      {open && <MacroDialog macro={open === "new" ? null : open} onClose={() => setOpen(null)} />}
    </>
  );
}

function MacroRow({ macro, writes, onEdit }: { macro: Macro; writes: boolean; onEdit: () => void }): ReactNode {
  const { t } = useTranslation();
  const saySteps = useSaySteps();
  const drop = useDrop(`/macros/${macro.id}`, macrosKey);
  return (
    <li className="bench-row">
      <Zap size={16} aria-hidden />
      <div className="bench-words"><b className="clip" dir="auto">{macro.name}</b><span className="quiet bench-small">{saySteps(macro.steps)}</span></div>
      {writes && (
        <span className="bench-actions">
          <button type="button" className="icon-button" onClick={onEdit} aria-label={`${t("workbench.editMacro")} ${macro.name}`}><Pencil size={15} /></button>
          <button type="button" className="icon-button" onClick={drop} aria-label={`${t("workbench.drop")} ${macro.name}`}><Trash2 size={15} /></button>
        </span>
      )}
    </li>
  );
}
