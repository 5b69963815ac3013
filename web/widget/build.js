// Builds what a shop's page loads: the widget, and the words of each language, of which a page takes one.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { minify } from "terser";
import { build } from "vite";
import { closeOver, makeAlike } from "./closures.js";

const OUT = new URL("../../src/tandem/static/widget/", import.meta.url);
const SOURCES = ["src/", "../shared/src/"].map((folder) => new URL(folder, import.meta.url));
const LANGUAGES = { "zh-CN": "src/words/zh.ts", en: "src/words/en.ts" };
/** Known outside of one build: what a page may call, and what a browser keeps of messages that are not sent yet. */
const KEPT = ["open", "close", "page", "identify", "payload", "typed_at", "failed", "ref"];

const texts = SOURCES.flatMap((folder) => readdirSync(folder, { recursive: true }).filter((name) => /\.tsx?$/.test(name) && !name.startsWith("api.")).map((name) => readFileSync(new URL(name, folder), "utf8")));
const HIDDEN = privateMembers();
const names = { props: {} };
const TERSER = {
  ecma: 2020,
  toplevel: true,
  compress: { passes: 4, inline: 1, lhs_constants: false, pure_getters: true, unsafe: true, unsafe_arrows: true, unsafe_methods: true },
  mangle: { properties: { regex: new RegExp(`^(${ownNames().join("|")})$`), reserved: [...outerNames(), ...KEPT] } },
  nameCache: names,
};

function read(name) {
  return readFileSync(new URL(name, import.meta.url), "utf8");
}

/** Names that nothing outside of the widget knows, so that they may be shortened: members of our classes and types, and the keys of the words. */
function ownNames() {
  const types = texts.flatMap((text) => [...text.matchAll(/^(?:export )?(?:interface|type) [^{;]*\{[^]*?^\}|\}: \{ .* \}\): /gm)].map(([type]) => type));
  const members = types.flatMap((type) => [...type.matchAll(/(?:^  |[{;] )(?:readonly )?(\w+)\??:/gm)]);
  const methods = texts.flatMap((text) => [...text.matchAll(/\b(?:private|readonly)(?: readonly| async)? (\w+)|^ {2}(?:async |get )?(\w+)\(.*\{$/gm)]);
  const keys = read(LANGUAGES["zh-CN"]).matchAll(/^ {2}(\w+):/gm);
  return [...new Set([...members, ...methods, ...keys].map(([, name, method]) => name ?? method))];
}

/** By class. */
function privateMembers() {
  const classes = texts.flatMap((text) => [...text.matchAll(/^export class (\w+)([^]*?)^}/gm)]);
  return new Map(classes.map(([, name, body]) => [name, new Set([...body.matchAll(/\bprivate (?:readonly |async )*(\w+)/g)].map(([, member]) => member))]));
}

/** Names that others know: the server of its calls and of the frames of its socket, and the page of attributes. */
function outerNames() {
  const { paths, components } = JSON.parse(read("../shared/openapi.json"));
  const described = new Set([JSON.stringify(Object.entries(paths).filter(([path]) => path.startsWith("/api/chat/")))]);
  // A set may grow while it is gone through: what a schema speaks of is looked into as well.
  for (const text of described) for (const [, name] of text.matchAll(/schemas\/(\w+)"/g)) described.add(JSON.stringify(components.schemas[name]));
  const attributes = read("src/elements/jsx.ts").matchAll(/"(\w+)"/g);
  return [...[...described, read("../shared/src/api.ts")].flatMap((text) => [...text.matchAll(/(\w+)\??"?:/g)]), ...attributes].map(([, name]) => name);
}

/** The style inside of the code, with short names for what only it knows: all but the colours of the brand, which the server sets. */
function shortenStyle(code) {
  const known = [...new Set(code.match(/--[a-z-]*[a-z](?=:)/g))].filter((name) => !name.includes("brand"));
  return known.sort((one, other) => other.length - one.length).reduce((text, name, index) => text.replaceAll(new RegExp(`${name}(?![\\w-])`, "g"), `--${String.fromCharCode(97 + index)}`), code);
}

/** The code of an entry with all it imports, as one file. */
async function bundle(entry, format) {
  const lib = { entry, formats: [format], name: "TandemWidget", fileName: () => "bundle.js" };
  const options = { write: false, target: "es2022", cssTarget: ["chrome123", "safari17.5", "firefox120"], minify: false, cssMinify: true, lib };
  const [{ output }] = await build({ configFile: false, logLevel: "warn", build: options });
  const { code } = await minify(makeAlike(closeOver(output[0].code, HIDDEN)), { ...TERSER, module: format === "es" });
  return shortenStyle(code);
}

rmSync(OUT, { recursive: true, force: true });
mkdirSync(new URL("words/", OUT), { recursive: true });
// A classic script, because it is written into pages as one; the words are modules, which it imports.
writeFileSync(new URL("widget.js", OUT), await bundle("src/main.tsx", "iife"));
for (const [locale, source] of Object.entries(LANGUAGES)) writeFileSync(new URL(`words/${locale}.js`, OUT), await bundle(source, "es"));
// What only those load who open it.
writeFileSync(new URL("told.js", OUT), await bundle("src/told.ts", "es"));
if (process.argv[2]) console.log(Object.keys(names.props.props).join(" "));
