import { lazy, Suspense, useEffect, useState, type ReactNode } from "react";
import { App, AutoComplete, Button, Input, Select, Tooltip } from "antd";
import { ArrowLeft, History } from "lucide-react";
import { useQueryClient, type InfiniteData } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useBlocker, useNavigate } from "react-router";
import { sayTime, type Article } from "@tandem/shared";
import { MessageText } from "../conversation/MessageText";
import { languageNow } from "../i18n/i18n";
import { useMinute } from "../live/ticker";
import { useMay } from "../session/session";
import { State } from "./ArticleRow";
import { ARTICLE_LANGUAGES, type ArticleDraft, type ArticleList } from "./article";
import { ConflictDialog } from "./ConflictDialog";
import { knowledgeKey } from "./keys";
import { Phrasings } from "./Phrasings";
import { useArticle, type Writing } from "./useArticle";

const Versions = lazy(() => import("./Versions"));

export function ArticleEditor({ article, initial }: { article: Article | null; initial: ArticleDraft | null }): ReactNode {
  const writing = useArticle(article, initial);
  const readOnly = !useMay("knowledge:write");
  const [history, setHistory] = useState(false);
  const leaving = useUnsavedGuard(writing.dirty);
  const navigate = useNavigate();
  const opened = async (saving: Promise<Article | null>): Promise<void> => {
    const saved = await saving;
    if (saved && !article) leaving.letGo(() => void navigate(`/knowledge/${saved.id}`, { replace: true }));
  };
  return (
    <div className="editor">
      <EditorHead article={article} writing={writing} onHistory={() => setHistory(true)} onSave={() => void opened(writing.save())} onPublish={() => void opened(writing.publish())} />
      <div className="editor-body">
        <fieldset disabled={readOnly} className="editor-fields">
          <Fields writing={writing} />
        </fieldset>
        <Preview draft={writing.draft} />
      </div>
      {writing.conflict && <ConflictDialog theirs={writing.conflict} mine={writing.draft} onTheirs={writing.takeTheirs} onMine={() => void writing.keepMine()} />}
      <Suspense fallback={null}>{history && article && <Versions article={article} onClose={() => setHistory(false)} />}</Suspense>
    </div>
  );
}

type HeadProps = { article: Article | null; writing: Writing; onHistory: () => void; onSave: () => void; onPublish: () => void };

function EditorHead({ article, writing, onHistory, onSave, onPublish }: HeadProps): ReactNode {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { modal } = App.useApp();
  const minute = useMinute();
  const writes = useMay("knowledge:write");
  const publishes = useMay("knowledge:publish");
  const publishable = writing.dirty || article === null || article.published_version !== article.version || article.state !== "published";
  const archive = (): void =>
    void modal.confirm({ title: t("knowledge.archive"), content: t("knowledge.archiveConfirm"), okText: t("knowledge.archive"), cancelText: t("common.cancel"), onOk: async () => void (await writing.archive()) });
  return (
    <header className="editor-head">
      <button type="button" className="icon-button editor-back" onClick={() => void navigate("/knowledge")} aria-label={t("common.back")}><ArrowLeft size={18} /></button>
      <div className="editor-facts">
        {article ? (
          <>
            <State article={article} />
            <span className="quiet clip">{t("knowledge.version", { n: article.version })} · {t("knowledge.updated", { name: article.updated_by, time: sayTime(article.updated_at, minute, { locale: languageNow() }) })}</span>
          </>
        ) : (
          <b>{t("knowledge.new")}</b>
        )}
        {writing.dirty && <span className="editor-dirty">{t("knowledge.unsaved")}</span>}
      </div>
      {article && <Tooltip title={t("knowledge.versions")}><Button icon={<History size={16} />} aria-label={t("knowledge.versions")} onClick={onHistory} /></Tooltip>}
      {article && publishes && article.state !== "archived" && <Button onClick={archive} loading={writing.busy === "archive"}>{t("knowledge.archive")}</Button>}
      {writes && <Button onClick={onSave} disabled={!writing.dirty} loading={writing.busy === "save"}>{t("knowledge.saveDraft")}</Button>}
      {publishes && <Tooltip title={t("knowledge.publishTitle")}><Button type="primary" onClick={onPublish} disabled={!publishable} loading={writing.busy === "publish"}>{t("knowledge.publish")}</Button></Tooltip>}
      {!writes && <span className="quiet">{t("knowledge.readOnly")}</span>}
    </header>
  );
}

