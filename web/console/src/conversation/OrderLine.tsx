import { useState, type ReactNode } from "react";
import { App, Popover, Tooltip } from "antd";
import { Clock4, Eye, Plus, Tag as TagIcon, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { sayClock, sayDate, type Conversation } from "@tandem/shared";
import { useCommands, type Command } from "../commands/commands";
import { languageNow } from "../i18n/i18n";
import { SnoozeMenu } from "../inbox/SnoozeMenu";
import { TagPicker } from "../inbox/TagPicker";
import { useTags } from "../inbox/tags";
import { useRows } from "../live/DeskProvider";
import { useMinute } from "../live/ticker";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { useMe } from "../session/session";
import type { Abilities } from "./abilities";

type Props = { row: Conversation; abilities: Abilities; viewers: readonly { id: string; name: string }[] };

/** Under the head: labels, until when it is put aside, and who else is looking. */
export function OrderLine({ row, abilities, viewers }: Props): ReactNode {
  const { t } = useTranslation();
  const me = useMe().user.id;
  const [open, setOpen] = useState<"tag" | "snooze" | null>(null);
  const { byId } = useTags();
  const order = useOrdering(row);
  const mine = abilities.reply;
  const others = viewers.filter(({ id }) => id !== me);
  const commands: (Command | false)[] = [
    abilities.note && { id: "tag", group: "conversation", label: t("order.tag"), shortcut: "t", run: () => setOpen("tag") },
    mine && row.snoozed_until === null && { id: "snooze", group: "conversation", label: t("order.snooze"), shortcut: "s", run: () => setOpen("snooze") },
    mine && row.snoozed_until !== null && { id: "wake", group: "conversation", label: t("order.wake"), shortcut: "s", run: order.wake },
  ];
  useCommands(commands.filter((command) => command !== false));
  return (
    <div className="order-line">
      {row.tags.flatMap((id) => byId.get(id) ?? []).map((tag) => (
        <span key={tag.id} className={`tag tag-${tag.colour}`}>
          <span className="clip" dir="auto">{tag.name}</span>
          {abilities.note && <button type="button" onClick={() => order.tag(tag.id, false)} aria-label={t("order.removeTag", { name: tag.name })}><X size={11} /></button>}
        </span>
      ))}
      {abilities.note && (
        <Popover trigger="click" placement="bottomLeft" open={open === "tag"} onOpenChange={(shown) => setOpen(shown ? "tag" : null)} destroyOnHidden content={<TagPicker chosen={new Set(row.tags)} onToggle={order.tag} />}>
          <button type="button" className="order-button"><TagIcon size={13} aria-hidden /><Plus size={11} aria-hidden /><span className="unseen">{t("order.tag")}</span></button>
        </Popover>
      )}
      {mine && row.snoozed_until === null && (
        <Popover trigger="click" placement="bottomLeft" open={open === "snooze"} onOpenChange={(shown) => setOpen(shown ? "snooze" : null)} destroyOnHidden content={<SnoozeMenu onChoose={(until, note) => { setOpen(null); order.snooze(until, note); }} />}>
          <Tooltip title={open === "snooze" ? "" : <>{t("order.snooze")} <kbd>S</kbd></>}><button type="button" className="order-button"><Clock4 size={13} aria-hidden /><span>{t("order.snooze")}</span></button></Tooltip>
        </Popover>
      )}
      {row.snoozed_until !== null && <Aside until={row.snoozed_until} onWake={mine ? order.wake : null} />}
      {others.length > 0 && <span className="order-viewers" role="status"><Eye size={13} aria-hidden /> {t("order.viewing", { names: others.map(({ name }) => name).join(t("conversation.listJoin")) })}</span>}
    </div>
  );
}

function Aside({ until, onWake }: { until: string; onWake: (() => void) | null }): ReactNode {
  const { t } = useTranslation();
  const time = useSayWhen()(until);
  return (
    <span className="order-aside">
      <Clock4 size={13} aria-hidden /> {t("order.snoozedUntil", { time })}
      {onWake && <button type="button" className="bare-button" onClick={onWake}>{t("order.wake")}</button>}
    </span>
  );
}

export function useSayWhen(): (at: string) => string {
  const minute = useMinute();
  const manner = { locale: languageNow() };
  return (at) => `${sayDate(at, minute, manner)} ${sayClock(at, manner)}`;
}

function useOrdering(row: Conversation): { tag: (tag: string, on: boolean) => void; snooze: (until: string, note: string) => void; wake: () => void } {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const rows = useRows();
  const sayWhen = useSayWhen();
  const call = (what: string, body: unknown, done?: string): void => {
    api.post<Conversation>(`/conversations/${row.id}/${what}`, body).then(
      (next) => {
        rows.hear(next);
        if (done !== undefined) void message.success(done);
      },
      (error: unknown) => void message.error(sayProblem(error)),
    );
  };
  return {
    tag: (tag, on) => call("tags", on ? { add: [tag] } : { remove: [tag] }),
    snooze: (until, note) => call("snooze", { until, note }, t("order.snoozedDone", { time: sayWhen(until) })),
    wake: () => call("wake", {}, t("order.wokenDone")),
  };
}
