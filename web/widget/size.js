// The widget loads on every page of a shop: past this size a shop would notice. Parts are loaded by those alone who come to see them.
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

/** Bytes gzipped: the script with the words of one language, and one part. */
const LIMIT = 20_000;
const PART_LIMIT = 3_400;
const OUT = new URL("../../src/tandem/static/widget/", import.meta.url);

const sizeOf = (name) => gzipSync(readFileSync(new URL(name, OUT)), { level: 9 }).length;
const list = (folder) => readdirSync(new URL(folder, OUT)).map((name) => folder + name);

function check(what, size, limit) {
  console.log(`${what}: ${size} bytes gzipped, limit ${limit}`);
  if (size > limit) process.exitCode = 1;
}

for (const words of list("words/")) check(`widget with ${words}`, sizeOf("widget.js") + sizeOf(words), LIMIT);
for (const part of list("parts/")) check(part, sizeOf(part), PART_LIMIT);
