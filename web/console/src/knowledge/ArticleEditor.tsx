import { lazy, Suspense, useEffect, useState, type ReactNode } from "react";
import { Alert, App, AutoComplete, Input, Select } from "antd";
import { useQueryClient, type InfiniteData } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useBlocker, useNavigate } from "react-router";
import type { Article } from "@tandem/shared";
import { languageNow } from "../i18n/i18n";
import { useMay } from "../session/session";
import { Alike } from "./Alike";
import { AnswerButtons } from "./AnswerButtons";
import { ArticlePreview } from "./ArticlePreview";
import { ARTICLE_LANGUAGES, sayLanguage, type ArticleDraft, type ArticleList } from "./article";
import { BeforePublishing } from "./BeforePublishing";
import { ConflictDialog } from "./ConflictDialog";
import { Counterparts } from "./Counterparts";
import { EditorHead } from "./EditorHead";
import { Field } from "./Field";
import { ForWhom } from "./ForWhom";
import { knowledgeKey } from "./keys";
import { Phrasings } from "./Phrasings";
import { Pictures } from "./Pictures";
import { useArticle, type Writing } from "./useArticle";
import { useCheck, type Doing } from "./useCheck";

const Versions = lazy(() => import("./Versions"));

export function ArticleEditor({ article, initial }: { article: Article | null; initial: ArticleDraft | null }): ReactNode {
  const { t } = useTranslation();
  const writing = useArticle(article, initial);
  const readOnly = !useMay("knowledge:write");
  const [history, setHistory] = useState(false);
  const leaving = useUnsavedGuard(writing.dirty);
  const navigate = useNavigate();
  const opened = async (saving: Promise<Article | null>): Promise<void> => {
    const saved = await saving;
    if (saved && !article) leaving.letGo(() => void navigate(`/knowledge/${saved.id}`, { replace: true }));
  };
  const go = (doing: Doing): void => void opened(doing === "submit" ? writing.submit() : writing.publish());
  const before = useCheck(writing.draft, article, go);
  const accept = (phrasing: string): void => writing.alter((now) => ({ ...now, phrasings: [...now.phrasings, phrasing] }));
  return (
    <div className="editor">
      <EditorHead article={article} writing={writing} onHistory={() => setHistory(true)} onSave={() => void opened(writing.save())} onSubmit={() => before.start("submit")} onPublish={() => before.start("publish")} />
      <div className="editor-body">
        <fieldset disabled={readOnly} className="editor-fields">
          {article && <Standing article={article} />}
          {article && <Alike article={article} />}
          <Fields writing={writing} />
          {article && <Counterparts article={article} />}
        </fieldset>
        <ArticlePreview draft={writing.draft} />
      </div>
      {before.check && <BeforePublishing checked={before.check.found} draft={writing.draft} doing={t(`knowledge.${before.check.doing}`)} onAccept={accept} onGo={() => { before.close(); go(before.check?.doing ?? "publish"); }} onClose={before.close} />}
      {writing.conflict && <ConflictDialog theirs={writing.conflict} mine={writing.draft} onTheirs={writing.takeTheirs} onMine={() => void writing.keepMine()} />}
      <Suspense fallback={null}>{history && article && <Versions article={article} onClose={() => setHistory(false)} />}</Suspense>
    </div>
  );
}

/** What the editor should know before writing: why it came back, who waits for it, where it came from. */
function Standing({ article }: { article: Article }): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      {article.review_note !== "" && <Alert type="warning" showIcon title={t("knowledge.givenBack")} description={article.review_note} />}
      {article.in_review && <Alert type="info" showIcon title={t("knowledge.inReview", { name: article.submitted_by })} />}
      {article.source && <p className="quiet clip" dir="auto">{t("knowledge.source", article.source)}</p>}
    </>
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
          <Select showSearch={{ optionFilterProp: "label" }} value={draft.lang} options={[...new Set([...ARTICLE_LANGUAGES, draft.lang])].map((value) => ({ value, label: sayLanguage(value, languageNow()) }))} onChange={(lang: string) => change({ lang })} />
        </Field>
      </div>
      <Field label={t("knowledge.phrasings")} hint={t("knowledge.phrasingsHint")} group>
        <Phrasings phrasings={draft.phrasings} onChange={(phrasings) => change({ phrasings })} />
      </Field>
      <Field label={t("knowledge.answer")} hint={t("knowledge.answerHint")} problem={missing.includes("answer") ? t("knowledge.needAnswer") : null}>
        <Input.TextArea autoSize={{ minRows: 8, maxRows: 24 }} maxLength={8000} dir="auto" status={bad("answer")} value={draft.answer} onChange={(event) => change({ answer: event.target.value })} />
      </Field>
      <Field label={t("knowledge.images")} group>
        <Pictures images={draft.images} onChange={(alter) => writing.alter((now) => ({ ...now, images: alter(now.images) }))} />
      </Field>
      <Field label={t("knowledge.buttons")} group>
        <AnswerButtons buttons={draft.buttons} onChange={(buttons) => change({ buttons })} />
      </Field>
      <ForWhom draft={draft} change={change} />
    </>
  );
}

function useKnownCategories(): string[] {
  // Some lists are read page by page, others at once: those to choose from.
  const lists = useQueryClient().getQueriesData<InfiniteData<ArticleList> | ArticleList>({ queryKey: knowledgeKey });
  return [...new Set(lists.flatMap(([, data]) => (!data ? [] : "pages" in data ? data.pages : [data]).flatMap((page) => page.categories)))];
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
