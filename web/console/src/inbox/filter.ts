/** A filter as part of an address, so that a list can be reloaded, kept and sent to a colleague. */

import type { Conversation, Filter } from "@tandem/shared";

const PREFIX = "filter-";

export function placeOf(filter: Filter): `filter-${string}` {
  const bytes = new TextEncoder().encode(JSON.stringify(trimmed(filter)));
  return `${PREFIX}${btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")}`;
}

/** Null for an address that holds no filter of ours. */
export function filterIn(place: string): Filter | null {
  if (!place.startsWith(PREFIX)) return null;
  try {
    const bytes = Uint8Array.from(atob(place.slice(PREFIX.length).replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
    const found: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return found !== null && typeof found === "object" && !Array.isArray(found) ? (found as Filter) : null;
  } catch {
    return null;
  }
}

/** Without what narrows nothing: two filters that say the same have one address. */
export function trimmed(filter: Filter): Filter {
  const said = Object.entries(filter).filter(([, value]) => value !== null && value !== undefined && value !== "" && !(Array.isArray(value) && value.length === 0));
  return Object.fromEntries(said.sort(([one], [other]) => one.localeCompare(other)));
}

/** As the server filters what it lists; `now` in milliseconds. */
export function fits(row: Conversation, filter: Filter, now: number): boolean {
  const { owner, agent, tags, channel, language, emotion, tier, snoozed, unread, waiting_over, quiet_over } = trimmed(filter);
  return [
    !owner || owner.includes(row.owner),
    !agent || agent === (row.agent?.id ?? "none"),
    !tags || tags.some((tag) => row.tags.includes(tag)),
    !channel || channel === row.channel.id,
    !language || language === row.language,
    !emotion || (row.emotion !== null && emotion.includes(row.emotion)),
    !tier || tier === row.contact.tier,
    snoozed === undefined || snoozed === null || snoozed === (row.snoozed_until !== null),
    unread === undefined || unread === null || unread === row.unread > 0,
    waiting_over === undefined || waiting_over === null || (row.waiting_since !== null && now - Date.parse(row.waiting_since) > waiting_over * 1000),
    quiet_over === undefined || quiet_over === null || now - Date.parse(row.changed_at) > quiet_over * 1000,
  ].every(Boolean);
}
