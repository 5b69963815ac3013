/** What a browser fetches until the inbox shows: the entry, what it imports, the sign-in and inbox pages and one language. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const LIMIT_KB = 500;
const FIRST_PAGES = ["src/session/SignInPage.tsx", "src/inbox/InboxPage.tsx", "src/i18n/zh.ts"];

const out = fileURLToPath(new URL("../../src/tandem/static/console/", import.meta.url));
const manifest = JSON.parse(readFileSync(`${out}.vite/manifest.json`, "utf8"));

function collect(key, files) {
  const chunk = manifest[key];
  if (!chunk) throw new Error(`${key} is not in the build: the list of first pages is out of date`);
  if (files.has(chunk.file)) return;
  files.add(chunk.file);
  for (const style of chunk.css ?? []) files.add(style);
  for (const imported of chunk.imports ?? []) collect(imported, files);
}

const files = new Set();
for (const key of ["index.html", ...FIRST_PAGES]) collect(key, files);

let total = gzipSync(readFileSync(`${out}index.html`)).length;
for (const file of files) {
  const size = gzipSync(readFileSync(out + file)).length;
  total += size;
  console.log(`${(size / 1000).toFixed(1).padStart(8)} kB  ${file}`);
}
console.log(`${(total / 1000).toFixed(1).padStart(8)} kB  first load, gzipped (limit ${LIMIT_KB} kB)`);
if (total > LIMIT_KB * 1000) process.exit(1);
