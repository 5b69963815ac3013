/** What a page may keep over a reload. */

export interface Storage {
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
  keys(): string[];
}

export function memoryStorage(): Storage {
  const held = new Map<string, string>();
  return {
    get: (key) => held.get(key) ?? null,
    set: (key, value) => void held.set(key, value),
    remove: (key) => void held.delete(key),
    keys: () => [...held.keys()],
  };
}

/** The browser's storage, or memory where it is forbidden (strict privacy settings, sandboxed frames) or full. */
export function browserStorage(kind: "localStorage" | "sessionStorage"): Storage {
  const memory = memoryStorage();
  const disk = openDisk(kind);
  if (!disk) return memory;
  return {
    get: (key) => memory.get(key) ?? disk.getItem(key),
    set(key, value) {
      memory.remove(key);
      try {
        disk.setItem(key, value);
      } catch {
        memory.set(key, value);
      }
    },
    remove(key) {
      memory.remove(key);
      disk.removeItem(key);
    },
    keys: () => [...new Set([...keysOf(disk), ...memory.keys()])],
  };
}

function keysOf(disk: globalThis.Storage): string[] {
  return Array.from({ length: disk.length }, (_, index) => disk.key(index) ?? "");
}

function openDisk(kind: "localStorage" | "sessionStorage"): globalThis.Storage | null {
  try {
    const probe = "tandem:probe";
    const disk = globalThis[kind];
    disk.setItem(probe, "1");
    disk.removeItem(probe);
    return disk;
  } catch {
    return null;
  }
}
