import type { ReactNode } from "react";

/** Two voices, one line: the assistant's bubble behind the person's. */
export function Mark({ size }: { size: number }): ReactNode {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden className="mark">
      <rect width="32" height="32" rx="8" fill="#0b6e69" />
      <path d="M7 12.5a4 4 0 0 1 4-4h7a4 4 0 0 1 0 8h-5l-3.4 2.6v-2.8A4 4 0 0 1 7 12.5z" fill="#fff" />
      <path d="M25 19.5a4 4 0 0 0-3.2-3.9 6 6 0 0 1-4.8 3.4h-3.6a4 4 0 0 0 .8.5h6.1l3.3 3v-3z" fill="#b9adff" />
    </svg>
  );
}
