import { i18n } from "../i18n/i18n";

/** A customer who has not said his name is told apart from others by the end of his id. */
export function nameOf({ id, name }: { id: string; name: string }): string {
  return name.trim() || `${i18n.t("voice.visitor")} ${id.slice(-4)}`;
}
