/** Fetches the second script. Both are classic scripts: a module from another origin would need the server's permission. */

import * as preact from "preact";
import * as hooks from "preact/hooks";
import * as jsx from "preact/jsx-runtime";

declare const PANEL_VERSION: string;

export type PanelScript = typeof import("./panel_main");

/** What the panel borrows, named one by one: a whole namespace would keep all of it in the bundle. */
export const parts = {
  preact: { createContext: preact.createContext },
  hooks: {
    useContext: hooks.useContext,
    useEffect: hooks.useEffect,
    useLayoutEffect: hooks.useLayoutEffect,
    useMemo: hooks.useMemo,
    useRef: hooks.useRef,
    useState: hooks.useState,
  },
  jsx: { jsx: jsx.jsx, jsxs: jsx.jsxs, Fragment: jsx.Fragment },
};

let fetched: Promise<PanelScript> | null = null;

/** Once; after a failure the next call tries again. Raises when the script cannot be fetched. */
export function fetchPanel(widget: string): Promise<PanelScript> {
  fetched ??= load(new URL(`panel.js?v=${PANEL_VERSION}`, widget).href).catch((error: unknown) => {
    fetched = null;
    throw error;
  });
  return fetched;
}

function load(address: string): Promise<PanelScript> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => {
      script.remove();
      const panel = window.Tandem?.panel;
      if (panel) resolve(panel);
      else reject(new Error("the panel did not register"));
    };
    script.onerror = () => {
      script.remove();
      reject(new TypeError("the panel could not be fetched"));
    };
    document.head.append(script);
  });
}
