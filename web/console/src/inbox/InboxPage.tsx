import { useEffect, useRef, useState, type ReactNode } from "react";
import type { InputRef } from "antd";
import { MessagesSquare } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Navigate, useNavigate, useParams } from "react-router";
import { StatePage } from "../app/StatePage";
import { useCommands, type Command } from "../commands/commands";
import { ConversationView } from "../conversation/ConversationView";
import { neighbour } from "./arrangement";
import { InboxPane } from "./InboxPane";
import { useInbox } from "./useInbox";
import { useChoosing } from "./useChoosing";
import { isPlace, type Place } from "./views";
import "./inbox.css";
import "./order.css";

const SEARCH_PAUSE = 250;

export default function InboxPage(): ReactNode {
  const { view, conversation } = useParams();
  if (!isPlace(view)) return <Navigate to="/inbox/mine" replace />;
  return <InboxScreen view={view} open={conversation ?? null} />;
}

function InboxScreen({ view, open }: { view: Place; open: string | null }): ReactNode {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { details } = useParams();
  const [q, setQ] = useState("");
  const asked = usePaused(q.trim());
  const inbox = useInbox(view, asked);
  const [focused, setFocused] = useState<string | null>(open);
  const search = useRef<InputRef>(null);
  useEffect(() => {
    if (open !== null) setFocused(open);
  }, [open]);
  const openRow = (id: string): void => void navigate(`/inbox/${view}/${id}`);
  const { shown } = inbox.arrangement;
  const choosing = useChoosing(shown, `${view} ${asked}`);

  const commands: Command[] = [
    { id: "next", group: "list", label: t("command.next"), shortcut: "j", silent: true, run: () => setFocused((now) => neighbour(shown, now, 1) ?? now) },
    { id: "previous", group: "list", label: t("command.previous"), shortcut: "k", silent: true, run: () => setFocused((now) => neighbour(shown, now, -1) ?? now) },
    { id: "enter", group: "list", label: t("command.enter"), shortcut: "Enter", silent: true, run: () => focused !== null && openRow(focused) },
    { id: "choose", group: "list", label: t("order.choose"), shortcut: "x", silent: true, run: () => focused !== null && choosing.choose(focused, false) },
    { id: "choose.all", group: "list", label: t("order.bulk.all"), run: choosing.onAll },
    { id: "search", group: "list", label: t("command.search"), shortcut: "/", run: () => search.current?.focus() },
  ];
  useCommands(commands);

  const screen = open === null ? "list" : details === "details" ? "details" : "conversation";
  return (
    <div className={`inbox screen-${screen}`}>
      <InboxPane view={view} choosing={choosing} q={q} onSearch={setQ} search={search} inbox={inbox} open={open} focused={focused} onFocus={setFocused} onOpen={openRow} />
      {open === null ? (
        <section className="conversation-pane"><StatePage icon={<MessagesSquare />} title={t("inbox.pick")} hint={t("inbox.pickHint")} /></section>
      ) : (
        <ConversationView key={open} id={open} view={view} />
      )}
    </div>
  );
}

/** What is typed reaches the server when the fingers rest. */
function usePaused(text: string): string {
  const [paused, setPaused] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(text), text === "" ? 0 : SEARCH_PAUSE);
    return () => clearTimeout(timer);
  }, [text]);
  return paused;
}
