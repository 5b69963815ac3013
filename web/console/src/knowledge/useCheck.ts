/** A look at what resembles an article before it is published or submitted. It never stands in the way: what fails is passed over. */

import { useState } from "react";
import type { Article, Checked } from "@tandem/shared";
import { api } from "../session/api";
import { missingIn, sent, type ArticleDraft } from "./article";

export type Doing = "submit" | "publish";
export type Check = { found: Checked; doing: Doing };

/** So many phrasings do; then none are proposed unless there is something else to see. */
const ENOUGH = 4;

export function useCheck(draft: ArticleDraft, article: Article | null, go: (doing: Doing) => void): { check: Check | null; start: (doing: Doing) => void; close: () => void } {
  const [check, setCheck] = useState<Check | null>(null);
  const start = (doing: Doing): void => {
    if (missingIn(draft).length > 0) return go(doing);
    const query = article ? `?article=${article.id}` : "";
    api.post<Checked>(`/knowledge/check${query}`, sent(draft, null)).then(
      (found) => {
        const proposed = found.phrasings.length > 0 && draft.phrasings.length < ENOUGH;
        if (found.resembling.length > 0 || proposed) setCheck({ found, doing });
        else go(doing);
      },
      () => go(doing),
    );
  };
  return { check, start, close: () => setCheck(null) };
}
