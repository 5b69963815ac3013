import { useEffect, useRef, useState, type ReactNode } from "react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Select } from "antd";
import { Headset } from "lucide-react";
import type { Board } from "@tandem/shared";
import { FailedState, NotFoundPage, StatePage } from "../app/StatePage";
import type { ConversationPage } from "../inbox/counts";
import { WaitClock } from "../inbox/WaitClock";
import { useRows } from "../live/DeskProvider";
import { nameOf } from "../look/contactName";
import { Waiting } from "../look/Waiting";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { useMay } from "../session/session";
import { Agents } from "./Agents";
import { Queues, queuesOf, sumOf, useSayShare, useSayTarget } from "./Queues";
import "../look/owner.css";
import "../look/page.css";
import "./board.css";

const boardKey = ["board"];
const servedKey = ["board", "served"];
const COALESCED = 1000;
const AT_LEAST_EACH = 30_000;
const SHOWN = 50;

export default function BoardPage(): ReactNode {
  return useMay("desk:supervise") ? <TheBoard /> : <NotFoundPage />;
}

function TheBoard(): ReactNode {
  const { t } = useTranslation();
  useRefreshed();
  const [team, setTeam] = useState<string | null>(null);
  const board = useQuery({ queryKey: boardKey, queryFn: () => api.get<Board>("/board"), refetchInterval: AT_LEAST_EACH });
  return (
    <div className="page board-page">
      <header className="page-top"><h1>{t("section.board")}</h1>{board.data && <span className="quiet">{t("supervise.lead", { hours: board.data.hours })}</span>}
        {board.data && board.data.teams.length > 0 && (
          <Select className="board-team" aria-label={t("supervise.team")} value={team ?? ""} onChange={(id) => setTeam(id || null)}
            options={[{ value: "", label: t("supervise.allTeams") }, ...board.data.teams.map(({ id, name }) => ({ value: id, label: name }))]} />
        )}
      </header>
      {board.isPending && <Waiting rows={5} />}
      {board.isError && <FailedState title={t("supervise.failed")} hint={sayProblem(board.error)} onRetry={() => void board.refetch()} />}
      {board.data && (
        <>
          <Numbers board={team === null ? board.data : { ...board.data, ...sumOf(queuesOf(board.data, team)) }} />
          {(board.data.queues.length > 1 || team !== null) && <Queues board={board.data} team={team} />}
          <Agents agents={agentsOf(board.data, team)} />
          <Served />
        </>
      )}
    </div>
  );
}

function agentsOf({ agents, teams }: Board, team: string | null): Board["agents"] {
  const members = teams.find(({ id }) => id === team)?.members;
  return members ? agents.filter(({ id }) => members.includes(id)) : agents;
}

function Numbers({ board }: { board: Board }): ReactNode {
  const { t } = useTranslation();
  const percent = useSayShare();
  const sayTarget = useSayTarget();
  return (
    <dl className="board-numbers">
      <div><dt>{t("supervise.waiting")}</dt><dd className="numbers">{board.waiting}</dd>{board.messages > 0 && <dd className="board-hint">{t("supervise.messages", { count: board.messages })}</dd>}</div>
      <div><dt>{t("supervise.longest")}</dt><dd className="numbers">{board.waiting_since ? <WaitClock since={board.waiting_since} /> : t("supervise.nobodyWaits")}</dd></div>
      <div><dt>{t("supervise.level")}</dt><dd className="numbers">{percent(board.service_level)}</dd><dd className="board-hint">{sayTarget(board.target)}</dd></div>
      <div><dt>{t("supervise.abandoned")}</dt><dd className="numbers">{percent(board.abandonment)}</dd><dd className="board-hint">{t("supervise.abandonedHint")} · {t("supervise.left", { count: board.left })}</dd></div>
    </dl>
  );
}

/** Who waits and who is being served now; each leads to where one can look on. */
function Served(): ReactNode {
  const { t } = useTranslation();
  const found = useQuery({ queryKey: servedKey, queryFn: () => api.get<ConversationPage>("/conversations", { filter: JSON.stringify({ owner: ["queue", "agent"] }), limit: SHOWN }) });
  if (found.isPending) return <Waiting rows={3} />;
  if (found.isError) return <FailedState title={t("supervise.failed")} hint={sayProblem(found.error)} onRetry={() => void found.refetch()} />;
  if (found.data.items.length === 0) return <StatePage icon={<Headset />} title={t("supervise.empty")} hint={t("supervise.emptyHint")} />;
  return (
    <section className="panel">
      <h2>{t("supervise.served")}</h2>
      <ul className="board-served">
        {found.data.items.map((row) => (
          <li key={row.id}>
            <span className={`owner owner-${row.owner}`}>{t(`owner.${row.owner}`, { name: row.agent?.name ?? "" })}</span>
            <b className="clip"><bdi>{nameOf(row.contact)}</bdi></b>
            <span className="quiet clip" dir="auto">{row.preview.text}</span>
            <span className="board-wait">{row.waiting_since && <WaitClock since={row.waiting_since} />}</span>
            <Link to={`/inbox/all/${row.id}`}>{t("supervise.look")}</Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** News of the desk refresh the board, many in one: a busy desk has more of them than anybody can read. */
function useRefreshed(): void {
  const rows = useRows();
  const queries = useQueryClient();
  const planned = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(() => {
    const hear = (): void => {
      planned.current ??= setTimeout(() => {
        planned.current = null;
        void queries.invalidateQueries({ queryKey: boardKey });
      }, COALESCED);
    };
    const leave = rows.subscribe(hear);
    return () => {
      leave();
      if (planned.current !== null) clearTimeout(planned.current);
      planned.current = null;
    };
  }, [rows, queries]);
}
