import { i18n, languageNow } from "../i18n/i18n";

/** What the assistant tells apart. */
export const LANGUAGE_CODES: readonly string[] = ["zh", "en", "other"];

/** The name of a language in the reader's own; the code itself where nobody knows it. */
export function sayLanguage(code: string): string {
  if (code === "other") return i18n.t("order.otherLanguage");
  try {
    return new Intl.DisplayNames([languageNow()], { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}
