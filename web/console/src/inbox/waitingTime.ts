/** How long a customer waits, and when that becomes pressing. */

export type Pressure = "none" | "amber" | "red";

const AMBER_AFTER = 60;
const RED_AFTER = 120;

/** Whole seconds since `since`; a clock that runs behind the server's never shows less than 0. */
export function waitedSeconds(since: string, now: number): number {
  return Math.max(0, Math.floor((now - Date.parse(since)) / 1000));
}

export function pressureOf(seconds: number): Pressure {
  if (seconds >= RED_AFTER) return "red";
  return seconds >= AMBER_AFTER ? "amber" : "none";
}

/** 02:14, then 1:02:14, then 3d 4h. */
export function sayWait(seconds: number): string {
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor(seconds / 3600);
  if (days > 0) return `${days}d ${hours - days * 24}h`;
  const clock = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${clock}` : clock;
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}
