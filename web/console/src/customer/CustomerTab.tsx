import { useState, type ReactNode } from "react";
import { Button } from "antd";
import { BadgeCheck, Pencil, UserRoundX } from "lucide-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { sayClock, sayDate, type Contact } from "@tandem/shared";
import { languageNow } from "../i18n/i18n";
import { useMinute } from "../live/ticker";
import { nameOf } from "../look/contactName";
import { Face } from "../look/Face";
import { sayLanguage } from "../look/languages";
import { api } from "../session/api";
import { ContactEditor } from "./ContactEditor";
import { useFieldNames } from "./fields";
import { HistoryPart } from "./HistoryPart";
import { KeeperChoice } from "./KeeperChoice";
import { useMay } from "../session/session";

/** The conversation's detail carries the contact; this asks anew so that a colleague's change is seen. */
export function CustomerTab({ contact: known, verified, open }: { contact: Contact; verified: boolean; open: string }): ReactNode {
  const { t } = useTranslation();
  const contact = useQuery({ queryKey: ["contact", known.id], queryFn: () => api.get<Contact>(`/contacts/${known.id}`), initialData: known }).data;
  const [editing, setEditing] = useState(false);
  const writes = useMay("contact:write");
  return (
    <div className="customer">
      <div className="customer-top">
        <Face voice="customer" name={contact.name} size={44} />
        <div className="customer-name">
          <b><bdi>{nameOf(contact)}</bdi></b>
          <span className={verified ? "customer-verified" : "quiet"}>
            {verified ? <BadgeCheck size={14} /> : <UserRoundX size={14} />} {t(verified ? "conversation.verified" : "conversation.notVerified")}
          </span>
        </div>
        {writes && !editing && <Button size="small" icon={<Pencil size={13} />} onClick={() => setEditing(true)}>{t("panel.edit")}</Button>}
      </div>
      {editing ? <ContactEditor contact={contact} onDone={() => setEditing(false)} /> : <Profile contact={contact} />}
      {!editing && <HistoryPart contact={contact} open={open} />}
    </div>
  );
}

function Profile({ contact }: { contact: Contact }): ReactNode {
  const { t } = useTranslation();
  const minute = useMinute();
  const manner = { locale: languageNow() };
  const when = (at: string): string => `${sayDate(at, minute, manner)} ${sayClock(at, manner)}`;
  const attributes = Object.entries(contact.attributes).filter(([, value]) => value !== "");
  const sayField = useFieldNames();
  return (
    <>
      <dl className="profile">
        <div><dt>{t("panel.tier")}</dt><dd>{contact.tier ?? <span className="quiet">{t("panel.tierNone")}</span>}</dd></div>
        <div><dt>{t("panel.keeper")}</dt><dd><KeeperChoice contact={contact.id} /></dd></div>
        <div><dt>{t("panel.locale")}</dt><dd>{sayLanguage(contact.locale)}</dd></div>
        <div><dt>{t("panel.count")}</dt><dd className="numbers">{contact.conversations}</dd></div>
        <div><dt>{t("panel.first")}</dt><dd className="numbers">{when(contact.first_seen)}</dd></div>
        <div><dt>{t("panel.last")}</dt><dd className="numbers">{when(contact.last_seen)}</dd></div>
      </dl>
      {attributes.length > 0 && (
        <section className="packet-part">
          <h3>{t("panel.attributes")}</h3>
          <dl className="profile">{attributes.map(([name, value]) => <div key={name}><dt className="clip" title={sayField(name)}>{sayField(name)}</dt><dd>{value}</dd></div>)}</dl>
        </section>
      )}
      <section className="packet-part">
        <h3>{t("panel.identities")}</h3>
        <ul className="identities">
          {contact.identities.map((identity) => (
            <li key={`${identity.channel}${identity.external}`}>
              <span>{identity.channel}</span>
              <code className="clip" title={identity.external}>{identity.external}</code>
              {identity.verified && <BadgeCheck size={14} aria-label={t("conversation.verified")} />}
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
