import { lazy, Suspense, useState, type ReactNode } from "react";
import { App, Button } from "antd";
import { Link2, Unlink2, UsersRound } from "lucide-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { sayTime, type Contact, type Conversation, type History } from "@tandem/shared";
import { languageNow } from "../i18n/i18n";
import { ChannelMark } from "../inbox/InboxRow";
import { conversationKey } from "../live/keys";
import { useMinute } from "../live/ticker";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { useMay } from "../session/session";

const MergeDialog = lazy(() => import("./MergeDialog"));

/** All that this customer ever came with, on whichever channel; what is one case; which records were made one. */
export function HistoryPart({ contact, open }: { contact: Contact; open: string }): ReactNode {
  const { t } = useTranslation();
  const [merging, setMerging] = useState(false);
  const writes = useMay("contact:write");
  const history = useQuery({ queryKey: ["history", contact.id], queryFn: () => api.get<History>(`/contacts/${contact.id}/history`), refetchOnMount: "always" }).data;
  const change = useChange(contact.id);
  if (!history) return null;
  return (
    <>
      <section className="packet-part">
        <h3>{t("person.history")}</h3>
        <ul className="history">
          {history.conversations.map((row) => <Past key={row.id} row={row} open={open} links={history.links} onChange={change} />)}
        </ul>
      </section>
      {history.merges.length > 0 && (
        <section className="packet-part">
          <h3>{t("person.merges")}</h3>
          <ul className="history">
            {history.merges.map((merge) => (
              <li key={merge.id}><span className="clip">{merge.absorbed_name || t("person.visitor")}</span><span className="quiet">{merge.by_name}</span>
                {writes && <Button size="small" onClick={() => change(`/contact-merges/${merge.id}/undo`, {}, t("person.unmerged"))}>{t("person.unmerge")}</Button>}
              </li>
            ))}
          </ul>
        </section>
      )}
      {writes && <Button icon={<UsersRound size={15} />} onClick={() => setMerging(true)}>{t("person.merge")}</Button>}
      <Suspense fallback={null}>{merging && <MergeDialog contact={contact} onClose={() => setMerging(false)} onMerge={(absorb) => change(`/contacts/${contact.id}/merge`, { absorb }, t("person.merged"))} />}</Suspense>
    </>
  );
}

type Change = (path: string, body: unknown, done: string) => void;

function Past({ row, open, links, onChange }: { row: Conversation; open: string; links: History["links"]; onChange: Change }): ReactNode {
  const { t } = useTranslation();
  const minute = useMinute();
  const replies = useMay("conversation:reply");
  const here = row.id === open;
  const link = links.find(({ absorbed, kept }) => (absorbed === row.id && kept === open) || (absorbed === open && kept === row.id));
  return (
    <li className={here ? "history-here" : ""}>
      <ChannelMark kind={row.channel.kind} name={row.channel.name} />
      {here ? <b className="clip">{t("person.here")}</b> : <Link className="clip" to={`/inbox/all/${row.id}`} title={row.preview.text}>{row.preview.text || row.channel.name}</Link>}
      <span className="quiet numbers">{t(`order.owners.${row.owner}`)} · {sayTime(row.changed_at, minute, { locale: languageNow() })}</span>
      {!here && replies && (link
        ? <button type="button" className="icon-button" onClick={() => onChange(`/conversations/${link.absorbed}/part`, {}, t("person.parted"))} aria-label={t("person.part")} title={t("person.part")}><Unlink2 size={15} /></button>
        : <button type="button" className="icon-button" onClick={() => onChange(`/conversations/${row.id}/join`, { into: open }, t("person.joined"))} aria-label={t("person.join")} title={t("person.join")}><Link2 size={15} /></button>)}
    </li>
  );
}

function useChange(contact: string): Change {
  const { message } = App.useApp();
  const queries = useQueryClient();
  return (path, body, done) => {
    api.post(path, body).then(
      () => {
        message.success(done);
        void queries.invalidateQueries({ queryKey: ["history", contact] });
        void queries.invalidateQueries({ queryKey: ["contact"] });
        void queries.invalidateQueries({ queryKey: [conversationKey] });
      },
      (error: unknown) => void message.error(sayProblem(error)),
    );
  };
}
