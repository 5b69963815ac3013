import type { ReactNode } from "react";
import { App, Button, Checkbox, Progress } from "antd";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { sayTime, type Evaluation } from "@tandem/shared";
import { languageNow } from "../i18n/i18n";
import { useMinute } from "../live/ticker";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { Drop } from "./Drop";
import { evaluationsKey, FIGURES, isUnderWay, sayFigure } from "./figures";

const SHOWN = 3;

export function RunRow({ it, chosen, mayChoose, onChoose, onDropped }: { it: Evaluation; chosen: boolean; mayChoose: boolean; onChoose: () => void; onDropped: () => void }): ReactNode {
  const { t } = useTranslation();
  const time = sayTime(it.created_at, useMinute(), { locale: languageNow() });
  return (
    <li className="evaluate-run">
      <Checkbox checked={chosen} disabled={!mayChoose} onChange={onChoose} aria-label={t("evaluate.choose", { name: it.name })} />
      <div className="evaluate-name">
        <Link to={`/evaluate/${it.id}`} className="clip" dir="auto">{it.name}</Link>
        <span className="quiet numbers">{t(`evaluate.kind.${it.kind}`)} · {it.by_name} · {time}</span>
      </div>
      <Outcome it={it} />
      <Drop it={it} onDropped={onDropped} />
    </li>
  );
}

function Outcome({ it }: { it: Evaluation }): ReactNode {
  const { t } = useTranslation();
  if (isUnderWay(it)) return <UnderWay it={it} />;
  if (it.state === "failed") return <span className="evaluate-failed">{t("evaluate.notDone")}</span>;
  if (it.state === "stopped") return <span className="quiet">{t("evaluate.stopped")}</span>;
  return (
    <dl className="evaluate-few numbers">
      {FIGURES[it.kind].slice(0, SHOWN).map(({ name }) => <div key={name}><dt>{t(`evaluate.figure.${name}`)}</dt><dd>{sayFigure(name, it.figures[name], languageNow())}</dd></div>)}
    </dl>
  );
}

/** How far it is, and a way to stop it. */
export function UnderWay({ it }: { it: Evaluation }): ReactNode {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const stop = async (): Promise<void> => {
    try {
      await api.post(`/evaluations/${it.id}/stop`);
      await queries.invalidateQueries({ queryKey: evaluationsKey });
    } catch (error) {
      message.error(sayProblem(error));
    }
  };
  const words = it.state === "waiting" ? t("evaluate.waiting") : it.total > 0 ? `${it.done}/${it.total}` : t("evaluate.running");
  return (
    <div className="evaluate-under-way">
      <Progress percent={it.total === 0 ? 0 : Math.round((100 * it.done) / it.total)} size="small" status="active" aria-label={words} format={() => words} />
      <Button size="small" onClick={() => void stop()}>{t("evaluate.stop")}</Button>
    </div>
  );
}
