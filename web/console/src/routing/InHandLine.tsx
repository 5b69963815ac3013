import type { ReactNode } from "react";
import { MessageSquareText, Phone } from "lucide-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Conversation, InHand } from "@tandem/shared";
import { conversationKey } from "../live/keys";
import { api } from "../session/api";
import "./offer.css";

/** Of a conversation that did not come as a chat: whom to call back, or that the customer left and is answered here. */
export function InHandLine({ row }: { row: Conversation }): ReactNode {
  const { t } = useTranslation();
  const held = row.owner === "agent";
  const inHand = useQuery({
    queryKey: [conversationKey, row.id, "in-hand", row.version], enabled: held, queryFn: () => api.get<InHand>(`/conversations/${row.id}/in-hand`), retry: false,
  }).data;
  if (!held || !inHand || inHand.kind === "chat") return null;
  const call = inHand.kind === "call";
  return (
    <p className="in-hand" role="note">
      {call ? <Phone size={15} aria-hidden /> : <MessageSquareText size={15} aria-hidden />}
      {t(call ? "offer.callBack" : "offer.leftMessage")} {call && inHand.phone && <a className="numbers" href={`tel:${inHand.phone.replace(/[^+\d]/g, "")}`}>{inHand.phone}</a>}
    </p>
  );
}
