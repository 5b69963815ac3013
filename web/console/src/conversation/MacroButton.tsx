import { useState, type ReactNode } from "react";
import { App, Popover, Tooltip } from "antd";
import { Zap } from "lucide-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Refused, type Conversation, type Macro, type Step } from "@tandem/shared";
import { useCommands } from "../commands/commands";
import { useDesk, useRows } from "../live/DeskProvider";
import { Unsaid } from "../live/deeds";
import { conversationKey } from "../live/keys";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";

export const macrosKey = ["macros"] as const;

function useMacros(): readonly Macro[] {
  return useQuery({ queryKey: macrosKey, queryFn: () => api.get<Macro[]>("/macros"), staleTime: 300_000 }).data ?? [];
}

/** Several actions at one press; each macro is a command of the palette too. */
export function MacroButton({ row }: { row: Conversation }): ReactNode {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const macros = useMacros();
  const saySteps = useSaySteps();
  const run = useRun(row);
  useCommands([
    ...macros.map((macro) => ({ id: `macro.${macro.id}`, group: "conversation" as const, label: t("writing.runMacro", { name: macro.name }), run: () => run(macro) })),
    ...(macros.length > 0 ? [{ id: "macros", group: "conversation" as const, label: t("writing.macros"), shortcut: "m", run: () => setOpen(true) }] : []),
  ]);
  if (macros.length === 0) return null;
  const list = (
    <ul className="choose-list macro-list">
      {macros.map((macro, index) => (
        <li key={macro.id}>
          <button type="button" autoFocus={index === 0} onClick={() => { setOpen(false); run(macro); }}>
            <span className="macro-words"><b className="clip" dir="auto">{macro.name}</b><span className="quiet clip">{saySteps(macro.steps)}</span></span>
          </button>
        </li>
      ))}
    </ul>
  );
  return (
    <Popover trigger="click" placement="topLeft" open={open} onOpenChange={setOpen} destroyOnHidden content={list}>
      <Tooltip title={open ? "" : <>{t("writing.macros")} <kbd>M</kbd></>}>
        <button type="button" className="icon-button" aria-label={t("writing.macros")} aria-expanded={open}><Zap size={17} /></button>
      </Tooltip>
    </Popover>
  );
}

export function useSaySteps(): (steps: readonly Step[]) => string {
  const { t } = useTranslation();
  return (steps) => steps.map((step) => t(`writing.step.${step.type}`)).join(" → ");
}

function useRun(row: Conversation): (macro: Macro) => void {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const desk = useDesk();
  const rows = useRows();
  const queries = useQueryClient();
  const sayWhy = (error: unknown): string => {
    const missing = error instanceof Refused ? (error.problem.errors ?? []).filter(({ field }) => field === "variables") : [];
    if (error instanceof Unsaid) return `${t("action.unsaid")} ${t("action.unsaidDetail")}`;
    if (missing.length === 0) return sayProblem(error);
    return t("writing.missing", { names: missing.map(({ message: name }) => t(`writing.variable.${name}`, { defaultValue: name })).join(t("conversation.listJoin")) });
  };
  return (macro) => {
    desk.do<Conversation>({ what: "macro", conversations: [row.id], path: `/conversations/${row.id}/macro`, body: { macro: macro.id, client_id: crypto.randomUUID() } }).then(
      (next) => {
        rows.hear(next);
        message.success(t("writing.ran", { name: macro.name }));
        void queries.invalidateQueries({ queryKey: [conversationKey, row.id] });
      },
      (error: unknown) => void message.error(sayWhy(error)),
    );
  };
}
