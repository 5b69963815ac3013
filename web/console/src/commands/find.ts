type Findable = { label: string; id: string; group: string };

const GROUPS = ["conversation", "list", "views", "pages", "settings"];

/** Commands whose words all occur in the label or id, in the order of their groups. */
export function findCommands<T extends Findable>(commands: readonly T[], q: string): T[] {
  const words = q.trim().toLowerCase().split(/\s+/).filter(Boolean);
  return commands
    .filter(({ label, id }) => words.every((word) => `${label} ${id}`.toLowerCase().includes(word)))
    .sort((one, other) => GROUPS.indexOf(one.group) - GROUPS.indexOf(other.group));
}
