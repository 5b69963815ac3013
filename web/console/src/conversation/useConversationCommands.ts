import { useTranslation } from "react-i18next";
import type { Command } from "../commands/commands";
import type { Abilities } from "./abilities";
import type { DraftKind } from "./drafts";
import type { Actions } from "./useActions";

type Given = { abilities: Abilities; actions: Actions; write: (kind: DraftKind) => void; togglePanel: () => void };

export function useConversationCommands({ abilities, actions, write, togglePanel }: Given): Command[] {
  const { t } = useTranslation();
  const offered: [boolean, Omit<Command, "group">][] = [
    [abilities.accept || abilities.takeOver, { id: "accept", label: t(abilities.accept ? "action.accept" : "action.takeOver"), shortcut: "a", run: actions.accept }],
    [abilities.resolve && actions.resolvingAt === null, { id: "resolve", label: t("action.resolve"), shortcut: "e", run: actions.resolve }],
    [actions.resolvingAt !== null, { id: "undo", label: t("common.undo"), shortcut: "z", run: actions.undoResolve }],
    [abilities.reply, { id: "reply", label: t("command.replyTo"), shortcut: "r", run: () => write("reply") }],
    [abilities.note, { id: "note", label: t("command.noteTo"), shortcut: "n", run: () => write("note") }],
    [abilities.handBack, { id: "hand-back", label: t("action.handBack"), shortcut: "h", run: actions.handBack }],
    [true, { id: "panel", label: t("command.panel"), shortcut: "i", run: togglePanel }],
  ];
  return offered.filter(([possible]) => possible).map(([, command]) => ({ ...command, group: "conversation" }));
}
