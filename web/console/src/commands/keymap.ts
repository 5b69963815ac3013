/** Which command a key press means. Shortcuts are written as they are shown: "J", "G M", "?", "mod+K". */

export type Press = { key: string; ctrl: boolean; meta: boolean; alt: boolean; typing: boolean };
export type Match = { run: string | null; prefix: string };

/** Pure, so that a test can walk the whole keymap: `prefix` is what a first key of two left behind. */
export function match(press: Press, prefix: string, shortcuts: ReadonlyMap<string, string>): Match {
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  if (press.ctrl || press.meta) {
    return { run: press.alt ? null : (shortcuts.get(`mod+${key}`) ?? null), prefix: "" };
  }
  if (press.typing || press.alt) return { run: null, prefix: "" };
  const whole = prefix === "" ? key : `${prefix} ${key}`;
  const found = shortcuts.get(whole);
  if (found !== undefined) return { run: found, prefix: "" };
  const begins = [...shortcuts.keys()].some((shortcut) => shortcut.startsWith(`${whole} `));
  return { run: null, prefix: begins ? whole : "" };
}

/** As one key cap each. */
export function caps(shortcut: string, mac: boolean): string[] {
  return shortcut.split(" ").flatMap((part) => part.split("+").map((cap) => showCap(cap, mac)));
}

function showCap(cap: string, mac: boolean): string {
  if (cap === "mod") return mac ? "⌘" : "Ctrl";
  return cap.length === 1 ? cap.toUpperCase() : cap;
}
