import { useRef, useState, type ReactNode } from "react";
import { Button, Popover, Tooltip } from "antd";
import { Check, Clock4, Tag as TagIcon, UserRoundPlus, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { BulkAction, Conversation } from "@tandem/shared";
import { useColleagues } from "../app/presence";
import { useCommands, type Command } from "../commands/commands";
import { useFocusWhenShown } from "../look/useFocusWhenShown";
import { useMe } from "../session/session";
import { SnoozeMenu } from "./SnoozeMenu";
import { TagPicker } from "./TagPicker";
import { useBulk } from "./useBulk";

type Props = { rows: readonly Conversation[]; all: boolean; onAll: () => void; onClear: () => void };

/** In the place of the search while something is chosen. */
export function BulkBar({ rows, all, onAll, onClear }: Props): ReactNode {
  const { t } = useTranslation();
  const [open, setOpen] = useState<string | null>(null);
  const bulk = useBulk();
  const act = (action: BulkAction, done = true): void => {
    bulk(rows, action);
    if (!done) return;
    setOpen(null);
    onClear();
  };
  const commands: Command[] = [
    { id: "bulk.resolve", group: "list", label: t("order.bulk.resolve"), run: () => act({ type: "resolve" }) },
    { id: "bulk.clear", group: "list", label: t("order.bulk.clear"), shortcut: "Escape", silent: true, run: onClear },
  ];
  useCommands(commands);
  const common = new Set(rows[0]?.tags.filter((tag) => rows.every((row) => row.tags.includes(tag))));
  const menu = (name: string, icon: ReactNode, content: ReactNode): ReactNode => (
    <Popover trigger="click" placement="bottomLeft" open={open === name} onOpenChange={(shown) => setOpen(shown ? name : null)} destroyOnHidden content={content}>
      <button type="button" className="icon-button" aria-label={t(`order.bulk.${name}`)} title={t(`order.bulk.${name}`)}>{icon}</button>
    </Popover>
  );
  return (
    <div className="bulk" role="toolbar" aria-label={t("order.bulk.title")}>
      <button type="button" className="icon-button" onClick={onClear} aria-label={t("order.bulk.clear")}><X size={16} /></button>
      <span className="numbers bulk-count" role="status">{t("order.chosen", { count: rows.length })}</span>
      {!all && <Button size="small" type="link" onClick={onAll}>{t("order.bulk.all")}</Button>}
      <span className="bulk-space" />
      {menu("assign", <UserRoundPlus size={16} />, <Colleagues onChoose={(to) => act({ type: "assign", to })} />)}
      {menu("tag", <TagIcon size={16} />, <TagPicker chosen={common} onToggle={(tag, on) => act({ type: "tag", add: on ? [tag] : [], remove: on ? [] : [tag] }, false)} />)}
      {menu("snooze", <Clock4 size={16} />, <SnoozeMenu onChoose={(until, note) => act({ type: "snooze", until, note })} />)}
      <Tooltip title={t("order.bulk.resolve")}>
        <button type="button" className="icon-button" onClick={() => act({ type: "resolve" })} aria-label={t("order.bulk.resolve")}><Check size={16} /></button>
      </Tooltip>
    </div>
  );
}

function Colleagues({ onChoose }: { onChoose: (to: string | null) => void }): ReactNode {
  const { t } = useTranslation();
  const me = useMe().user.id;
  const first = useRef<HTMLButtonElement>(null);
  useFocusWhenShown(first);
  const others = (useColleagues() ?? []).filter((colleague) => colleague.id !== me);
  return (
    <ul className="choose-list">
      <li><button ref={first} type="button" onClick={() => onChoose(me)}>{t("order.toMe")}</button></li>
      <li><button type="button" onClick={() => onChoose(null)}>{t("action.toQueue")}</button></li>
      {others.map((colleague) => (
        <li key={colleague.id}><button type="button" onClick={() => onChoose(colleague.id)}><i className={`dot dot-${colleague.state}`} /> <span className="clip">{colleague.name}</span></button></li>
      ))}
    </ul>
  );
}