function Fields({ writing }: { writing: Writing }): ReactNode {
  const { t } = useTranslation();
  const { draft, change, missing } = writing;
  const categories = useKnownCategories();
  const bad = (name: "question" | "answer" | "category"): "error" | "" => (missing.includes(name) ? "error" : "");
  return (
    <>
      <Field label={t("knowledge.question")} problem={missing.includes("question") ? t("knowledge.needQuestion") : null}>
        <Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} maxLength={300} dir="auto" status={bad("question")} value={draft.question} onChange={(event) => change({ question: event.target.value })} className="editor-question" />
      </Field>
      <div className="editor-pair">
        <Field label={t("knowledge.category")} problem={missing.includes("category") ? t("knowledge.needCategory") : null}>
          <AutoComplete value={draft.category} status={bad("category")} maxLength={60} showSearch={{ filterOption: true }} options={categories.map((value) => ({ value }))} onChange={(category: string) => change({ category })} />
        </Field>
        <Field label={t("knowledge.lang")}>
          <Select value={draft.lang} options={ARTICLE_LANGUAGES.map((value) => ({ value, label: t(`language.${value === "zh" ? "zh-CN" : "en"}`) }))} onChange={(lang) => change({ lang })} />
        </Field>
      </div>
      <Field label={t("knowledge.phrasings")} hint={t("knowledge.phrasingsHint")} group>
        <Phrasings phrasings={draft.phrasings} onChange={(phrasings) => change({ phrasings })} />
      </Field>
      <Field label={t("knowledge.answer")} hint={t("knowledge.answerHint")} problem={missing.includes("answer") ? t("knowledge.needAnswer") : null}>
        <Input.TextArea autoSize={{ minRows: 8, maxRows: 24 }} maxLength={8000} dir="auto" status={bad("answer")} value={draft.answer} onChange={(event) => change({ answer: event.target.value })} />
      </Field>
    </>
  );
}

function Field({ label, hint, problem = null, group = false, children }: { label: string; hint?: string; problem?: string | null; group?: boolean; children: ReactNode }): ReactNode {
  const Tag = group ? "div" : "label";
  return (
    <Tag className="field">
      <span className="field-label">{label}</span>
      {children}
      {problem !== null && <span className="field-problem" role="alert">{problem}</span>}
      {hint && problem === null && <span className="field-hint quiet">{hint}</span>}
    </Tag>
  );
}

/** As the customer will see it: the question in his words, the answer in the assistant's voice. */
function Preview({ draft }: { draft: ArticleDraft }): ReactNode {
  const { t } = useTranslation();
  return (
    <aside className="editor-preview" aria-label={t("knowledge.preview")}>
      <h2>{t("knowledge.preview")}</h2>
      <div className="said said-agent said-first"><div className="said-body"><div className="bubble"><MessageText text={draft.question || "…"} /></div></div></div>
      <div className="said said-customer said-first">
        <div className="said-body">
          <div className="said-speaker"><span className="ai-label">{t("voice.ai")}</span></div>
          <div className="bubble preview-answer"><MessageText text={draft.answer || "…"} /></div>
        </div>
      </div>
    </aside>
  );
}

function useKnownCategories(): string[] {
  const lists = useQueryClient().getQueriesData<InfiniteData<ArticleList>>({ queryKey: knowledgeKey });
  return [...new Set(lists.flatMap(([, data]) => data?.pages.flatMap((page) => page.categories) ?? []))];
}

/** Asks before unsaved words are lost, within the console and when the tab closes. */
function useUnsavedGuard(dirty: boolean): { letGo: (go: () => void) => void } {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const [free] = useState({ now: false });
  const blocker = useBlocker(({ currentLocation, nextLocation }) => dirty && !free.now && currentLocation.pathname !== nextLocation.pathname);
  useEffect(() => {
    if (blocker.state !== "blocked") return;
    const asked = modal.confirm({
      title: t("knowledge.unsaved"), content: t("knowledge.unsavedDetail"), okText: t("knowledge.leave"), okButtonProps: { danger: true }, cancelText: t("knowledge.stay"),
      onOk: () => blocker.proceed(), onCancel: () => blocker.reset(),
    });
    return () => asked.destroy();
  }, [blocker, modal, t]);
  useEffect(() => {
    if (!dirty) return;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [dirty]);
  return {
    letGo: (go) => {
      free.now = true;
      go();
    },
  };
}
