import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Conversation, ConversationDetail, Entry } from "@tandem/shared";
import { useMay, useMe } from "../session/session";
import { CopilotTab, type Insert } from "./CopilotTab";
import { CustomerTab } from "./CustomerTab";
import { useReadPacket } from "./useReadPacket";
import { OrdersTab } from "./OrdersTab";
import { PacketTab } from "./PacketTab";
import "./details.css";

type Tab = "packet" | "copilot" | "customer" | "orders";
type Props = { detail: ConversationDetail; row: Conversation; entries: readonly Entry[]; onCite: (seq: number) => void; onInsert: Insert; onClose: () => void };

export function DetailsPanel({ detail, row, entries, onCite, onInsert, onClose }: Props): ReactNode {
  const { t } = useTranslation();
  const tabs: readonly Tab[] = useMay("contact:read") ? ["packet", "copilot", "customer", "orders"] : ["packet", "copilot"];
  const me = useMe().user.id;
  const [chosen, setChosen] = useState<Tab | null>(null);
  // Whoever has just got a conversation is shown what he must know, whatever he looked at before; once, since he may go on from there.
  const shown = useRef(0);
  useEffect(() => {
    if (!row.packet_unread || row.agent?.id !== me || shown.current === row.version) return;
    shown.current = row.version;
    setChosen("packet");
  }, [row.packet_unread, row.agent?.id, row.version, me]);
  const tab = chosen ?? (detail.packet || tabs.length === 2 ? "packet" : "customer");
  useReadPacket(detail.packet?.id ?? null, tab === "packet" && row.owner === "agent" && row.agent?.id === me, row.packet_unread);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
    if (step === 0 || !next) return;
    setChosen(next);
    document.getElementById(`tab-${next}`)?.focus();
  };
  return (
    <aside className="details" aria-label={t("panel.tabs")}>
      <div className="details-head">
        <div role="tablist" className="details-tabs" onKeyDown={onKeyDown}>
          {tabs.map((name) => (
            <button key={name} type="button" role="tab" id={`tab-${name}`} aria-selected={name === tab} aria-controls="details-body" tabIndex={name === tab ? 0 : -1} onClick={() => setChosen(name)}>
              {t(`panel.${name}`)}{name === "packet" && row.packet_unread && <i className="tab-dot" aria-label={t("order.packetUnread")} />}
            </button>
          ))}
        </div>
        <button type="button" className="icon-button" onClick={onClose} aria-label={t("conversation.closePanel")}><X size={17} /></button>
      </div>
      <div className="details-body" id="details-body" role="tabpanel" aria-labelledby={`tab-${tab}`} tabIndex={0}>
        {tab === "packet" && <PacketTab packet={detail.packet} onCite={onCite} />}
        {tab === "copilot" && <CopilotTab row={row} onInsert={onInsert} onCite={onCite} />}
        {tab === "customer" && <CustomerTab contact={detail.contact} verified={row.contact.verified} open={row.id} />}
        {tab === "orders" && <OrdersTab contact={detail.contact.id} entries={entries} />}
      </div>
    </aside>
  );
}
