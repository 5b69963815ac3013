import { useCallback, useEffect, useRef, useState, type ReactNode } from "react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { SearchX } from "lucide-react";
import { useTranslation } from "react-i18next";
import { flushSync } from "react-dom";
import { useNavigate, useParams } from "react-router";
import { Refused, type Conversation, type ConversationDetail, type Entry } from "@tandem/shared";
import { FailedState, StatePage } from "../app/StatePage";
import { SupervisorBar, useSecondVoice } from "../board/SupervisorBar";
import { useCommands } from "../commands/commands";
import { DetailsPanel } from "../customer/DetailsPanel";
import { ExceptionLines } from "../exceptions/ExceptionLines";
import { useFeed, useRow, useRows } from "../live/DeskProvider";
import { conversationKey } from "../live/keys";
import { useNow } from "../live/ticker";
import { nameOf } from "../look/contactName";
import { Waiting } from "../look/Waiting";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { useMe } from "../session/session";
import { countsKey } from "../inbox/counts";
import type { Place } from "../inbox/views";
import { abilitiesOf } from "./abilities";
import { Composer, type Inserted } from "./Composer";
import { ConversationHeader } from "./ConversationHeader";
import type { DraftKind } from "./drafts";
import { InHandLine } from "../routing/InHandLine";
import { OrderLine } from "./OrderLine";
import { Timeline, type Lit } from "./Timeline";
import { useActions, type Actions } from "./useActions";
import { useConversationCommands } from "./useConversationCommands";
import { usePanel } from "./usePanel";
import { TAKEN, useWritesWhenTaken } from "./useWritesWhenTaken";
import "./conversation.css";

export function ConversationView({ id, view }: { id: string; view: Place }): ReactNode {
  const { t } = useTranslation();
  const rows = useRows();
  const detail = useQuery({
    queryKey: [conversationKey, id],
    queryFn: async () => {
      const asked = rows.moment;
      const found = await api.get<ConversationDetail>(`/conversations/${id}`);
      rows.keep([found.conversation], asked);
      return found;
    },
    refetchOnMount: "always",
  });
  const packetOf = useRow(id)?.owner;
  const { refetch } = detail;
  useEffect(() => {
    // A packet is written when the conversation changes hands.
    if (packetOf === "queue" || packetOf === "agent") void refetch();
  }, [packetOf, refetch]);
  if (detail.data) return <OpenConversation detail={detail.data} view={view} />;
  return (
    <section className="conversation-pane">
      {detail.isPending && <Waiting kind="bubble" rows={4} />}
      {detail.isError && isMissing(detail.error) && <StatePage icon={<SearchX />} title={t("conversation.notFound")} hint={t("conversation.notFoundDetail")} />}
      {detail.isError && !isMissing(detail.error) && <FailedState title={t("conversation.failed")} hint={sayProblem(detail.error)} onRetry={() => void refetch()} />}
    </section>
  );
}

function isMissing(error: unknown): boolean {
  return error instanceof Refused && (error.status === 404 || error.status === 400);
}

function OpenConversation({ detail, view }: { detail: ConversationDetail; view: Place }): ReactNode {
  const me = useMe();
  const navigate = useNavigate();
  const { details } = useParams();
  const row = useRow(detail.conversation.id) ?? detail.conversation;
  const { feed, state } = useFeed(row.id, detail.conversation.last_seq);
  const [lit, setLit] = useState<Lit | null>(null);
  const [kind, setKind] = useState<DraftKind>("reply");
  const field = useRef<HTMLTextAreaElement>(null);
  const given = abilitiesOf(row, me);
  const speaks = useSecondVoice(row, given.supervise);
  const abilities = speaks ? { ...given, reply: true } : given;
  const actions = useActions(row, () => void navigate(`/inbox/mine/${row.id}`, { state: TAKEN }));
  const panel = usePanel(view, row.id);
  useShownOnAccept(row, me.user.id, panel);
  useWritesWhenTaken(abilities.reply, field);

  const showEntry = (seq: number): void => {
    setLit((now) => ({ seq, turn: (now?.turn ?? 0) + 1 }));
    if (details !== undefined) void navigate(`/inbox/${view}/${row.id}`);
  };
  const write = (next: DraftKind): void => {
    // Drawn before the next key is read: whoever types on at once must not press shortcuts.
    flushSync(() => setKind(next));
    field.current?.focus();
  };
  const [insert, setInsert] = useState<Inserted | null>(null);
  const putIn = (words: Inserted): void => {
    setInsert(words);
    write("reply");
    if (details !== undefined) void navigate(`/inbox/${view}/${row.id}`);
  };
  useCommands(useConversationCommands({ abilities, actions, write, togglePanel: panel.toggle }));

  usePacketAnew(row.id, state.timeline.entries);
  useMentionsSeen(row.id, state.timeline.entries);
  const onSeen = useReading(row.id, given.reply);
  return (
    <div className={`conversation-split${panel.open ? " panel-open" : ""}`}>
      <section className="conversation-pane" aria-label={nameOf(row.contact)}>
        <ConversationHeader row={row} recommended={detail.packet?.queue?.id ?? null} online={state.customerOnline ?? detail.customer_online} abilities={abilities} actions={actions} backTo={`/inbox/${view}`} panelOpen={panel.open} onPanel={panel.toggle} />
        <div>
          <InHandLine row={row} />
          <div className="case-bar">
            <OrderLine row={row} abilities={abilities} viewers={state.viewers} />
            <ExceptionLines row={row} mine={given.reply} />
          </div>
          {abilities.supervise && <SupervisorBar row={row} speaks={speaks} />}
        </div>
        <Timeline feed={feed} state={state} row={row} lit={lit} onRetry={() => void feed.begin(row.last_seq)} onSeen={onSeen} />
        <div>
          <Resolving actions={actions} />
          <Composer row={row} abilities={abilities} actions={actions} kind={kind} onKind={write} field={field} insert={insert} onInserted={() => setInsert(null)} onCite={showEntry} />
        </div>
      </section>
      {panel.open && <DetailsPanel detail={detail} row={row} entries={state.timeline.entries} onCite={showEntry} onInsert={abilities.reply ? putIn : null} onClose={panel.close} />}
    </div>
  );
}

