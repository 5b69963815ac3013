/** Writing an article: its draft, what is unsaved, and the calls that keep it. A newer version of somebody else stops them. */

import { useCallback, useState } from "react";
import { App } from "antd";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Article } from "@tandem/shared";
import { api } from "../session/api";
import { isRefused, sayProblem } from "../session/problem";
import { draftOf, emptyDraft, isSame, missingIn, sent, type ArticleDraft, type Missing } from "./article";
import { articleKey, knowledgeKey } from "./keys";

export type Act = "save" | "submit" | "giveBack" | "publish" | "archive";

export type Writing = {
  draft: ArticleDraft;
  change: (part: Partial<ArticleDraft>) => void;
  /** As `change`, from what is there then: for what takes a while, such as a picture on its way. */
  alter: (how: (draft: ArticleDraft) => ArticleDraft) => void;
  dirty: boolean;
  busy: Act | null;
  missing: readonly Missing[];
  /** The newer version somebody else saved meanwhile. */
  conflict: Article | null;
  save: () => Promise<Article | null>;
  submit: () => Promise<Article | null>;
  giveBack: (note: string) => Promise<Article | null>;
  publish: () => Promise<Article | null>;
  archive: () => Promise<Article | null>;
  takeTheirs: () => void;
  keepMine: () => Promise<Article | null>;
};

export function useArticle(article: Article | null, initial: ArticleDraft | null): Writing {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [base, setBase] = useState<Article | null>(article);
  const [draft, setDraft] = useState<ArticleDraft>(() => (article ? draftOf(article) : (initial ?? emptyDraft("zh"))));
  const [busy, setBusy] = useState<Act | null>(null);
  const [missing, setMissing] = useState<readonly Missing[]>([]);
  const [conflict, setConflict] = useState<Article | null>(null);

  const kept = base ? draftOf(base) : (initial ?? draft);
  const dirty = !isSame(draft, kept);

  // A quiet change elsewhere (publish, rollback) arrives by the cache: it may replace what nobody has touched here.
  if (article && base && article.version > base.version && !dirty) {
    setBase(article);
    setDraft(draftOf(article));
  } else if (article && base && article !== base && article.version === base.version) setBase(article);

  const keep = useCallback(
    (saved: Article, written: ArticleDraft) => {
      setBase(saved);
      // What was typed while it was on its way is not in it.
      setDraft((now) => (isSame(now, written) ? draftOf(saved) : now));
      queries.setQueryData(articleKey(saved.id), saved);
      void queries.invalidateQueries({ queryKey: knowledgeKey });
    },
    [queries],
  );

  const attempt = async (act: Act, run: () => Promise<Article>, done: string): Promise<Article | null> => {
    setBusy(act);
    try {
      const saved = await run();
      keep(saved, draft);
      message.success(done);
      return saved;
    } catch (error) {
      if (isRefused(error, "version-conflict") && base) setConflict(await api.get<Article>(`/knowledge/${base.id}`));
      else message.error(sayProblem(error));
      return null;
    } finally {
      setBusy(null);
    }
  };

  const write = (version: number | undefined): Promise<Article> =>
    base ? api.put<Article>(`/knowledge/${base.id}`, sent(draft, version ?? null)) : api.post<Article>("/knowledge", sent(draft, null));
  const complete = (): boolean => {
    const lacking = missingIn(draft);
    setMissing(lacking);
    return lacking.length === 0;
  };
  const save = async (): Promise<Article | null> => (complete() ? attempt("save", () => write(base?.version), t("knowledge.saved")) : null);
  const after = async (act: "submit" | "publish", done: string): Promise<Article | null> => {
    if (!complete()) return null;
    const run = async (): Promise<Article> => {
      const saved = dirty || !base ? await write(base?.version) : base;
      // The words are safe from here on, whatever becomes of publishing them.
      keep(saved, draft);
      return api.post<Article>(`/knowledge/${saved.id}/${act}`, { version: saved.version });
    };
    return attempt(act, run, done);
  };
  const submit = (): Promise<Article | null> => after("submit", t("knowledge.submitted"));
  const publish = (): Promise<Article | null> => after("publish", t("knowledge.published"));
  const giveBack = async (note: string): Promise<Article | null> =>
    base ? attempt("giveBack", () => api.post<Article>(`/knowledge/${base.id}/give-back`, { version: base.version, note }), t("knowledge.givenBackDone")) : null;
  const archive = async (): Promise<Article | null> =>
    base ? attempt("archive", () => api.post<Article>(`/knowledge/${base.id}/archive`, { version: base.version }), t("knowledge.archived")) : null;

  return {
    draft,
    change: (part) => {
      setDraft((now) => ({ ...now, ...part }));
      setMissing((now) => now.filter((name) => !(name in part)));
    },
    alter: setDraft,
    dirty,
    busy,
    missing,
    conflict,
    save,
    submit,
    giveBack,
    publish,
    archive,
    takeTheirs: () => {
      if (conflict) keep(conflict, draft);
      setConflict(null);
    },
    keepMine: async () => {
      const version = conflict?.version;
      setConflict(null);
      return attempt("save", () => write(version), t("knowledge.saved"));
    },
  };
}
