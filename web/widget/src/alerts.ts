/** How a visitor who looks elsewhere learns of news: the page's title, or a voice if he listens. */

import type { Entry } from "@tandem/shared";
import { seamOf } from "./seams";
import { words } from "./words/words";

/** The title as the page had it, with the count before it while the page is out of sight. */
export class TitleBadge {
  private mark = "";

  show(unread: number): void {
    const mark = document.hidden && unread > 0 ? words.title(unread) : "";
    if (mark === this.mark) return;
    // The page may have changed its title meanwhile: only our own mark is taken away.
    const title = document.title.startsWith(this.mark) ? document.title.slice(this.mark.length) : document.title;
    document.title = mark + title;
    this.mark = mark;
  }
}

/** What a screen reader says when entries arrive. */
export function spoken(entries: readonly Entry[]): string {
  return entries
    .map((entry) => (entry.body.type === "message" ? `${entry.by.name}: ${entry.body.text}` : seamOf(entry)[0]))
    .filter(Boolean)
    .join("\n");
}
