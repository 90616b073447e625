/* Finds what is to be bundled, and says where each bundle belongs. */
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";

const ENTRY = /^(.+)\.entry\.(js|css)$/;

/** The bundles of the whole tree: the core's first, then one for each plugin that has entries. */
export function bundles(root, assets) {
  const core = [
    { in: path.join(assets, "css/site.css"), out: "site" },
    { in: path.join(assets, "js/site.js"), out: "site" },
    ...roomsOf(path.join(root, "lms_core")).flatMap((room) => entriesIn(room.folder, `${room.name}/`)),
  ];
  const plugins = [root, ...foldersIn(path.join(root, "plugins"))].flatMap(packagesIn).flatMap(roomOf);
  return [
    { vendor: path.join(root, "lms_core/foundation/web/static/vendor"), entries: core },
    ...plugins.map((room) => ({ vendor: path.join(room.folder, "vendor"), entries: entriesIn(room.folder, "") })),
  ].filter((bundle) => bundle.entries.length);
}

function foldersIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith(".") && entry.name !== "node_modules")
    .map((entry) => path.join(folder, entry.name))
    .sort();
}

/** A plugin's package has a plugin.toml; the core's rooms have none and are bundled with the core. */
function packagesIn(folder) {
  return foldersIn(folder).filter((entry) => existsSync(path.join(entry, "plugin.toml")) || hasOwnStatic(entry));
}

function hasOwnStatic(folder) {
  return path.basename(folder) !== "lms_core" && existsSync(path.join(folder, "static", path.basename(folder), "src"));
}

function roomsOf(parent) {
  return foldersIn(parent).flatMap(roomOf);
}

function roomOf(folder) {
  const name = path.basename(folder);
  const own = path.join(folder, "static", name);
  return existsSync(path.join(own, "src")) ? [{ name, folder: own }] : [];
}

function entriesIn(folder, prefix) {
  return readdirSync(path.join(folder, "src"))
    .filter((file) => ENTRY.test(file))
    .sort()
    .map((file) => ({ in: path.join(folder, "src", file), out: prefix + ENTRY.exec(file)[1] }));
}
