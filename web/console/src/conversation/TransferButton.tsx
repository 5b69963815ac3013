import { useState, type ReactNode } from "react";
import { Button, Input, Popover, Tooltip } from "antd";
import { ArrowRightLeft, Inbox, UsersRound } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useQuery } from "@tanstack/react-query";
import type { Colleague, Conversation, Team } from "@tandem/shared";
import { useColleagues } from "../app/presence";
import { useCommands } from "../commands/commands";
import { Face } from "../look/Face";
import { api } from "../session/api";

/** A colleague, a team, of which whoever is free gets it, or a queue; null: the queue whose conditions fit. */
export type Target = { id: string; name: string; kind: "colleague" | "team" | "queue" } | null;
type Props = { row: Conversation; busy: boolean; onTransfer: (to: Target, note: string) => void };

const ORDER: Record<Colleague["state"], number> = { online: 0, wrap_up: 1, busy: 2, break: 3, offline: 4 };

export function TransferButton({ row, busy, onTransfer }: Props): ReactNode {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const give = (to: Target, note: string): void => {
    setOpen(false);
    onTransfer(to, note);
  };
  useCommands([{ id: "transfer", group: "conversation", label: t("action.transfer"), shortcut: "v", run: () => setOpen(true) }]);
  return (
    <Popover trigger="click" placement="bottomRight" open={open} onOpenChange={setOpen} destroyOnHidden content={<Targets row={row} onPick={give} />}>
      <Tooltip title={open ? "" : <>{t("action.transfer")} <kbd>V</kbd></>}>
        <Button icon={<ArrowRightLeft size={16} />} loading={busy} aria-label={t("action.transfer")} aria-haspopup="dialog" aria-expanded={open}><span className="head-label head-label-second">{t("action.transfer")}</span></Button>
      </Tooltip>
    </Popover>
  );
}

function Targets({ row, onPick }: { row: Conversation; onPick: (to: Target, note: string) => void }): ReactNode {
  const { t } = useTranslation();
  const [q, setQ] = useState("");
  const [note, setNote] = useState("");
  const fits = ({ name }: { name: string }): boolean => name.toLowerCase().includes(q.trim().toLowerCase());
  const others = (useColleagues() ?? [])
    .filter((colleague) => colleague.id !== row.agent?.id && fits(colleague))
    .sort((one, other) => ORDER[one.state] - ORDER[other.state] || one.open - other.open);
  const teams = useTeams().filter(fits);
  const queues = useQueues().filter(fits);
  const pick = (to: Target): void => onPick(to, note.trim());
  return (
    <div className="transfer" role="dialog" aria-label={t("action.transfer")}>
      <Input autoFocus value={q} onChange={(event) => setQ(event.target.value)} placeholder={t("action.findTarget")} aria-label={t("action.findTarget")} />
      <ul>
        {row.owner !== "queue" && q === "" && (
          <li><button type="button" onClick={() => pick(null)}><span className="transfer-queue"><Inbox size={15} /></span>{t("action.toQueue")}</button></li>
        )}
        {others.map((colleague) => (
          <li key={colleague.id}>
            <button type="button" onClick={() => pick({ id: colleague.id, name: colleague.name, kind: "colleague" })}>
              <Face voice="agent" name={colleague.name} size={24} />
              <span className="clip">{colleague.name}</span>
              <span className="transfer-state quiet numbers"><i className={`dot dot-${colleague.state}`} />{t(`presence.${colleague.state}`)} · {colleague.open}</span>
            </button>
          </li>
        ))}
        {teams.map(({ id, name, free }) => (
          <li key={id}>
            <button type="button" disabled={free === 0} onClick={() => pick({ id, name, kind: "team" })}>
              <span className="transfer-queue"><UsersRound size={15} /></span>
              <span className="clip">{t("action.toTeam", { name })}</span>
              <span className="transfer-state quiet numbers">{t("action.free", { count: free })}</span>
            </button>
          </li>
        ))}
        {queues.map(({ id, name }) => (
          <li key={id}><button type="button" onClick={() => pick({ id, name, kind: "queue" })}><span className="transfer-queue"><Inbox size={15} /></span><span className="clip">{t("action.toQueueNamed", { name })}</span></button></li>
        ))}
        {others.length + teams.length + queues.length === 0 && <li className="quiet transfer-none">{t("action.noTarget")}</li>}
      </ul>
      <Input.TextArea value={note} maxLength={1000} autoSize={{ minRows: 1, maxRows: 4 }} dir="auto" placeholder={t("action.transferNote")} aria-label={t("action.transferNote")} onChange={(event) => setNote(event.target.value)} />
    </div>
  );
}

/** Who of a team is free changes while one looks and writes a word for him: no frame tells of it. */
function useTeams(): readonly Team[] {
  return useQuery({ queryKey: ["teams"], queryFn: () => api.get<Team[]>("/teams"), staleTime: 5_000, refetchInterval: 5_000 }).data ?? [];
}

/** Those that can be chosen: with one queue alone there is nothing to choose. */
function useQueues(): readonly { id: string; name: string }[] {
  const { t } = useTranslation();
  const queues = useQuery({ queryKey: ["queues"], queryFn: () => api.get<{ id: string; name: string }[]>("/queues"), staleTime: 60_000 }).data ?? [];
  return queues.length < 2 ? [] : queues.map(({ id, name }) => ({ id, name: name || t("routing.mainQueue") }));
}
