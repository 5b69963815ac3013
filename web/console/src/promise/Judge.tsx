import { App } from "antd";
import { ThumbsDown, ThumbsUp } from "lucide-react";
import type { ReactNode } from "react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Entry, JudgedMessage } from "@tandem/shared";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { useMay } from "../session/session";
import "./judge.css";

/** Right or wrong, under an answer that the assistant gave from knowledge. What is judged here moves its thresholds. */
export function Judge({ entry }: { entry: Entry }): ReactNode {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const may = useMay("conversation:reply");
  const key = ["judgements", entry.conversation];
  const judged = useQuery({ queryKey: key, queryFn: () => api.get<JudgedMessage[]>(`/conversations/${entry.conversation}/judgements`), staleTime: Infinity });
  const mine = judged.data?.find((it) => it.seq === entry.seq);
  const say = async (wasRight: boolean): Promise<void> => {
    try {
      await api.post(`/conversations/${entry.conversation}/judge`, { seq: entry.seq, was_right: wasRight });
      await queries.invalidateQueries({ queryKey: key });
    } catch (error) {
      message.error(sayProblem(error));
    }
  };
  if (!may) return null;
  return (
    <span className="judge" role="group" aria-label={t("promise.judge")}>
      {[true, false].map((right) => (
        <button key={String(right)} type="button" className={`judge-button${mine?.was_right === right ? " judge-chosen" : ""}`} aria-pressed={mine?.was_right === right}
          aria-label={t(right ? "promise.right" : "promise.wrongButton")}
          title={mine?.was_right === right ? t(right ? "promise.judgedRight" : "promise.judgedWrong", { name: mine.by_name }) : t(right ? "promise.right" : "promise.wrongButton")}
          onClick={() => void say(right)}>
          {right ? <ThumbsUp aria-hidden /> : <ThumbsDown aria-hidden />}
        </button>
      ))}
    </span>
  );
}
