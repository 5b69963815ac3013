import { useState, type ReactNode } from "react";
import { Button, Input, Popover } from "antd";
import { ArrowRightLeft, Inbox } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useQuery } from "@tanstack/react-query";
import type { Colleague, Conversation } from "@tandem/shared";
import { useColleagues } from "../app/presence";
import { Face } from "../look/Face";
import { api } from "../session/api";

/** A colleague, or a queue; null: the queue whose conditions fit. */
export type Target = { id: string; name: string; queue?: true } | null;
type Props = { row: Conversation; busy: boolean; onTransfer: (to: Target) => void };

const ORDER: Record<Colleague["state"], number> = { online: 0, wrap_up: 1, busy: 2, break: 3, offline: 4 };

export function TransferButton({ row, busy, onTransfer }: Props): ReactNode {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const give = (to: Target): void => {
    setOpen(false);
    onTransfer(to);
  };
  return (
    <Popover trigger="click" placement="bottomRight" open={open} onOpenChange={setOpen} destroyOnHidden content={<Targets row={row} onPick={give} />}>
      <Button title={t("action.transfer")} icon={<ArrowRightLeft size={16} />} loading={busy} aria-label={t("action.transfer")} aria-haspopup="dialog" aria-expanded={open}><span className="head-label head-label-second">{t("action.transfer")}</span></Button>
    </Popover>
  );
}

function Targets({ row, onPick }: { row: Conversation; onPick: (to: Target) => void }): ReactNode {
  const { t } = useTranslation();
  const [q, setQ] = useState("");
  const others = (useColleagues() ?? [])
    .filter((colleague) => colleague.id !== row.agent?.id && colleague.name.toLowerCase().includes(q.trim().toLowerCase()))
    .sort((one, other) => ORDER[one.state] - ORDER[other.state] || one.open - other.open);
  const queues = useQueues().filter(({ name }) => name.toLowerCase().includes(q.trim().toLowerCase()));
  return (
    <div className="transfer" role="dialog" aria-label={t("action.transfer")}>
      <Input autoFocus value={q} onChange={(event) => setQ(event.target.value)} placeholder={t("action.findColleague")} aria-label={t("action.findColleague")} />
      <ul>
        {row.owner !== "queue" && q === "" && (
          <li><button type="button" onClick={() => onPick(null)}><span className="transfer-queue"><Inbox size={15} /></span>{t("action.toQueue")}</button></li>
        )}
        {queues.map(({ id, name }) => (
          <li key={id}><button type="button" onClick={() => onPick({ id, name, queue: true })}><span className="transfer-queue"><Inbox size={15} /></span><span className="clip">{t("action.toQueueNamed", { name })}</span></button></li>
        ))}
        {others.map((colleague) => (
          <li key={colleague.id}>
            <button type="button" onClick={() => onPick(colleague)}>
              <Face voice="agent" name={colleague.name} size={24} />
              <span className="clip">{colleague.name}</span>
              <span className="transfer-state quiet numbers"><i className={`dot dot-${colleague.state}`} />{t(`presence.${colleague.state}`)} · {colleague.open}</span>
            </button>
          </li>
        ))}
        {others.length === 0 && <li className="quiet transfer-none">{t("presence.nobody")}</li>}
      </ul>
    </div>
  );
}

/** Those that can be chosen: with one queue alone there is nothing to choose. */
function useQueues(): readonly { id: string; name: string }[] {
  const { t } = useTranslation();
  const queues = useQuery({ queryKey: ["queues"], queryFn: () => api.get<{ id: string; name: string }[]>("/queues"), staleTime: 60_000 }).data ?? [];
  return queues.length < 2 ? [] : queues.map(({ id, name }) => ({ id, name: name || t("routing.mainQueue") }));
}
