/** Times as people say them, in the reader's locale and zone: relative to one hour, then the clock, then the date. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** `zone` is an IANA name; without one the browser's own zone counts. */
export type Manner = { readonly locale: string; readonly zone?: string };

export function sayTime(at: string, now: number, manner: Manner): string {
  const age = now - Date.parse(at);
  if (age < MINUTE) return isChinese(manner) ? "刚刚" : "just now";
  if (age < HOUR) return sayMinutes(Math.floor(age / MINUTE), manner);
  return isSameDay(Date.parse(at), now, manner) ? sayClock(at, manner) : sayDate(at, now, manner);
}

/** 09:43, on a clock of 24 hours. */
export function sayClock(at: string, manner: Manner): string {
  return format(Date.parse(at), manner, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

/** The date, with the year only when it is another one. */
export function sayDate(at: string, now: number, manner: Manner): string {
  const year = { year: "numeric" } as const;
  const other = format(Date.parse(at), manner, year) !== format(now, manner, year);
  return format(Date.parse(at), manner, { month: "short", day: "numeric", ...(other && year) });
}

/** The head of a day in a timeline: today, yesterday, or the date. */
export function sayDay(at: string, now: number, manner: Manner): string {
  const time = Date.parse(at);
  if (isSameDay(time, now, manner)) return isChinese(manner) ? "今天" : "Today";
  if (isSameDay(time, now - 24 * HOUR, manner)) return isChinese(manner) ? "昨天" : "Yesterday";
  return sayDate(at, now, manner);
}

export function isSameDay(one: number, other: number, manner: Manner): boolean {
  const day = (time: number): string => format(time, manner, { dateStyle: "short" });
  return day(one) === day(other);
}

function sayMinutes(minutes: number, { locale }: Manner): string {
  return new Intl.RelativeTimeFormat(locale, { style: "short" }).format(-minutes, "minute");
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format costs a hundred times as much as using one, and a timeline has many times. */
function format(time: number, { locale, zone }: Manner, options: Intl.DateTimeFormatOptions): string {
  const key = JSON.stringify([locale, zone, options]);
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale, { ...options, ...(zone && { timeZone: zone }) });
  formats.set(key, known);
  return known.format(time);
}

function isChinese({ locale }: Manner): boolean {
  return locale.toLowerCase().startsWith("zh");
}
