import { useState, type ReactNode, type RefObject } from "react";
import { Input, Tooltip, type InputRef } from "antd";
import { AtSign, BellRing, CircleUserRound, Clock4, FileText, Inbox as InboxIcon, Layers, Search, SlidersHorizontal, Sparkles, Archive, UsersRound, Volume2, VolumeX } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { FailedState, StatePage } from "../app/StatePage";
import { Waiting } from "../look/Waiting";
import { sayProblem } from "../session/problem";
import { useCounts } from "./counts";
import { BulkBar } from "./BulkBar";
import { FilterButton } from "./FilterButton";
import { InboxList } from "./InboxList";
import { PresenceBar } from "./PresenceBar";
import { SavedViews } from "./SavedViews";
import type { Choosing } from "./useChoosing";
import { useMuted } from "./useAlerts";
import type { Inbox } from "./useInbox";
import { isView, VIEWS, type Place, type View } from "./views";

const ICONS: Record<View, ReactNode> = { mine: <CircleUserRound />, team: <UsersRound />, unassigned: <InboxIcon />, assistant: <Sparkles />, all: <Layers />, closed: <Archive />, snoozed: <Clock4 />, mentions: <AtSign /> };

type Props = {
  view: Place;
  choosing: Choosing;
  q: string;
  onSearch: (q: string) => void;
  search: RefObject<InputRef | null>;
  inbox: Inbox;
  open: string | null;
  focused: string | null;
  onFocus: (id: string) => void;
  onOpen: (id: string) => void;
};

export function InboxPane(props: Props): ReactNode {
  const { t } = useTranslation();
  return (
    <section className="inbox-pane" aria-label={t("section.inbox")}>
      <header className="inbox-head">
        <h1>{t("section.inbox")}</h1>
        <FilterButton place={props.view} />
        <NotifyButton />
        <MuteButton />
      </header>
      <div className="inbox-search">
        {props.choosing.rows.length > 0 ? <BulkBar {...props.choosing} /> : <Input
          ref={props.search}
          value={props.q}
          allowClear
          prefix={<Search size={15} aria-hidden />}
          suffix={props.q === "" ? <kbd>/</kbd> : null}
          placeholder={t("inbox.search")}
          aria-label={t("command.search")}
          maxLength={200}
          onChange={(event) => props.onSearch(event.target.value)}
          onKeyDown={(event) => event.key === "Escape" && (props.onSearch(""), event.currentTarget.blur())}
        />}
      </div>
      <Views view={props.view} />
      <div className="inbox-body"><Body {...props} /></div>
      <PresenceBar />
    </section>
  );
}

function Views({ view }: { view: Place }): ReactNode {
  const { t } = useTranslation();
  const counts = useCounts();
  return (
    <nav className="views" aria-label={t("inbox.views")}>
      {VIEWS.map((name) => {
        const count = name === "closed" ? undefined : counts?.[name];
        const pressing = (name === "unassigned" || name === "team" || name === "mentions") && count !== undefined && count > 0;
        // What is empty most of the time takes no room.
        if ((name === "mentions" || name === "snoozed" || name === "team") && !count && name !== view) return null;
        const unread = name === "mine" ? (counts?.packets_unread ?? 0) : 0;
        return (
          <Link key={name} to={`/inbox/${name}`} className={`view${name === view ? " view-here" : ""}`} aria-current={name === view ? "page" : undefined}>
            {ICONS[name]}
            <span className="clip">{t(`view.${name}`)}</span>
            {unread > 0 && <span className="view-packets" title={t("order.packetsUnread", { count: unread })}><FileText aria-label={t("order.packetsUnread", { count: unread })} />{unread}</span>}
            {count !== undefined && <span className={`view-count numbers${pressing ? " view-pressing" : ""}`}>{count}</span>}
          </Link>
        );
      })}
      <SavedViews place={view} />
    </nav>
  );
}

function Body({ inbox, view, q, choosing, ...list }: Props): ReactNode {
  const { t } = useTranslation();
  if (inbox.status === "failed") return <FailedState title={t("inbox.failed")} hint={sayProblem(inbox.error)} onRetry={inbox.retry} />;
  if (inbox.status === "loading") return <Waiting rows={7} />;
  if (inbox.arrangement.shown.length === 0 && inbox.arrangement.waiting.length === 0) {
    if (q === "" && !isView(view)) return <StatePage icon={<SlidersHorizontal />} title={t("order.nothing")} hint={t("order.nothingHint")} />;
    return q === "" && isView(view) ? (
      <StatePage icon={ICONS[view]} title={t(`inbox.empty.${view}`)} hint={t(`inbox.empty.${view}Hint`)} />
    ) : (
      <StatePage icon={<Search />} title={t("inbox.empty.search", { q })} hint={t("inbox.empty.searchHint")} />
    );
  }
  return <InboxList inbox={inbox} {...list} chosen={choosing.ids} onChoose={choosing.choose} />;
}

function MuteButton(): ReactNode {
  const { t } = useTranslation();
  const [muted, toggle] = useMuted();
  const label = t(muted ? "inbox.unmute" : "inbox.mute");
  return (
    <Tooltip title={label}>
      <button type="button" className="icon-button" onClick={toggle} aria-label={label}>
        {muted ? <VolumeX size={17} /> : <Volume2 size={17} />}
      </button>
    </Tooltip>
  );
}

/** Shown until the person has answered the browser's question. */
function NotifyButton(): ReactNode {
  const { t } = useTranslation();
  const [permission, setPermission] = useState(() => ("Notification" in window ? Notification.permission : "denied"));
  if (permission !== "default") return null;
  return (
    <Tooltip title={t("inbox.notify")}>
      <button type="button" className="icon-button" onClick={() => void Notification.requestPermission().then(setPermission)} aria-label={t("inbox.notify")}>
        <BellRing size={17} />
      </button>
    </Tooltip>
  );
}
