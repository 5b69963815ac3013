import { lazy, Suspense, type ReactNode } from "react";
import { Input } from "antd";

export type WhenProps = {
  /** A moment as RFC 3339 UTC, or with `day` a date as YYYY-MM-DD; null for none. */
  value: string | null;
  onChange: (value: string | null) => void;
  label: string;
  day?: boolean;
  wrong?: boolean;
  /** What is past cannot be chosen. */
  future?: boolean;
};

const CalendarField = lazy(() => import("./CalendarField"));

/** A day or a moment, in the console's language and the reader's time: the browser's own field speaks the browser's language. */
export function WhenField(props: WhenProps): ReactNode {
  return <Suspense fallback={<Input disabled aria-label={props.label} />}><CalendarField {...props} /></Suspense>;
}
