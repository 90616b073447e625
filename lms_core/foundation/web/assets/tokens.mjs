/* Keeps, of the design system's 700 variables, those that our styles reach: 6 KB instead of 50 KB. */
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";

const DECLARATION = /^\s*(--krds-[\w-]+)\s*:\s*([^;]+);/gm;
const USE = /var\((--krds-[\w-]+)/g;

/** An esbuild plugin that thins krds_tokens.css down to what the styles under `folder` use, directly or through others. */
export function onlyUsedTokens(folder) {
  return {
    name: "only-used-tokens",
    setup(build) {
      build.onLoad({ filter: /krds_tokens\.css$/ }, ({ path: file }) => {
        const values = new Map([...readFileSync(file, "utf8").matchAll(DECLARATION)].map(([, name, value]) => [name, value]));
        const kept = reached(usesIn(stylesUnder(folder)), values);
        const lines = [...values].filter(([name]) => kept.has(name)).map(([name, value]) => `${name}:${value};`);
        return { contents: `:root{${lines.join("")}}`, loader: "css" };
      });
    },
  };
}

function stylesUnder(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((file) => file.endsWith(".css"))
    .map((file) => readFileSync(path.join(folder, file), "utf8"))
    .join("\n");
}

function usesIn(css) {
  return [...css.matchAll(USE)].map(([, name]) => name);
}

function reached(names, values) {
  const seen = new Set();
  const waiting = [...names];
  while (waiting.length) {
    const name = waiting.pop();
    if (seen.has(name)) continue;
    if (!values.has(name)) throw new Error(`the design system has no token ${name}`);
    seen.add(name);
    waiting.push(...usesIn(values.get(name)));
  }
  return seen;
}
