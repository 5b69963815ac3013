/** What an agent changes of a customer: only that is sent, with how it stood, so that two who write at once lose nothing of each other. */

import type { Contact } from "@tandem/shared";

/** `name`, `tier`, or an attribute's key behind a dot. */
export type Part = "name" | "tier" | `.${string}`;
/** `was`: as it stood when it was touched, or when the agent decided to write over what it has become. */
export type Edit = { was: string; now: string };
export type Edits = Readonly<Partial<Record<Part, Edit>>>;
type Described = { name?: string; tier?: string; attributes: Record<string, string> };

export function standing(contact: Contact, part: Part): string {
  if (part === "name") return contact.name;
  return (part === "tier" ? contact.tier : contact.attributes[part.slice(1)]) ?? "";
}

/** Untouched parts show how the contact stands, also while somebody else changes it. */
export function shown(contact: Contact, edits: Edits, part: Part): string {
  return edits[part]?.now ?? standing(contact, part);
}

export function edited(contact: Contact, edits: Edits, part: Part, now: string): Edits {
  return { ...edits, [part]: { was: edits[part]?.was ?? standing(contact, part), now } };
}

/** What a colleague wrote meanwhile where one writes too; null when nobody did, or he wrote the same. */
export function overtaken(contact: Contact, edits: Edits, part: Part): string | null {
  const edit = edits[part];
  const there = standing(contact, part);
  return edit && changes(edit) && there !== edit.was && there !== edit.now.trim() ? there : null;
}

export function keepMine(contact: Contact, edits: Edits, part: Part): Edits {
  const edit = edits[part];
  return edit ? { ...edits, [part]: { ...edit, was: standing(contact, part) } } : edits;
}

export function takeTheirs(edits: Edits, part: Part): Edits {
  return Object.fromEntries(Object.entries(edits).filter(([name]) => name !== part));
}

export function anyOvertaken(contact: Contact, edits: Edits): boolean {
  return partsOf(edits).some((part) => overtaken(contact, edits, part) !== null);
}

/** The body of the call; null when nothing is changed. */
export function toSend(edits: Edits): (Described & { was: Described }) | null {
  const changed = partsOf(edits).filter((part) => edits[part] && changes(edits[part]));
  const described = (of: (edit: Edit) => string): Described => {
    const made: Described = { attributes: {} };
    for (const part of changed) {
      const edit = edits[part];
      if (!edit) continue;
      if (part === "name" || part === "tier") made[part] = of(edit);
      else made.attributes[part.slice(1)] = of(edit);
    }
    return made;
  };
  return changed.length === 0 ? null : { ...described(({ now }) => now.trim()), was: described(({ was }) => was) };
}

function changes({ was, now }: Edit): boolean {
  return now.trim() !== was;
}

function partsOf(edits: Edits): Part[] {
  return Object.keys(edits) as Part[];
}
