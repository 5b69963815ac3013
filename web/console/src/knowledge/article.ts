/** What an editor writes, and what is wrong with it. */

import type { Article, ArticleDraft as Draft, ArticleList, ArticleVersion } from "@tandem/shared";

export type ArticleLanguage = "zh" | "en";
export const ARTICLE_LANGUAGES: readonly ArticleLanguage[] = ["zh", "en"];
export const ARTICLE_STATES: readonly Article["state"][] = ["draft", "published", "archived"];

export type ArticleDraft = Omit<Draft, "version">;
export type { ArticleList, ArticleVersion };

export function draftOf(article: Article): ArticleDraft {
  const { lang, category, question, phrasings, answer } = article;
  return { lang, category, question, phrasings, answer };
}

export function emptyDraft(lang: ArticleLanguage): ArticleDraft {
  return { lang, category: "", question: "", phrasings: [], answer: "" };
}

/** As it would be stored: a blank phrasing or a space at the end is no change. */
export function tidy(draft: ArticleDraft): ArticleDraft {
  return {
    lang: draft.lang,
    category: draft.category.trim(),
    question: draft.question.trim(),
    phrasings: draft.phrasings.map((phrasing) => phrasing.trim()).filter((phrasing) => phrasing !== ""),
    answer: draft.answer.trim(),
  };
}

export function isSame(one: ArticleDraft, other: ArticleDraft): boolean {
  return JSON.stringify(tidy(one)) === JSON.stringify(tidy(other));
}

export type Missing = "question" | "answer" | "category";

export function missingIn(draft: ArticleDraft): Missing[] {
  const { question, answer, category } = tidy(draft);
  const fields: [Missing, string][] = [["question", question], ["answer", answer], ["category", category]];
  return fields.filter(([, text]) => text === "").map(([name]) => name);
}

/** Newer words than those customers are answered from. */
export function hasUnpublished(article: Article): boolean {
  return article.published_version !== null && article.published_version < article.version;
}
