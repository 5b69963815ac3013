import { h, type Child } from "../elements/jsx";
import { BOX, CIRCLE } from "./paths";

type Drawn = { path: string; class?: string; width?: number; height?: number; viewBox?: string };

/** A line on a field of 24 by 24. */
function Drawing({ path, class: more = "", ...field }: Drawn): Child {
  return (
    <svg class={`icon ${more}`} viewBox="0 0 24 24" aria-hidden="true" {...field}>
      <path d={path} />
    </svg>
  );
}

export function Icon({ path, size = 20 }: { path: string; size?: number }): Child {
  return <Drawing path={path} width={size} height={size} />;
}

/** In place of a picture that is not there. */
export function NoPicture({ size }: { size: number }): Child {
  return <Drawing path={BOX} class="picture" width={size} height={size} viewBox="-12 -12 48 48" />;
}

/** ✓ stored, ✓✓ read. */
export function Ticks({ two }: { two: boolean }): Child {
  const field = two ? { width: 18, viewBox: "0 0 33 24" } : { width: 13 };
  return <Drawing path={`M4 12.5l5 5L20 6.5${two ? "M15.5 17l.5.5L27 6.5" : ""}`} height={13} {...field} />;
}

const MOUTHS = ["M8 16.5q4-4 8 0", "M8.5 16q3.5-2 7 0", "M8.5 15.5h7", "M8.5 15q3.5 2.5 7 0", "M7.5 14q4.5 5 9 0z"];

/** A face from 1 (very bad) to 5 (great). */
export function Face({ score, size = 34 }: { score: number; size?: number }): Child {
  const path = `${CIRCLE}M8.5 9.5v.6M15.5 9.5v.6${MOUTHS[score - 1] ?? ""}`;
  return <Drawing path={path} class="face" width={size} height={size} />;
}
