import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const OUT = fileURLToPath(new URL("../../src/tandem/static/widget/", import.meta.url));

/**
 * Two classic scripts. `widget.js` is what every page of a shop pays for; `panel.js` comes when the chat is first opened
 * and uses the widget's copy of Preact. Built in this order, so that the widget names exactly the panel it was built with.
 */
const PARTS = {
  panel: { entry: "src/panel_main.tsx", name: "Tandem.panel" },
  widget: { entry: "src/main.tsx", name: "TandemWidget" },
};
const LENT = { preact: "Tandem.parts.preact", "preact/hooks": "Tandem.parts.hooks", "preact/jsx-runtime": "Tandem.parts.jsx" };

export default defineConfig(({ mode }) => {
  const part = mode === "panel" ? "panel" : "widget";
  return {
    build: {
      target: "es2022",
      outDir: OUT,
      emptyOutDir: part === "panel",
      minify: "terser",
      terserOptions: { compress: { passes: 3, ecma: 2020 } },
      cssMinify: true,
      lib: { entry: PARTS[part].entry, formats: ["iife"], name: PARTS[part].name, fileName: () => `${part}.js` },
      rolldownOptions: part === "panel" ? { external: Object.keys(LENT), output: { globals: LENT, extend: true } } : {},
    },
    define: part === "widget" ? { PANEL_VERSION: JSON.stringify(versionOfPanel()) } : {},
  };
});

/** Without it a browser would put a cached panel into a newer widget. */
function versionOfPanel() {
  try {
    return createHash("sha256").update(readFileSync(`${OUT}panel.js`)).digest("hex").slice(0, 8);
  } catch {
    return "";
  }
}
