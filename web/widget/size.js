// The widget loads on every page of a shop: past this size a shop would notice. All that a visitor ever loads is counted.
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const LIMIT = 20_000;
/** Loaded by those alone who want to see what they told. */
const ASKED_FOR = "told.js";
const ASKED_FOR_LIMIT = 1_600;
const OUT = new URL("../../src/tandem/static/widget/", import.meta.url);

const sizeOf = (name) => gzipSync(readFileSync(new URL(name, OUT)), { level: 9 }).length;

const files = readdirSync(OUT, { recursive: true, withFileTypes: true }).filter((file) => file.isFile()).map(({ name }) => name);
const words = readdirSync(new URL("words/", OUT));
const own = files.filter((name) => !words.includes(name) && name !== ASKED_FOR).reduce((sum, name) => sum + sizeOf(name), 0);
for (const name of words) {
  const size = own + sizeOf(`words/${name}`);
  console.log(`widget with ${name}: ${size} bytes gzipped, limit ${LIMIT}`);
  if (size > LIMIT) process.exitCode = 1;
}
const asked = sizeOf(ASKED_FOR);
console.log(`${ASKED_FOR}: ${asked} bytes gzipped, limit ${ASKED_FOR_LIMIT}`);
if (asked > ASKED_FOR_LIMIT) process.exitCode = 1;
