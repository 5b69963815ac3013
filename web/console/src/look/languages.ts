import { languageNow } from "../i18n/i18n";

/** The name of a language in the reader's own; the code itself where nobody knows it. */
export function sayLanguage(code: string): string {
  try {
    return new Intl.DisplayNames([languageNow()], { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}
