// The widget loads on every page of a shop: past this size a shop would notice. The panel loads when a chat is opened.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const LIMITS = { "widget.js": 20_000, "panel.js": 16_000 };

for (const [name, limit] of Object.entries(LIMITS)) {
  const size = gzipSync(readFileSync(new URL(`../../src/tandem/static/widget/${name}`, import.meta.url)), { level: 9 }).length;
  console.log(`${name}: ${size} bytes gzipped, limit ${limit}`);
  if (size > limit) process.exitCode = 1;
}
