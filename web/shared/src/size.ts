/** Bytes as people count them, and as the server words its limits: 34 MB, 120 kB. */
export function saySize(bytes: number, locale: string): string {
  const [unit, size] = bytes < MB ? (["kB", Math.max(1, bytes / KB)] as const) : (["MB", bytes / MB] as const);
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: size < 10 ? 1 : 0 }).format(size)} ${unit}`;
}

const KB = 1024;
const MB = KB * KB;
