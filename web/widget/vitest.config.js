import { defineConfig } from "vitest/config";

// Without `development: false` each element would carry two more attributes that name its place in the source.
const jsx = { runtime: "classic", pragma: "h", pragmaFrag: "Fragment", development: false };

export default defineConfig({ oxc: { jsx }, test: { environment: "happy-dom" } });
