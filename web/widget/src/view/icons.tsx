import type { VNode } from "preact";

const PATHS = {
  chat: "M12 3.5c-5 0-9 3.3-9 7.4 0 2.4 1.4 4.5 3.5 5.9-.1 1-.5 2.2-1.4 3.2 1.9-.2 3.5-1 4.6-1.9.7.1 1.5.2 2.3.2 5 0 9-3.3 9-7.4s-4-7.4-9-7.4z",
  close: "M6 6l12 12M18 6L6 18",
  down: "M5 9l7 7 7-7",
  person: "M12 12a4 4 0 100-8 4 4 0 000 8zM4.5 20.5c.8-3.6 3.8-5.5 7.5-5.5s6.7 1.9 7.5 5.5",
  send: "M12 19V5.5M6 11.5l6-6 6 6",
  attach: "M20 11.5l-8 8a5 5 0 01-7-7l8.5-8.5a3.4 3.4 0 014.8 4.8L10 17a1.7 1.7 0 01-2.4-2.4l7.4-7.4",
  file: "M13.5 3.5H7a1.5 1.5 0 00-1.5 1.5v14A1.5 1.5 0 007 20.5h10a1.5 1.5 0 001.5-1.5V8.5zM13.5 3.5v5h5",
  book: "M5 4.5h5.5A1.5 1.5 0 0112 6v14a1.5 1.5 0 00-1.5-1.5H5zM19 4.5h-5.5A1.5 1.5 0 0012 6v14a1.5 1.5 0 011.5-1.5H19z",
  lookup: "M11 17.5a6.5 6.5 0 100-13 6.5 6.5 0 000 13zM20 20l-4.4-4.4",
  check: "M5 12.5l4.5 4.5L19 7.5",
  clock: "M12 20.5a8.5 8.5 0 100-17 8.5 8.5 0 000 17zM12 7.5V12l3 2",
  again: "M19.5 12a7.5 7.5 0 11-2.2-5.3M19.5 4v4h-4",
  sound: "M5 9.5v5h3.5L13 18.5v-13L8.5 9.5zM16.5 9a4.5 4.5 0 010 6M19 6.5a8 8 0 010 11",
  mute: "M5 9.5v5h3.5L13 18.5v-13L8.5 9.5zM16.5 10l4 4M20.5 10l-4 4",
  box: "M12 3.5l7.5 4v9l-7.5 4-7.5-4v-9zM4.5 7.5l7.5 4 7.5-4M12 11.5v9",
  shield: "M12 3.5l7 2.5v5.5c0 4.5-3 7.5-7 9-4-1.5-7-4.5-7-9V6zM9 12l2.2 2.2L15 10.5",
  warn: "M12 8.5v4.5M12 16.5v.1M12 4L3 19.5h18z",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 20 }: { name: IconName; size?: number }): VNode {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}

/** ✓ stored, ✓✓ read. */
export function Ticks({ two }: { two: boolean }): VNode {
  return (
    <svg class="icon" width={two ? 18 : 13} height={13} viewBox={two ? "0 0 33 24" : "0 0 24 24"} aria-hidden="true">
      <path d={`M4 12.5l5 5L20 6.5${two ? "M15.5 17l.5.5L27 6.5" : ""}`} />
    </svg>
  );
}

const MOUTHS = ["M8 16.5q4-4 8 0", "M8.5 16q3.5-2 7 0", "M8.5 15.5h7", "M8.5 15q3.5 2.5 7 0", "M7.5 14q4.5 5 9 0z"];

/** A face from 1 (very bad) to 5 (great). */
export function Face({ score, size = 34 }: { score: number; size?: number }): VNode {
  return (
    <svg class="icon face" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <circle cx="12" cy="12" r="9.5" />
      <path d={`M8.5 9.5v.6M15.5 9.5v.6${MOUTHS[score - 1] ?? ""}`} />
    </svg>
  );
}
