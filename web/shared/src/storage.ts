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
  const memory = new Map<string, string>();
  const disk = openDisk(kind);
  return {
    get: (key) => memory.get(key) ?? disk?.getItem(key) ?? null,
    set(key, value) {
      memory.set(key, value);
      try {
        disk?.setItem(key, value);
        if (disk) memory.delete(key);
      } catch {
        // Full: memory has it.
      }
    },
    remove(key) {
      memory.delete(key);
      disk?.removeItem(key);
    },
    keys: () => [...new Set([...Array.from(disk ?? [], (_, index) => disk?.key(index) ?? ""), ...memory.keys()])],
  };
}

function openDisk(kind: "localStorage" | "sessionStorage"): globalThis.Storage | null {
  try {
    return globalThis[kind];
  } catch {
    return null;
  }
}
