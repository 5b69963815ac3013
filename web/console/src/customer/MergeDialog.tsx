import { useRef, useState, type ReactNode } from "react";
import { Button, Input, Modal, type InputRef } from "antd";
import { BadgeCheck } from "lucide-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Contact, FoundContact } from "@tandem/shared";
import { nameOf } from "../look/contactName";
import { api } from "../session/api";

export default function MergeDialog({ contact, onClose, onMerge }: { contact: Contact; onClose: () => void; onMerge: (absorb: string) => void }): ReactNode {
  const { t } = useTranslation();
  const field = useRef<InputRef>(null);
  const [q, setQ] = useState("");
  const found = useQuery({ queryKey: ["find-contact", q, contact.id], queryFn: () => api.get<FoundContact[]>("/contacts", { q, but: contact.id }), enabled: q.trim() !== "" });
  return (
    <Modal open title={t("person.merge")} footer={null} onCancel={onClose} width={480} afterOpenChange={(open) => open && field.current?.focus()}>
      <p className="panel-lead">{t("person.mergeLead")}</p>
      <Input.Search ref={field} allowClear placeholder={t("person.find")} aria-label={t("person.find")} maxLength={80} onSearch={setQ} loading={found.isFetching} />
      {found.data?.length === 0 && <p className="quiet">{t("person.nobody")}</p>}
      <ul className="history merge-found">
        {found.data?.map((other) => (
          <li key={other.id}>
            <span className="clip"><b>{nameOf(other)}</b> {other.verified && <BadgeCheck size={13} aria-label={t("conversation.verified")} />} <span className="quiet">{other.external}</span></span>
            <span className="quiet numbers">{t("person.conversations", { count: other.conversations })}</span>
            <Button size="small" onClick={() => { onMerge(other.id); onClose(); }}>{t("person.into")}</Button>
          </li>
        ))}
      </ul>
    </Modal>
  );
}
