import type { ReactNode } from "react";
import { Alert, Tag } from "antd";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Article, Checked } from "@tandem/shared";
import { api } from "../session/api";
import { useMay } from "../session/session";
import { draftOf, sent } from "./article";

/** Articles that say the same or the opposite of what was just saved. Only a word of warning: the draft is kept all the same. */
export function Alike({ article }: { article: Article }): ReactNode {
  const { t } = useTranslation();
  const writes = useMay("knowledge:write");
  const checked = useQuery({
    queryKey: ["knowledge-alike", article.id, article.version], queryFn: () => api.post<Checked>(`/knowledge/check?article=${article.id}`, sent(draftOf(article), null)),
    enabled: writes && article.state !== "archived", staleTime: Infinity, retry: false,
  });
  const alike = checked.data?.resembling ?? [];
  if (alike.length === 0) return null;
  const opposed = alike.some(({ kind }) => kind === "contradiction");
  return (
    <Alert
      type={opposed ? "error" : "warning"} showIcon title={t("knowledge.alike")}
      description={<ul className="alike">{alike.map((it) => <li key={it.article}><Tag color={it.kind === "contradiction" ? "red" : "orange"}>{t(`knowledge.resembles.${it.kind}`)}</Tag> <Link to={`/knowledge/${it.article}`} dir="auto">{it.question}</Link></li>)}</ul>}
    />
  );
}
