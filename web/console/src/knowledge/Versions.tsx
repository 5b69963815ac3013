import { useState, type ReactNode } from "react";
import { App, Button, Modal } from "antd";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { sayClock, sayDate, type Article } from "@tandem/shared";
import { FailedState } from "../app/StatePage";
import { languageNow } from "../i18n/i18n";
import { useMinute } from "../live/ticker";
import { Waiting } from "../look/Waiting";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { useMay } from "../session/session";
import { ALWAYS, type ArticleVersion } from "./article";
import { Changes } from "./Changes";
import { changesBetween, type Words } from "./changes";
import { articleKey, knowledgeKey } from "./keys";

export default function Versions({ article, onClose }: { article: Article; onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const versions = useQuery({ queryKey: ["versions", article.id, article.version], queryFn: () => api.get<ArticleVersion[]>(`/knowledge/${article.id}/versions`) });
  return (
    <Modal open title={t("knowledge.versions")} footer={null} onCancel={onClose} width={860}>
      {versions.isPending && <Waiting rows={4} />}
      {versions.isError && <FailedState title={t("problem.load")} hint={sayProblem(versions.error)} onRetry={() => void versions.refetch()} />}
      {versions.data && <History article={article} versions={[...versions.data].sort((one, other) => other.version - one.version)} onClose={onClose} />}
    </Modal>
  );
}

function History({ article, versions, onClose }: { article: Article; versions: readonly ArticleVersion[]; onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const minute = useMinute();
  const [at, setAt] = useState(0);
  const publishes = useMay("knowledge:publish");
  const shown = versions[at];
  const manner = { locale: languageNow() };
  return (
    <div className="versions">
      <ol>
        {versions.map((version, index) => (
          <li key={version.version}>
            <button type="button" aria-pressed={index === at} onClick={() => setAt(index)}>
              <b className="numbers">{t("knowledge.version", { n: version.version })}</b>
              {version.version === article.published_version && <span className="article-state article-published">{t("knowledge.states.published")}</span>}
              <span className="quiet numbers">{version.by_name} · {sayDate(version.at, minute, manner)} {sayClock(version.at, manner)}</span>
            </button>
          </li>
        ))}
      </ol>
      {shown && (
        <div className="versions-shown">
          <VersionChanges version={shown} before={versions[at + 1]} lang={article.lang} />
          {publishes && at > 0 && <RollbackButton article={article} version={shown.version} onDone={onClose} />}
        </div>
      )}
    </div>
  );
}

function VersionChanges({ version, before, lang }: { version: ArticleVersion; before: ArticleVersion | undefined; lang: string }): ReactNode {
  const { t } = useTranslation();
  const nothing: Words = { question: "", category: "", phrasings: [], answer: "", conditions: ALWAYS, buttons: [], images: [] };
  return (
    <>
      <p className="changes-lead quiet">{t(before ? "knowledge.diff" : "knowledge.first")}</p>
      <Changes changes={changesBetween(before ?? nothing, version, lang)} />
    </>
  );
}

function RollbackButton({ article, version, onDone }: { article: Article; version: number; onDone: () => void }): ReactNode {
  const { t } = useTranslation();
  const { modal, message } = App.useApp();
  const queries = useQueryClient();
  const rollBack = async (): Promise<void> => {
    try {
      const saved = await api.post<Article>(`/knowledge/${article.id}/rollback`, { version });
      queries.setQueryData(articleKey(article.id), saved);
      void queries.invalidateQueries({ queryKey: knowledgeKey });
      message.success(t("knowledge.rolledBack", { n: version }));
      onDone();
    } catch (error) {
      message.error(sayProblem(error));
    }
  };
  const ask = (): void =>
    void modal.confirm({ title: t("knowledge.rollback"), content: t("knowledge.rollbackConfirm"), okText: t("knowledge.rollback"), cancelText: t("common.cancel"), onOk: rollBack });
  return <Button onClick={ask}>{t("knowledge.rollback")}</Button>;
}
