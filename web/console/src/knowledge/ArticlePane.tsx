import { useState, type ReactNode } from "react";
import { useQuery } from "@tanstack/react-query";
import { SearchX } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Refused, type Article } from "@tandem/shared";
import { FailedState, StatePage } from "../app/StatePage";
import { languageNow } from "../i18n/i18n";
import { Waiting } from "../look/Waiting";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { ArticleEditor } from "./ArticleEditor";
import { emptyDraft } from "./article";
import { articleKey } from "./keys";

export function ArticlePane({ id }: { id: string }): ReactNode {
  const [fresh] = useState(() => emptyDraft(languageNow() === "en" ? "en" : "zh"));
  return id === "new" ? <ArticleEditor article={null} initial={fresh} /> : <Existing id={id} />;
}

function Existing({ id }: { id: string }): ReactNode {
  const { t } = useTranslation();
  const article = useQuery({ queryKey: articleKey(id), queryFn: () => api.get<Article>(`/knowledge/${id}`) });
  if (article.isPending) return <Waiting rows={6} />;
  if (article.isError && article.error instanceof Refused && article.error.status === 404) {
    return <StatePage icon={<SearchX />} title={t("problem.notFound")} hint={t("problem.notFoundDetail")} action={<Link to="/knowledge">{t("knowledge.toList")}</Link>} />;
  }
  if (article.isError) return <FailedState title={t("problem.load")} hint={sayProblem(article.error)} onRetry={() => void article.refetch()} />;
  return <ArticleEditor article={article.data} initial={null} />;
}
