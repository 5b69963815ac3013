// Builds what a shop's page loads: the widget, and the words of each language, of which a page takes one.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { minify } from "terser";
import { build } from "vite";

const OUT = new URL("../../src/tandem/static/widget/", import.meta.url);
const SOURCES = ["src/", "../shared/src/"].map((folder) => new URL(folder, import.meta.url));
const LANGUAGES = { "zh-CN": "src/words/zh.ts", en: "src/words/en.ts" };
/** Known outside of one build: what a page may call, and what a browser keeps of messages that are not sent yet. */
const KEPT = ["open", "close", "page", "identify", "payload", "typed_at", "failed"];

const names = { props: {} };
const TERSER = {
  ecma: 2020,
  toplevel: true,
  compress: { passes: 4, inline: 1, lhs_constants: false, pure_getters: true, unsafe: true, unsafe_arrows: true, unsafe_methods: true },
  mangle: { properties: { regex: new RegExp(`^(${ownNames().join("|")})$`), reserved: [...wireNames(), ...KEPT] } },
  nameCache: names,
};

/** Names that nothing outside of the widget knows, so that they may be shortened: private members, and the keys of the words. */
function ownNames() {
  const texts = SOURCES.flatMap((folder) => readdirSync(folder, { recursive: true }).filter((name) => /\.tsx?$/.test(name)).map((name) => readFileSync(new URL(name, folder), "utf8")));
  const found = texts.flatMap((text) => [...text.matchAll(/\b(?:private|readonly)(?: readonly| async)? (\w+)|^ {2}(?:async |get )?(\w+)\(.*\{$/gm)]);
  const keys = readFileSync(new URL(LANGUAGES["zh-CN"], import.meta.url), "utf8").matchAll(/^ {2}(\w+):/gm);
  return [...new Set([...found, ...keys].map(([, name, method]) => name ?? method))];
}

/** Names the server knows too: of its calls, and of the frames of its socket. */
function wireNames() {
  const described = ["../shared/openapi.json", "../shared/src/api.ts"].map((name) => readFileSync(new URL(name, import.meta.url), "utf8"));
  return described.flatMap((text) => [...text.matchAll(/(\w+)\??"?:/g)].map(([, name]) => name));
}

/** The code of an entry with all it imports, as one file. */
async function bundle(entry, format) {
  const lib = { entry, formats: [format], name: "TandemWidget", fileName: () => "bundle.js" };
  const options = { write: false, target: "es2022", minify: false, cssMinify: true, lib };
  const [{ output }] = await build({ configFile: false, logLevel: "warn", build: options });
  return (await minify(output[0].code, { ...TERSER, module: format === "es" })).code;
}

rmSync(OUT, { recursive: true, force: true });
mkdirSync(new URL("words/", OUT), { recursive: true });
// A classic script, because it is written into pages as one; the words are modules, which it imports.
writeFileSync(new URL("widget.js", OUT), await bundle("src/main.tsx", "iife"));
for (const [locale, source] of Object.entries(LANGUAGES)) writeFileSync(new URL(`words/${locale}.js`, OUT), await bundle(source, "es"));
// What only those load who open it.
writeFileSync(new URL("told.js", OUT), await bundle("src/told.ts", "es"));
if (process.argv[2]) console.log(Object.keys(names.props.props).join(" "));
