/** Two languages, each loaded when first shown. A browser keeps the choice for the sign-in page, the user for everywhere. */

import { createInstance } from "i18next";
import { initReactI18next } from "react-i18next";
import { browserStorage } from "@tandem/shared";
import { speak } from "../session/api";

export type Language = "zh-CN" | "en";
export const LANGUAGES: readonly Language[] = ["zh-CN", "en"];

const KEY = "tandem.language";
const storage = browserStorage("localStorage");
const loaders = {
  "zh-CN": () => import("./zh").then((module) => module.zh),
  en: () => import("./en").then((module) => module.en),
};

export const i18n = createInstance();
void i18n.use(initReactI18next).init({
  lng: "zh-CN",
  resources: {},
  interpolation: { escapeValue: false },
  returnNull: false,
});

export function isLanguage(locale: string): locale is Language {
  return locale === "zh-CN" || locale === "en";
}

export function keptLanguage(): Language {
  const kept = storage.get(KEY);
  if (kept !== null && isLanguage(kept)) return kept;
  return navigator.language.toLowerCase().startsWith("zh") ? "zh-CN" : "en";
}

export async function showLanguage(language: Language): Promise<void> {
  if (!i18n.hasResourceBundle(language, "translation")) {
    i18n.addResourceBundle(language, "translation", await loaders[language]());
  }
  await i18n.changeLanguage(language);
  storage.set(KEY, language);
  speak(language);
  document.documentElement.lang = language;
}

export function languageNow(): Language {
  return i18n.language === "en" ? "en" : "zh-CN";
}
