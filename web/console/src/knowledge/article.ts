/** What an editor writes, and what is wrong with it. */

import type { Article, ArticleDraft as Sent, ArticleList, ArticleVersion, Attachment, ChannelName } from "@tandem/shared";

/** Those that are offered; the server takes any ISO 639 code. */
export const ARTICLE_LANGUAGES = ["zh", "en", "ja", "ko", "fr", "de", "es", "pt", "it", "ru", "ar", "th", "vi", "id", "ms"] as const;
export const LISTED = ["draft", "review", "published", "due", "archived"] as const;
export const GROUPS = ["guest", "signed_in"] as const;
export const MOST_IMAGES = 6;
export const MOST_BUTTONS = 6;

export type Conditions = Article["conditions"];
export type AnswerButton = Article["buttons"][number];
export type ArticleDraft = {
  lang: string;
  category: string;
  question: string;
  phrasings: string[];
  answer: string;
  conditions: Conditions;
  buttons: AnswerButton[];
  images: Attachment[];
  owner: string | null;
  review_on: string | null;
};
export type { ArticleList, ArticleVersion, ChannelName };

/** Where a button leads that has only just been added. */
const STARTED = /^(https?:\/\/|article:)?$/;

export const ALWAYS: Conditions = { channels: [], audience: [], valid_from: null, valid_until: null };

export function draftOf(article: Article): ArticleDraft {
  const { lang, category, question, phrasings, answer, conditions, buttons, images, owner, review_on } = article;
  return { lang, category, question, phrasings, answer, conditions, buttons, images, owner, review_on };
}

export function emptyDraft(lang: string): ArticleDraft {
  return { lang, category: "", question: "", phrasings: [], answer: "", conditions: ALWAYS, buttons: [], images: [], owner: null, review_on: null };
}

/** As it would be stored: a blank phrasing or a space at the end is no change. */
export function tidy(draft: ArticleDraft): ArticleDraft {
  return {
    lang: draft.lang,
    category: draft.category.trim(),
    question: draft.question.trim(),
    phrasings: draft.phrasings.map((phrasing) => phrasing.trim()).filter((phrasing) => phrasing !== ""),
    answer: draft.answer.trim(),
    conditions: draft.conditions,
    buttons: draft.buttons.map(({ label, to }) => ({ label: label.trim(), to: to.trim() })).filter(({ label, to }) => label !== "" || !STARTED.test(to)),
    images: draft.images,
    owner: draft.owner,
    review_on: draft.review_on,
  };
}

/** What the server is sent: pictures by their ids. */
export function sent(draft: ArticleDraft, version: number | null): Sent {
  return { ...tidy(draft), images: draft.images.map(({ id }) => id), version };
}

export function isSame(one: ArticleDraft, other: ArticleDraft): boolean {
  return JSON.stringify(sent(one, null)) === JSON.stringify(sent(other, null));
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

export function isDue(article: Article, today: string): boolean {
  return article.state !== "archived" && article.review_on !== null && article.review_on <= today;
}

/** A language by its own speakers' name for it, in the words of the reader. */
export function sayLanguage(lang: string, reader: string): string {
  try {
    return new Intl.DisplayNames([reader], { type: "language" }).of(lang) ?? lang;
  } catch {
    return lang;
  }
}
