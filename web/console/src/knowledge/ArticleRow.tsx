import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { sayTime, type Article } from "@tandem/shared";
import { languageNow } from "../i18n/i18n";
import { useMinute } from "../live/ticker";
import { hasUnpublished, isDue } from "./article";

export function ArticleRow({ article, open }: { article: Article; open: boolean }): ReactNode {
  const { t } = useTranslation();
  const time = sayTime(article.updated_at, useMinute(), { locale: languageNow() });
  return (
    <Link to={`/knowledge/${article.id}`} className={`article-row${open ? " article-row-open" : ""}`} aria-current={open ? "true" : undefined}>
      <span className="article-question" dir="auto">{article.question}</span>
      <span className="article-facts quiet">
        <State article={article} />
        <span className="article-lang">{article.lang === "zh" ? "中" : article.lang.toUpperCase()}</span>
        <span className="clip">{article.category}</span>
        <span className="numbers article-used">{article.used > 0 && t("knowledge.used", { count: article.used })}</span>
        <span className="numbers article-time">{time}</span>
      </span>
    </Link>
  );
}

export function State({ article }: { article: Article }): ReactNode {
  const { t } = useTranslation();
  const due = isDue(article, new Date(useMinute()).toISOString().slice(0, 10));
  return (
    <>
      <span className={`article-state article-${article.state}`}>{t(`knowledge.states.${article.state}`)}</span>
      {article.in_review && <span className="article-state article-review">{t("knowledge.states.review")}</span>}
      {due && <span className="article-state article-due">{t("knowledge.states.due")}</span>}
      {hasUnpublished(article) && <i className="article-changed" title={t("knowledge.changed")} role="img" aria-label={t("knowledge.changed")} />}
    </>
  );
}
