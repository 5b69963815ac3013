import type { ReactNode } from "react";
import { App, Button } from "antd";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { sayClock, sayDay, type PromiseVersion } from "@tandem/shared";
import { languageNow } from "../i18n/i18n";
import { useMinute } from "../live/ticker";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { useMay } from "../session/session";
import { percent, promiseKey } from "./promise";

export function History({ history }: { history: readonly PromiseVersion[] }): ReactNode {
  const { t } = useTranslation();
  return (
    <section className="panel">
      <h2>{t("promise.history")}</h2>
      {history.length === 0 && <p className="quiet">{t("promise.historyEmpty")}</p>}
      <ol className="promise-history">
        {history.map((version, index) => <Item key={version.version} version={version} newest={index === 0} />)}
      </ol>
    </section>
  );
}

function Item({ version, newest }: { version: PromiseVersion; newest: boolean }): ReactNode {
  const { t } = useTranslation();
  const minute = useMinute();
  const may = useMay("assistant:manage");
  const restore = useRestore(version.version);
  const locale = languageNow();
  return (
    <li>
      <span className="numbers quiet">{t("promise.version", { version: version.version })}</span>
      <span>{t(`promise.cause.${version.cause}`, { name: version.by_name })} · {t("promise.number")} {percent(version.max_wrong)}</span>
      <time className="quiet numbers" dateTime={version.at}>{sayDay(version.at, minute, { locale })} {sayClock(version.at, { locale })}</time>
      {may && !newest && <Button size="small" onClick={restore}>{t("promise.restore")}</Button>}
    </li>
  );
}

function useRestore(version: number): () => void {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const run = async (): Promise<void> => {
    try {
      await api.post("/promise/restore", { version });
      await queries.invalidateQueries({ queryKey: promiseKey });
      message.success(t("promise.restored", { version }));
    } catch (error) {
      message.error(sayProblem(error));
    }
  };
  return () => void run();
}
