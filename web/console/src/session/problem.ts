import { Refused } from "@tandem/shared";
import { i18n } from "../i18n/i18n";

/** What went wrong, in the reader's words: the server's where it answered, ours where the network or a proxy did not. */
export function sayProblem(error: unknown): string {
  if (!(error instanceof Refused)) return i18n.t("problem.network");
  const { title, detail } = error.problem;
  if (error.problem.type === "about:blank") return i18n.t("problem.server");
  if (!detail || detail === title) return title;
  const closed = /[.。!！?？]$/.test(title);
  return closed ? `${title} ${detail}` : `${title}${i18n.t("problem.join")}${detail}`;
}

export function isRefused(error: unknown, kind: string): error is Refused {
  return error instanceof Refused && error.problem.type.split("/").pop() === kind;
}
