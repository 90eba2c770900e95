/** Finds the packages of an application that say that they are plugins. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { exports as exported, legacy } from "resolve.exports";
import { native } from "./native.ts";
import { pathText } from "./path.ts";

/** Where `PluginManager.scanInstalled` looks. */
export interface ScanInstalledOptions {
  /** The folder of the application, or one inside of it; the working directory when left out. */
  root?: string | URL;
  /** The keyword in the `package.json` of a plugin; `pairity-plugin` when left out. */
  keyword?: string;
}

/** As much of a `package.json` as is read here. */
interface Package {
  readonly name?: string;
  readonly main?: string;
  readonly keywords?: unknown;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** The files of the plugins, or their folders where those have a `plugin.json`, sorted by the names of the packages. */
export function installedPlugins(options: ScanInstalledOptions | undefined): string[] {
  const paths = options?.root instanceof URL ? { ...options, root: pathText(options.root) } : options;
  const [root, keyword] = native.pluginPackagesOptions(paths);
  const home = ancestors(resolve(root ?? ".")).find((folder) => existsSync(join(folder, "package.json")));
  if (home === undefined) return [];
  const { dependencies, optionalDependencies, devDependencies } = read(home);
  const names = Object.keys({ ...dependencies, ...optionalDependencies, ...devDependencies }).sort();
  return names.flatMap((name) => {
    const folders = ancestors(home).map((folder) => join(folder, "node_modules", name));
    const folder = folders.find((one) => existsSync(join(one, "package.json")));
    // An optional package, or one that only developers have, may not be there.
    if (folder === undefined) return [];
    const manifest = read(folder);
    const isPlugin = Array.isArray(manifest.keywords) && manifest.keywords.includes(keyword);
    return isPlugin ? [entryOf(folder, manifest)] : [];
  });
}

/** A folder and those above it, the nearest first. */
function ancestors(folder: string): string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...ancestors(above)];
}

/** Reads the `package.json` of a folder; throws `ERR_PLUGIN_LOAD` when it is no JSON. */
function read(folder: string): Package {
  const path = join(folder, "package.json");
  try {
    return (JSON.parse(readFileSync(path, "utf8")) ?? {}) as Package;
  } catch (error) {
    if (error instanceof SyntaxError) native.pluginRefuseSyntax(path, error.message);
    throw error;
  }
}

/** What of a package is loaded; the folder, which is then refused with its path, when it exports nothing. */
function entryOf(folder: string, manifest: Package): string {
  if (existsSync(join(folder, "plugin.json"))) return folder;
  const main = legacy(manifest, { fields: ["main"], browser: false });
  try {
    const [entry = main ?? "index.js"] = exported(manifest, ".", { conditions: ["node"] }) ?? [];
    return join(folder, String(entry));
  } catch {
    // It has exports, and none for the package itself.
    return folder;
  }
}
