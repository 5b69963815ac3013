import type { ReactNode } from "react";
import { TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Board } from "@tandem/shared";
import { languageNow } from "../i18n/i18n";
import { WaitClock } from "../inbox/WaitClock";

type QueueStands = Board["queues"][number];

const LOW = 0.6;

/** Which queues a team takes from: those that are given to it, and those that anybody takes from. */
export function queuesOf(board: Board, team: string | null): readonly QueueStands[] {
  return board.queues.filter(({ teams }) => team === null || teams.length === 0 || teams.includes(team));
}

/** Of the chosen queues together: each counts as much as it had people waiting. */
export function sumOf(queues: readonly QueueStands[]): Pick<Board, "waiting" | "waiting_since" | "messages" | "service_level" | "abandonment" | "left" | "target"> {
  const left = queues.reduce((sum, queue) => sum + queue.left, 0);
  const share = (of: (queue: QueueStands) => number | null): number | null => (left === 0 ? null : queues.reduce((sum, queue) => sum + (of(queue) ?? 0) * queue.left, 0) / left);
  const since = queues.flatMap(({ waiting_since }) => (waiting_since ? [waiting_since] : [])).sort((one, other) => Date.parse(one) - Date.parse(other));
  const targets = new Set(queues.map(({ target }) => target));
  return {
    target: targets.size === 1 ? (queues[0]?.target ?? null) : null,
    waiting: queues.reduce((sum, queue) => sum + queue.waiting, 0), messages: queues.reduce((sum, queue) => sum + queue.messages, 0), waiting_since: since[0] ?? null, left,
    service_level: share((queue) => queue.service_level), abandonment: share((queue) => queue.abandonment),
  };
}

export function useSayTarget(): (target: number | null) => string {
  const { t } = useTranslation();
  return (target) => {
    if (target === null) return t("supervise.ownTargets");
    const whole = target >= 120 && target % 60 === 0;
    return whole ? t("supervise.withinMinutes", { count: target / 60 }) : t("supervise.withinSeconds", { count: target });
  };
}

export function useSayShare(): (share: number | null) => string {
  const { t } = useTranslation();
  return (share) => (share === null ? t("supervise.none") : new Intl.NumberFormat(languageNow(), { style: "percent", maximumFractionDigits: 0 }).format(share));
}

/** The same figures queue by queue: a desk that stands well on the whole may leave one queue alone. */
export function Queues({ board, team }: { board: Board; team: string | null }): ReactNode {
  const { t } = useTranslation();
  const queues = queuesOf(board, team);
  const say = useSayShare();
  const sayTarget = useSayTarget();
  const sayTeams = ({ teams }: QueueStands): string => board.teams.filter(({ id }) => teams.includes(id)).map(({ name }) => name).join(t("conversation.listJoin")) || t("supervise.anybody");
  return (
    <section className="panel board-queues" aria-label={t("supervise.queues")}>
      <table>
        <thead>
          <tr><th scope="col">{t("supervise.queues")}</th><th scope="col">{t("supervise.queueTeams")}</th><th scope="col">{t("supervise.waiting")}</th><th scope="col">{t("supervise.longest")}</th><th scope="col">{t("supervise.level")}</th><th scope="col">{t("supervise.abandoned")}</th></tr>
        </thead>
        <tbody>
          {queues.map((queue) => (
            <tr key={queue.id}>
              <th scope="row"><bdi>{queue.name || t("routing.mainQueue")}</bdi></th>
              <td data-label={t("supervise.queueTeams")} className="quiet">{sayTeams(queue)}</td>
              <td data-label={t("supervise.waiting")} className="numbers">{queue.waiting}{queue.messages > 0 && <span className="board-messages">{t("supervise.messages", { count: queue.messages })}</span>}</td>
              <td data-label={t("supervise.longest")} className="numbers">{queue.waiting_since ? <WaitClock since={queue.waiting_since} /> : "–"}</td>
              <td data-label={t("supervise.level")} className="numbers"><Level share={queue.service_level} /><span className="board-target">{sayTarget(queue.target)}</span></td>
              <td data-label={t("supervise.abandoned")} className="numbers">{say(queue.abandonment)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {queues.length === 0 && <p className="quiet">{t("supervise.noQueue")}</p>}
    </section>
  );
}

function Level({ share }: { share: number | null }): ReactNode {
  const { t } = useTranslation();
  const say = useSayShare();
  if (share === null || share >= LOW) return say(share);
  return <span className="board-low"><TriangleAlert size={13} aria-label={t("supervise.low")} />{say(share)}</span>;
}
