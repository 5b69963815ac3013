import { h, type Child, type Component } from "../elements/jsx";
import { useEffect, useState } from "../elements/render";
import { backoff, browserClock } from "@tandem/shared";
import type { PartOf } from "../parts/part";
import { base, here } from "./here";

/** What only some ever see is fetched when it is first shown: nobody else pays for its bytes. `build.js` has the same list. */
type Parts = {
  cards: typeof import("../parts/cards").default;
  helped: typeof import("../parts/helped").default;
  rating: typeof import("../parts/rating").default;
  uploads: typeof import("../parts/uploads").default;
  wait: typeof import("../parts/wait").default;
};
type PropsOf<Name extends keyof Parts> = Parts[Name] extends PartOf<infer Props> ? Props : never;

const fetched: Partial<Record<keyof Parts, Component<never>>> = {};

/** Nothing until its code is here. */
export function Part<Name extends keyof Parts>({ name, ...props }: { name: Name } & PropsOf<Name>): Child {
  const [, redraw] = useState({});
  useEffect(() => {
    if (fetched[name]) return;
    void fetchCode<{ default: PartOf<never> }>(name).then((part) => {
      fetched[name] ??= part.default(here);
      redraw({});
    });
  }, []);
  const view = fetched[name];
  return view && h(view, props);
}

/** Tries until it is here. A browser may remember that an address failed, so each attempt has its own. */
export async function fetchCode<Code>(name: string, attempt = 0): Promise<Code> {
  try {
    return (await import(/* @vite-ignore */ `${base}/parts/${name}.js?${attempt || ""}`)) as Code;
  } catch {
    await new Promise((resolve) => setTimeout(resolve, backoff(attempt, browserClock)));
    return fetchCode(name, attempt + 1);
  }
}
