/** A look at what resembles an article before it is published or submitted. It never stands in the way: what fails is passed over. */

import { useRef, useState } from "react";
import type { Article, Checked } from "@tandem/shared";
import { api } from "../session/api";
import { missingIn, sent, type ArticleDraft } from "./article";

export type Doing = "submit" | "publish";
export type Check = { found: Checked; doing: Doing };

/** So many phrasings do; then none are proposed unless there is something else to see. */
const ENOUGH = 4;

export function useCheck(draft: ArticleDraft, article: Article | null, go: (doing: Doing) => void): { check: Check | null; start: (doing: Doing) => void; close: () => void } {
  const [check, setCheck] = useState<Check | null>(null);
  // Pressed twice while the first look is under way, an article would be published twice: the second time against its own new version.
  const looking = useRef(false);
  const start = (doing: Doing): void => {
    if (looking.current) return;
    if (missingIn(draft).length > 0) return go(doing);
    looking.current = true;
    const query = article ? `?article=${article.id}` : "";
    const look = api.post<Checked>(`/knowledge/check${query}`, sent(draft, null)).finally(() => {
      looking.current = false;
    });
    look.then(
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
