import { lazy, Suspense, useEffect, useRef, useState, type ReactNode } from "react";
import { Button, Input, Select, Tooltip } from "antd";
import { BookOpen, FileUp, Plus, Search } from "lucide-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { FailedState, StatePage } from "../app/StatePage";
import { useCommands } from "../commands/commands";
import { Waiting } from "../look/Waiting";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { languageNow } from "../i18n/i18n";
import { useMay, useMe } from "../session/session";
import { ARTICLE_LANGUAGES, LISTED, sayLanguage, type ArticleList } from "./article";
import { ArticlePane } from "./ArticlePane";
import { ArticleRow } from "./ArticleRow";
import { useChannelNames } from "./ForWhom";
import { knowledgeKey } from "./keys";
import "./knowledge.css";

const ImportPage = lazy(() => import("./ImportPage"));

type Filter = { q: string; lang: string | null; state: string | null; category: string | null; owner: string | null; channel: string | null };
const NOTHING: Filter = { q: "", lang: null, state: null, category: null, owner: null, channel: null };
const PAUSE = 250;

export default function KnowledgePage(): ReactNode {
  const { t } = useTranslation();
  const { article } = useParams();
  const navigate = useNavigate();
  const writes = useMay("knowledge:write");
  const startNew = (): void => void navigate("/knowledge/new");
  const toImports = (): void => void navigate("/knowledge/imports");
  const imports = { id: "imports", group: "pages" as const, label: t("knowledge.import"), run: toImports };
  useCommands(writes ? [{ id: "new-article", group: "pages", label: t("knowledge.new"), shortcut: "c", run: startNew }, imports] : [imports]);
  return (
    <div className={`knowledge ${article === undefined ? "knowledge-at-list" : "knowledge-at-article"}`}>
      <ListPane open={article ?? null} onNew={writes ? startNew : null} />
      <section className="knowledge-main">
        {article === "imports" ? <Suspense fallback={<Waiting rows={4} />}><ImportPage /></Suspense> : article === undefined ? <StatePage icon={<BookOpen />} title={t("knowledge.pick")} hint={t("knowledge.pickHint")} action={<Button icon={<FileUp size={16} />} onClick={toImports}>{t("knowledge.import")}</Button>} /> : <ArticlePane key={article} id={article} />}
      </section>
    </div>
  );
}

