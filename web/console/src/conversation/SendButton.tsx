import type { ReactNode } from "react";
import { Button, Dropdown, Space, Tooltip } from "antd";
import { ChevronDown, SendHorizontal } from "lucide-react";
import { useTranslation } from "react-i18next";
import { isMac } from "../commands/shortcutText";
import { useEnterSends } from "./sending";

type Props = { words: string; className: string; disabled: boolean; onSend: () => void };

/** Sends, tells the key that does, and lets each person choose that key. */
export function SendButton({ words, className, disabled, onSend }: Props): ReactNode {
  const { t } = useTranslation();
  const [enterSends, choose] = useEnterSends();
  const chord = isMac ? "⌘ Enter" : "Ctrl Enter";
  const items = [
    { key: "enter", label: t("writing.enterSends"), onClick: () => choose(true) },
    { key: "chord", label: t("writing.chordSends", { chord }), onClick: () => choose(false) },
  ];
  return (
    <Space.Compact className="composer-send">
      <Tooltip title={enterSends ? "Enter" : chord}>
        <Button type="primary" className={className} icon={<SendHorizontal size={15} />} disabled={disabled} onClick={onSend}>{words}</Button>
      </Tooltip>
      <Dropdown trigger={["click"]} placement="topRight" menu={{ items, selectable: true, selectedKeys: [enterSends ? "enter" : "chord"] }}>
        <Button icon={<ChevronDown size={14} />} aria-label={t("writing.sendKey")} />
      </Dropdown>
    </Space.Compact>
  );
}
