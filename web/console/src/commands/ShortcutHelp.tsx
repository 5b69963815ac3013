import type { ReactNode } from "react";
import { Modal } from "antd";
import { useTranslation } from "react-i18next";
import { useCommandBook, type CommandGroup } from "./commands";
import { caps, isMac } from "./shortcutText";
import "./palette.css";

const GROUPS: readonly CommandGroup[] = ["list", "conversation", "views", "pages", "settings"];

export default function ShortcutHelp({ onClose }: { onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const commands = useCommandBook().all().filter((command) => command.shortcut);
  return (
    <Modal open title={t("command.shortcuts")} footer={null} onCancel={onClose} width={640}>
      <div className="help">
        {GROUPS.map((group) => {
          const members = commands.filter((command) => command.group === group);
          if (members.length === 0) return null;
          return (
            <section key={group}>
              <h3>{t(`command.group.${group}`)}</h3>
              <dl>
                {members.map((command) => (
                  <div key={command.id}>
                    <dt>{command.label}</dt>
                    <dd>{caps(command.shortcut ?? "", isMac).map((cap, at) => <kbd key={at}>{cap}</kbd>)}</dd>
                  </div>
                ))}
              </dl>
            </section>
          );
        })}
      </div>
    </Modal>
  );
}
