/*
 * Bundles the styles and scripts of the pages: `npm run build`, or `npm run watch` while working on them.
 *
 * What goes where: the core's own two files and the entries of its rooms (static/<room>/src/<name>.entry.{js,css}) go to
 * lms_core/foundation/web/static/vendor/; the entries of a plugin go to its own static/<id>/vendor/, so that its wheel
 * carries them. Every vendor folder holds a manifest.json: {"name asked for": "file name with the hash of its content"}.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { build, context } from "esbuild";

import { bundles } from "./entries.mjs";
import { onlyUsedTokens } from "./tokens.mjs";

const assets = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(assets, "../../../..");

function optionsOf(bundle) {
  return {
    entryPoints: bundle.entries,
    outdir: bundle.vendor,
    absWorkingDir: root,
    bundle: true,
    splitting: true,
    format: "esm",
    minify: true,
    metafile: true,
    charset: "utf8",
    legalComments: "eof",
    logLevel: "warning",
    target: ["chrome123", "firefox128", "safari17.5"],
    entryNames: "[dir]/[name]-[hash]",
    chunkNames: "shared/[name]-[hash]",
    assetNames: "fonts/[name]-[hash]",
    loader: { ".woff2": "file" },
    alias: { "@lms/lib": path.join(assets, "js/lib.js") },
    plugins: [onlyUsedTokens(path.join(assets, "css")), manifestOf(bundle)],
  };
}

/** Writes manifest.json after each build: entries by their name, fonts by theirs. */
function manifestOf(bundle) {
  return {
    name: "manifest",
    setup(build) {
      build.onStart(() => rmSync(bundle.vendor, { recursive: true, force: true }));
      build.onEnd((result) => {
        if (result.errors.length) return;
        const names = Object.entries(result.metafile.outputs).flatMap(([file, output]) => {
          const kept = path.relative(bundle.vendor, path.join(root, file));
          if (!output.entryPoint && !kept.startsWith("fonts/")) return [];
          return [[kept.replace(/-[A-Z0-9]{8}(?=\.\w+$)/, ""), kept]];
        });
        mkdirSync(bundle.vendor, { recursive: true });
        const manifest = JSON.stringify(Object.fromEntries(names.sort()), null, 2);
        writeFileSync(path.join(bundle.vendor, "manifest.json"), `${manifest}\n`);
      });
    },
  };
}

const started = performance.now();
const watching = process.argv.includes("--watch");
for (const bundle of bundles(root, assets)) {
  if (watching) await (await context(optionsOf(bundle))).watch();
  else await build(optionsOf(bundle));
  const names = watching ? "watching" : Object.keys(JSON.parse(readFileSync(`${bundle.vendor}/manifest.json`)));
  console.log(`${path.relative(root, bundle.vendor)}: ${[names].flat().join(", ")}`);
}
console.log(`done in ${((performance.now() - started) / 1000).toFixed(1)} s`);
