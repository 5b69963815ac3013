import { useState, type ReactNode } from "react";
import { Button, Input, Popover, Tooltip } from "antd";
import { ArrowRightLeft, BadgeCheck, Inbox, UsersRound } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useQuery } from "@tanstack/react-query";
import type { Conversation, Team } from "@tandem/shared";
import { useColleagues } from "../app/presence";
import { useCommands } from "../commands/commands";
import { Face } from "../look/Face";
import { Waiting } from "../look/Waiting";
import { api } from "../session/api";
import { byReadiness, inOrder } from "./transferTargets";

/** A colleague, a team, of which whoever is free gets it, or a queue; null: the queue whose conditions fit. */
export type Target = { id: string; name: string; kind: "colleague" | "team" | "queue" } | null;
/** Where there is no room on its own side, on a phone, it moves along rather than being cut off. */
const ON_SCREEN = { overflow: { adjustX: false, adjustY: true, shiftX: true } };

/** `recommended`: the queue that the packet names. */
type Props = { row: Conversation; recommended: string | null; busy: boolean; onTransfer: (to: Target, note: string) => void };

export function TransferButton({ row, recommended, busy, onTransfer }: Props): ReactNode {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const give = (to: Target, note: string): void => {
    setOpen(false);
    onTransfer(to, note);
  };
  useCommands([{ id: "transfer", group: "conversation", label: t("action.transfer"), shortcut: "v", run: () => setOpen(true) }]);
  return (
    <Popover trigger="click" placement="bottomRight" align={ON_SCREEN} open={open} onOpenChange={setOpen} destroyOnHidden content={<Targets row={row} recommended={recommended} onPick={give} />}>
      <Tooltip title={open ? "" : <>{t("action.transfer")} <kbd>V</kbd></>}>
        <Button icon={<ArrowRightLeft size={16} />} loading={busy} aria-label={t("action.transfer")} aria-haspopup="dialog" aria-expanded={open}><span className="head-label head-label-second">{t("action.transfer")}</span></Button>
      </Tooltip>
    </Popover>
  );
}

function Targets({ row, recommended, onPick }: { row: Conversation; recommended: string | null; onPick: (to: Target, note: string) => void }): ReactNode {
  const { t } = useTranslation();
  const [q, setQ] = useState("");
  const [note, setNote] = useState("");
  const fits = ({ name }: { name: string }): boolean => name.toLowerCase().includes(q.trim().toLowerCase());
  const colleagues = useColleagues();
  const teams = useTeams();
  const queues = useQueues();
  // Their states go on changing; the rows stay where the pointer is about to press.
  const [order, setOrder] = useState<{ colleagues: readonly string[]; teams: readonly string[] } | null>(null);
  if (order === null && colleagues && teams && queues) setOrder({ colleagues: byReadiness(colleagues).map(({ id }) => id), teams: teams.map(({ id }) => id) });
  const others = inOrder(colleagues ?? [], order?.colleagues ?? []).filter((colleague) => colleague.id !== row.agent?.id && fits(colleague));
  const shownTeams = inOrder(teams ?? [], order?.teams ?? []).filter(fits);
  const shownQueues = (queues ?? []).filter(fits);
  const best = shownQueues.filter(({ id }) => id === recommended);
  const pick = (to: Target): void => onPick(to, note.trim());
  const toQueue = ({ id, name }: Named): ReactNode => (
    <li key={id}>
      <button type="button" onClick={() => pick({ id, name, kind: "queue" })}>
        <span className="transfer-queue"><Inbox size={15} /></span>
        <span className="clip">{t("action.toQueueNamed", { name })}</span>
        {id === recommended && <span className="transfer-best"><BadgeCheck size={13} aria-hidden />{t("action.recommended")}</span>}
      </button>
    </li>
  );
  return (
    <div className="transfer" role="dialog" aria-label={t("action.transfer")}>
      <Input autoFocus value={q} onChange={(event) => setQ(event.target.value)} placeholder={t("action.findTarget")} aria-label={t("action.findTarget")} />
      {order === null ? <div className="transfer-list"><Waiting rows={4} /></div> : (
        <ul className="transfer-list">
          {best.map(toQueue)}
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
          {shownTeams.map(({ id, name, free }) => (
            <li key={id}>
              <button type="button" disabled={free === 0} onClick={() => pick({ id, name, kind: "team" })}>
                <span className="transfer-queue"><UsersRound size={15} /></span>
                <span className="clip">{t("action.toTeam", { name })}</span>
                <span className="transfer-state quiet numbers">{t("action.free", { count: free })}</span>
              </button>
            </li>
          ))}
          {shownQueues.filter(({ id }) => id !== recommended).map(toQueue)}
          {others.length + shownTeams.length + shownQueues.length === 0 && <li className="quiet transfer-none">{t("action.noTarget")}</li>}
        </ul>
      )}
      <Input.TextArea value={note} maxLength={1000} autoSize={{ minRows: 1, maxRows: 4 }} dir="auto" placeholder={t("action.transferNote")} aria-label={t("action.transferNote")} onChange={(event) => setNote(event.target.value)} />
    </div>
  );
}

type Named = { id: string; name: string };

/** What was asked for; nothing of it where it could not be had, and undefined while it is on its way. */
function useAsked<T>(key: string, options: { staleTime: number; refetchInterval?: number }): readonly T[] | undefined {
  const asked = useQuery({ queryKey: [key], queryFn: () => api.get<T[]>(`/${key}`), ...options });
  return asked.data ?? (asked.isError ? [] : undefined);
}

/** Who of a team is free changes while one looks and writes a word for him: no frame tells of it. */
function useTeams(): readonly Team[] | undefined {
  return useAsked<Team>("teams", { staleTime: 5_000, refetchInterval: 5_000 });
}

/** Those that can be chosen: with one queue alone there is nothing to choose. */
function useQueues(): readonly Named[] | undefined {
  const { t } = useTranslation();
  const queues = useAsked<Named>("queues", { staleTime: 60_000 });
  return queues && queues.length < 2 ? [] : queues?.map(({ id, name }) => ({ id, name: name || t("routing.mainQueue") }));
}