/** Accepting shows the packet: beside the conversation where there is room, as a dot on the tab where there is not. */
function useShownOnAccept(row: Conversation, me: string, panel: { open: boolean; toggle: () => void }): void {
  const mine = row.owner === "agent" && row.agent?.id === me;
  const was = useRef(mine);
  const open = useRef(panel);
  useEffect(() => {
    open.current = panel;
  });
  useEffect(() => {
    if (mine && !was.current && row.packet_unread && !open.current.open && !matchMedia("(max-width: 719px)").matches) open.current.toggle();
    was.current = mine;
  }, [mine, row.packet_unread]);
}

/** A customer who corrects what he told changes the packet under the agent's eyes. */
function usePacketAnew(conversation: string, entries: readonly Entry[]): void {
  const queries = useQueryClient();
  const corrected = entries.reduce((last, { body, seq }) => (body.type === "corrected" ? seq : last), 0);
  useEffect(() => {
    if (corrected > 0) void queries.invalidateQueries({ queryKey: [conversationKey, conversation] });
  }, [corrected, conversation, queries]);
}

/** Whoever was called here has now come. */
function useMentionsSeen(conversation: string, entries: readonly Entry[]): void {
  const me = useMe().user.id;
  const queries = useQueryClient();
  const called = entries.reduce((last, { body, seq }) => (body.type === "note" && body.mentions.includes(me) ? seq : last), 0);
  useEffect(() => {
    if (called === 0) return;
    api.post(`/conversations/${conversation}/mentions/seen`).then(
      () => void queries.invalidateQueries({ queryKey: countsKey }),
      () => {
        // It stays counted, and the next visit tells again.
      },
    );
  }, [called, conversation, queries]);
}

/** Tells the server how far its owner has read; nobody else's reading is the customer's business. */
function useReading(conversation: string, mine: boolean): (seq: number) => void {
  const told = useRef(0);
  const rows = useRows();
  return useCallback(
    (seq: number) => {
      const row = rows.get(conversation);
      if (!mine || seq <= told.current || (row && row.read_by_agent >= seq && row.unread === 0)) return;
      told.current = seq;
      api.post(`/conversations/${conversation}/read`, { seq }).then(
        () => rows.markRead(conversation, "agent", seq),
        () => {
          told.current = 0;
        },
      );
    },
    [conversation, mine, rows],
  );
}

function Resolving({ actions }: { actions: Actions }): ReactNode {
  return actions.resolvingAt === null ? null : <ResolvingLine at={actions.resolvingAt} actions={actions} />;
}

function ResolvingLine({ at, actions }: { at: number; actions: Actions }): ReactNode {
  const { t } = useTranslation();
  const seconds = Math.max(1, Math.ceil((at - useNow()) / 1000));
  return (
    <div className="resolving" role="status">
      <span className="numbers">{t("action.resolving", { seconds })}</span>
      <button type="button" className="bare-button" onClick={actions.undoResolve}>{t("common.undo")}</button>
      <button type="button" className="bare-button" onClick={actions.resolveNow}>{t("action.resolveNow")}</button>
    </div>
  );
}
