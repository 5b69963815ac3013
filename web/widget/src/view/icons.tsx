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

/** A face from 1 (very bad) to 5 (great): the mouth is a bow that bends up. */
export function Face({ score, size = 34 }: { score: number; size?: number }): Child {
  return <Drawing path={`${CIRCLE}M8.5 9.5v.6M15.5 9.5v.6M8 ${17 - score / 2}q4 ${2 * score - 6} 8 0`} class="face" width={size} height={size} />;
}
