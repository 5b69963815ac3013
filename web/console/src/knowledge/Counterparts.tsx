import { useState, type ReactNode } from "react";
import { App, Button, Select } from "antd";
import { Link2, Unlink } from "lucide-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Article, Counterpart } from "@tandem/shared";
import { languageNow } from "../i18n/i18n";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { useMay } from "../session/session";
import { sayLanguage, type ArticleList } from "./article";
import { Field } from "./Field";
import { counterpartsKey } from "./keys";

/** The same article in other languages: a customer is answered once, from the one in his own. */
export function Counterparts({ article }: { article: Article }): ReactNode {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const may = useMay("knowledge:publish");
  const [choosing, setChoosing] = useState(false);
  const key = [...counterpartsKey, article.id];
  const linked = useQuery({ queryKey: key, queryFn: () => api.get<Counterpart[]>(`/knowledge/${article.id}/counterparts`) }).data ?? [];
  const change = (made: Promise<unknown>, done: string): void =>
    void made.then(
      () => {
        setChoosing(false);
        message.success(done);
        void queries.invalidateQueries({ queryKey: counterpartsKey });
      },
      (error: unknown) => void message.error(sayProblem(error)),
    );
  const link = (other: string): void => change(api.put(`/knowledge/${article.id}/counterparts`, { other }), t("counterpart.linked"));
  const unlink = (): void => change(api.delete(`/knowledge/${article.id}/counterparts`), t("counterpart.unlinked"));
  if (linked.length === 0 && !may) return null;
  return (
    <Field label={t("counterpart.title")} hint={t("counterpart.hint")} group>
      <div className="counterparts">
        {linked.map(({ id, lang, question, state }) => (
          <p key={id} className="counterpart">
            <span className="counterpart-lang">{sayLanguage(lang, languageNow())}</span>
            <Link to={`/knowledge/${id}`} dir="auto">{question}</Link>
            {state !== "published" && <span className="quiet">{t(`knowledge.states.${state}`)}</span>}
          </p>
        ))}
        {may && !choosing && (
          <span className="counterpart">
            <Button type="dashed" size="small" icon={<Link2 size={14} />} onClick={() => setChoosing(true)}>{t("counterpart.link")}</Button>
            {linked.length > 0 && <Button size="small" icon={<Unlink size={14} />} onClick={unlink}>{t("counterpart.unlink")}</Button>}
          </span>
        )}
        {choosing && <Choose article={article} taken={[article, ...linked].map(({ lang }) => lang)} onChoose={link} onClose={() => setChoosing(false)} />}
      </div>
    </Field>
  );
}

/** What a customer who asks this would be led to in another language stands first, then all there is, until something is typed. */
function Choose({ article, taken, onChoose, onClose }: { article: Article; taken: readonly string[]; onChoose: (id: string) => void; onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const [q, setQ] = useState("");
  const lang = article.lang === "zh" ? "en" : "zh";
  const search = (words: string): Promise<ArticleList> => api.get<ArticleList>("/knowledge", { q: words, first: lang, limit: 100 });
  const found = useQuery({
    queryKey: [...counterpartsKey, article.id, "search", q.trim()], queryFn: () => Promise.all(q.trim() === "" ? [search(article.question), search("")] : [search(q.trim())]),
  });
  const others = (found.data ?? []).flatMap(({ alike, items }) => [...alike, ...items]).filter((other) => !taken.includes(other.lang));
  const known = new Map(others.map(({ id, question, category }) => [id, `${question} · ${category}`]));
  return (
    <Select
      autoFocus
      defaultOpen
      showSearch={{ filterOption: false, onSearch: setQ }}
      loading={found.isFetching}
      aria-label={t("counterpart.choose")}
      placeholder={t("counterpart.choose")}
      notFoundContent={found.isFetching ? null : <span className="quiet">{t(taken.length > 1 ? "counterpart.noneFree" : "counterpart.none")}</span>}
      options={[...known].map(([value, label]) => ({ value, label }))}
      onChange={onChoose}
      onBlur={onClose}
    />
  );
}
