// Builds what a shop's page loads: the widget, the words of each language, of which a page takes one, and the parts that only some ever see.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { minify } from "terser";
import { build } from "vite";

const OUT = new URL("../../src/tandem/static/widget/", import.meta.url);
const WORDS = { "zh-CN": "zh", en: "en" };
const PARTS = ["cards", "helped", "rating", "told", "uploads", "wait"];
const BROWSERS = ["chrome123", "safari17.5", "firefox120"];

/** The code of an entry with all it imports, as one file. */
async function bundle(entry, format) {
  const lib = { entry, formats: [format], name: "TandemWidget", fileName: () => "bundle.js" };
  const options = { write: false, target: "es2022", cssTarget: BROWSERS, minify: false, cssMinify: true, lib };
  const [{ output }] = await build({ configFile: false, logLevel: "warn", build: options });
  const { code } = await minify(output[0].code, { ecma: 2020, module: format === "es", toplevel: true, compress: { passes: 2 } });
  return code;
}

rmSync(OUT, { recursive: true, force: true });
for (const folder of ["words/", "parts/"]) mkdirSync(new URL(folder, OUT), { recursive: true });
// A classic script, because it is written into pages as one; all else are modules, which it imports.
writeFileSync(new URL("widget.js", OUT), await bundle("src/main.tsx", "iife"));
for (const [locale, name] of Object.entries(WORDS)) writeFileSync(new URL(`words/${locale}.js`, OUT), await bundle(`src/words/${name}.ts`, "es"));
for (const name of PARTS) writeFileSync(new URL(`parts/${name}.js`, OUT), await bundle(`src/parts/${name}`, "es"));
