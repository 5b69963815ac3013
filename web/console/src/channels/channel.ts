/** A connected channel, and the settings of the web chat that a person can change here. */

import type { Channel } from "@tandem/shared";

export type ChannelLanguage = "zh" | "en";
export const CHANNEL_LANGUAGES: readonly ChannelLanguage[] = ["zh", "en"];
export const WEB_CHAT = "webchat";

/** What the widget says, in one language. Empty: the product's own words. */
export type WidgetWords = { brand: string; assistant_name: string; greeting: string; suggestions: string[] };
export type WidgetSettings = { name: string; active: boolean; colour: string; origins: string[]; words: Record<ChannelLanguage, WidgetWords> };

const DEFAULT_COLOUR = "#0f766e";
export const MOST_SUGGESTIONS = 6;

/** The server keeps whatever was set; what has another shape counts as not set. */
export function settingsOf(channel: Channel): WidgetSettings {
  const { config } = channel;
  const words = (lang: ChannelLanguage): WidgetWords => ({
    brand: textIn(config["brand"], lang),
    assistant_name: textIn(config["assistant_name"], lang),
    greeting: textIn(config["greeting"], lang),
    suggestions: linesIn(config["suggestions"], lang),
  });
  const colour = typeof config["colour"] === "string" ? config["colour"] : DEFAULT_COLOUR;
  const origins = Array.isArray(config["origins"]) ? config["origins"].filter((it) => typeof it === "string") : [];
  return { name: channel.name, active: channel.active, colour, origins, words: { zh: words("zh"), en: words("en") } };
}

export function configOf({ colour, origins, words }: WidgetSettings): Record<string, unknown> {
  const byLanguage = <T>(pick: (words: WidgetWords) => T): Record<ChannelLanguage, T> => ({ zh: pick(words.zh), en: pick(words.en) });
  return {
    colour,
    origins: [...new Set(origins.map(originIn).filter(Boolean))],
    brand: byLanguage((it) => it.brand.trim()),
    assistant_name: byLanguage((it) => it.assistant_name.trim()),
    greeting: byLanguage((it) => it.greeting.trim()),
    suggestions: byLanguage((it) => it.suggestions.map((line) => line.trim()).filter(Boolean).slice(0, MOST_SUGGESTIONS)),
  };
}

/** "https://shop.example/anything" as a browser names its origin; "" for what is not an address. */
function originIn(line: string): string {
  try {
    const { origin, protocol } = new URL(line.trim());
    return protocol === "https:" || protocol === "http:" ? origin : "";
  } catch {
    return "";
  }
}

export function isColour(text: string): boolean {
  return /^#[0-9a-f]{6}$/i.test(text);
}

/** Text on a colour: near-black or white, whichever stands out more (relative luminance of WCAG 2). */
export function textOn(colour: string): string {
  if (!isColour(colour)) return "#ffffff";
  const [red, green, blue] = [1, 3, 5].map((at) => linear(Number.parseInt(colour.slice(at, at + 2), 16) / 255));
  const light = 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
  return 1.05 / (light + 0.05) >= (light + 0.05) / 0.05 ? "#ffffff" : "#101818";
}

function linear(part: number): number {
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}

export function embedCode(origin: string, key: string): string {
  return `<script async src="${origin}/widget.js" data-channel="${key}"></script>`;
}

function textIn(value: unknown, lang: ChannelLanguage): string {
  const found = isRecord(value) ? value[lang] : undefined;
  return typeof found === "string" ? found : "";
}

function linesIn(value: unknown, lang: ChannelLanguage): string[] {
  const found = isRecord(value) ? value[lang] : undefined;
  return Array.isArray(found) ? found.filter((line): line is string => typeof line === "string") : [];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