function ListPane({ open, onNew }: { open: string | null; onNew: (() => void) | null }): ReactNode {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [filter, setFilter] = useState<Filter>(NOTHING);
  const asked = usePaused(filter);
  const first = languageNow() === "en" ? "en" : "zh";
  const me = useMe().user;
  const channels = useChannelNames();
  const list = useInfiniteQuery({
    queryKey: [...knowledgeKey, first, asked],
    queryFn: ({ pageParam }) => api.get<ArticleList>("/knowledge", { ...asked, first, cursor: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: (before) => before,
  });
  const categories = list.data?.pages[0]?.categories ?? [];
  const set = (part: Partial<Filter>): void => setFilter((now) => ({ ...now, ...part }));
  return (
    <section className="knowledge-list" aria-label={t("knowledge.list")}>
      <header className="page-head">
        <h1>{t("section.knowledge")}</h1>
        <Tooltip title={t("knowledge.import")}><Button icon={<FileUp size={16} />} aria-label={t("knowledge.import")} onClick={() => void navigate("/knowledge/imports")} /></Tooltip>
        {onNew && <Button type="primary" icon={<Plus size={16} />} onClick={onNew}>{t("knowledge.new")}</Button>}
      </header>
      <div className="knowledge-filter">
        <Input allowClear prefix={<Search size={15} aria-hidden />} value={filter.q} maxLength={200} placeholder={t("knowledge.search")} aria-label={t("knowledge.search")} onChange={(event) => set({ q: event.target.value })} />
        <div className="knowledge-selects">
          <Pick label={t("knowledge.lang")} value={filter.lang} options={ARTICLE_LANGUAGES.map((lang) => [lang, sayLanguage(lang, languageNow())])} onPick={(lang) => set({ lang })} />
          <Pick label={t("knowledge.state")} value={filter.state} options={LISTED.map((state) => [state, t(`knowledge.states.${state}`)])} onPick={(state) => set({ state })} />
          <Pick label={t("knowledge.category")} value={filter.category} options={categories.map((category) => [category, category])} onPick={(category) => set({ category })} />
          <Pick label={t("knowledge.owner")} value={filter.owner} options={[[me.id, t("knowledge.mine")]]} onPick={(owner) => set({ owner })} />
          <Pick label={t("knowledge.channel")} value={filter.channel} options={channels.map(({ id, name }) => [id, name])} onPick={(channel) => set({ channel })} />
        </div>
      </div>
      <Rows list={list} open={open} filtered={JSON.stringify(asked) !== JSON.stringify(NOTHING)} onClear={() => setFilter(NOTHING)} onNew={onNew} />
    </section>
  );
}

type Listing = ReturnType<typeof useInfiniteQuery<ArticleList>>;

function Rows({ list, open, filtered, onClear, onNew }: { list: Listing; open: string | null; filtered: boolean; onClear: () => void; onNew: (() => void) | null }): ReactNode {
  const { t } = useTranslation();
  const end = useRef<HTMLLIElement>(null);
  const { hasNextPage, fetchNextPage, data } = list;
  useEffect(() => {
    if (!end.current || !hasNextPage) return;
    const observer = new IntersectionObserver(([seen]) => seen?.isIntersecting && void fetchNextPage());
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [hasNextPage, fetchNextPage, data]);
  if (list.isPending) return <div className="knowledge-rows"><Waiting rows={7} /></div>;
  if (list.isError) return <FailedState title={t("knowledge.failed")} hint={sayProblem(list.error)} onRetry={() => void list.refetch()} />;
  const articles = list.data.pages.flatMap((page) => page.items);
  const alike = list.data.pages[0]?.alike ?? [];
  if (articles.length + alike.length === 0 && filtered) {
    return <StatePage icon={<Search />} title={t("knowledge.emptyFiltered")} hint={t("knowledge.emptyFilteredHint")} action={<Button onClick={onClear}>{t("knowledge.clear")}</Button>} />;
  }
  if (articles.length + alike.length === 0) {
    return <StatePage icon={<BookOpen />} title={t("knowledge.empty")} hint={t("knowledge.emptyHint")} action={onNew && <Button type="primary" onClick={onNew}>{t("knowledge.new")}</Button>} />;
  }
  return (
    <ul className="knowledge-rows">
      {articles.map((article) => <li key={article.id}><ArticleRow article={article} open={article.id === open} /></li>)}
      {hasNextPage && <li ref={end} className="list-more quiet">{t("inbox.loadingMore")}</li>}
      {!hasNextPage && alike.length > 0 && <li className="knowledge-alike quiet">{t("knowledge.ledTo")}</li>}
      {!hasNextPage && alike.map((article) => <li key={article.id}><ArticleRow article={article} open={article.id === open} /></li>)}
    </ul>
  );
}

function Pick({ label, value, options, onPick }: { label: string; value: string | null; options: (readonly [string, string])[]; onPick: (value: string | null) => void }): ReactNode {
  return (
    <Select
      allowClear
      size="small"
      aria-label={label}
      placeholder={label}
      value={value}
      popupMatchSelectWidth={false}
      options={options.map(([name, words]) => ({ value: name, label: words }))}
      onChange={(next: string | undefined) => onPick(next ?? null)}
    />
  );
}

function usePaused(filter: Filter): Filter {
  const [paused, setPaused] = useState(filter);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(filter), PAUSE);
    return () => clearTimeout(timer);
  }, [filter]);
  return paused;
}
