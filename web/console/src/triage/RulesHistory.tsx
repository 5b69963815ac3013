import type { ReactNode } from "react";
import { App, Button } from "antd";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { sayClock, sayDay, type TriageRulesVersion } from "@tandem/shared";
import { languageNow } from "../i18n/i18n";
import { useMinute } from "../live/ticker";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { rulesKey } from "./rules";

export function RulesHistory({ history }: { history: readonly TriageRulesVersion[] }): ReactNode {
  const { t } = useTranslation();
  const restore = useRestore();
  return (
    <section className="panel">
      <h2>{t("triage.history")}</h2>
      {history.length === 0 && <p className="quiet">{t("triage.historyEmpty")}</p>}
      <ol className="triage-history">
        {history.map((version, index) => <Item key={version.version} version={version} onRestore={index === 0 ? null : () => restore(version.version)} />)}
        {history.length > 0 && (
          <li><span /><span>{t("triage.original")}</span><span /><Button size="small" onClick={() => restore(0)}>{t("triage.restoreOriginal")}</Button></li>
        )}
      </ol>
    </section>
  );
}

function Item({ version, onRestore }: { version: TriageRulesVersion; onRestore: (() => void) | null }): ReactNode {
  const { t } = useTranslation();
  const minute = useMinute();
  const locale = languageNow();
  return (
    <li>
      <span className="quiet numbers">{t("triage.version", { version: version.version })}</span>
      <span className="clip"><bdi>{version.by_name}</bdi>{version.note !== "" && <> · <bdi>{version.note}</bdi></>}</span>
      <time className="quiet numbers" dateTime={version.at}>{sayDay(version.at, minute, { locale })} {sayClock(version.at, { locale })}</time>
      {onRestore && <Button size="small" onClick={onRestore}>{t("triage.restore")}</Button>}
    </li>
  );
}

function useRestore(): (version: number) => void {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const run = async (version: number): Promise<void> => {
    try {
      await api.post("/triage/rules/restore", { version });
      await queries.invalidateQueries({ queryKey: rulesKey });
      message.success(t("triage.restored"));
    } catch (error) {
      message.error(sayProblem(error));
    }
  };
  return (version) => void run(version);
}
