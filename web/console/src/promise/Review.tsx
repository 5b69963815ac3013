import { useEffect, useState, type ReactNode } from "react";
import { App, Button } from "antd";
import { BookOpen, Check, ThumbsDown, ThumbsUp, X } from "lucide-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { AnswerToJudge } from "@tandem/shared";
import { MessageText } from "../conversation/MessageText";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { percent, promiseKey, waitingKey } from "./promise";

/** One answer at a time, judged by a key: right, wrong, or left for another day. */
export function Review({ count }: { count: number }): ReactNode {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const list = useQuery({ queryKey: waitingKey, queryFn: () => api.get<AnswerToJudge[]>("/promise/waiting"), staleTime: Infinity });
  const [done, setDone] = useState<ReadonlySet<string>>(new Set());
  const left = (list.data ?? []).filter((it) => !done.has(it.turn));
  const now = left[0];
  const go = async (wasRight: boolean | null): Promise<void> => {
    if (!now) return;
    setDone((before) => new Set(before).add(now.turn));
    try {
      if (wasRight !== null) await api.post(`/turns/${now.turn}/judge`, { was_right: wasRight });
      if (left.length === 1) await queries.invalidateQueries({ queryKey: promiseKey });
    } catch (error) {
      setDone((before) => new Set([...before].filter((turn) => turn !== now.turn)));
      message.error(sayProblem(error));
    }
  };
  useJudgingKeys(now !== undefined, (wasRight) => void go(wasRight));
  return (
    <section className="panel" aria-label={t("promise.review")}>
      <h2>{t("promise.review")} {now && <span className="quiet numbers">{t("promise.left", { count: Math.max(left.length, count - done.size) })}</span>}</h2>
      <p className="panel-lead">{now ? <>{t("promise.reviewLead")} <span className="promise-keys">{t("promise.reviewKeys")}</span></> : t("promise.reviewDone")}</p>
      {now && <Answer key={now.turn} it={now} />}
      {now && (
        <div className="promise-judge">
          <Button icon={<X size={16} />} danger onClick={() => void go(false)}>{t("promise.wrongButton")} <kbd>←</kbd></Button>
          <Button type="text" onClick={() => void go(null)}>{t("promise.skip")}</Button>
          <Button icon={<Check size={16} />} type="primary" onClick={() => void go(true)}>{t("promise.right")} <kbd>→</kbd></Button>
        </div>
      )}
    </section>
  );
}

function Answer({ it }: { it: AnswerToJudge }): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="promise-answer" aria-live="polite">
      <div className="promise-said"><span className="quiet">{t("promise.asked")}</span><div className="bubble">{it.question}</div></div>
      <div className="promise-said"><span className="quiet">{t("promise.answered")}</span><div className="bubble promise-said-ai"><MessageText text={it.answer} /></div></div>
      <p className="promise-from quiet">
        <BookOpen aria-hidden /> <span className="clip">{it.article}</span>
        <span className="numbers">{t("promise.sure", { sure: percent(it.sure, 0) })}</span>
        {it.helped !== null && <Thumb up={it.helped} />}
        <Link to={`/inbox/all/${it.conversation}`}>{t("promise.open")}</Link>
      </p>
    </div>
  );
}

/** What the customer said of it: a hint for who judges, who knows more than he. */
function Thumb({ up }: { up: boolean }): ReactNode {
  const { t } = useTranslation();
  return (
    <span className="promise-thumb">
      {up ? <ThumbsUp aria-hidden /> : <ThumbsDown aria-hidden />} {t(up ? "promise.helped" : "promise.notHelped")}
    </span>
  );
}

/** Only while nothing else wants the keys: somebody who types a number moves its cursor with the arrows. */
function useJudgingKeys(active: boolean, judge: (wasRight: boolean | null) => void): void {
  useEffect(() => {
    if (!active) return;
    const press = (event: KeyboardEvent): void => {
      const busy = event.target instanceof Element && event.target.closest("input, textarea, select, [role=dialog], [role=region], button, a") !== null;
      if (busy || event.metaKey || event.ctrlKey || event.altKey || event.repeat) return;
      const meant = KEYS[event.key.toLowerCase()];
      if (meant === undefined) return;
      event.preventDefault();
      judge(meant);
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [active, judge]);
}

const KEYS: Record<string, boolean | null> = { arrowright: true, j: true, arrowleft: false, f: false, " ": null };
