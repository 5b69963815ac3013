/** When a conversation that is put aside now may come back: what people mean by "later". */

export type Later = { key: "hour" | "evening" | "tomorrow" | "monday"; at: Date };

/** In the reader's own time; a choice that is already past is left out. */
export function laters(now: Date): Later[] {
  const all: Later[] = [
    { key: "hour", at: new Date(now.getTime() + 3_600_000) },
    { key: "evening", at: clock(now, 0, 18) },
    { key: "tomorrow", at: clock(now, 1, 9) },
    { key: "monday", at: clock(now, ((8 - now.getDay()) % 7) || 7, 9) },
  ];
  return all.filter(({ at }) => at.getTime() > now.getTime() + 60_000);
}

function clock(now: Date, days: number, hour: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour);
}
