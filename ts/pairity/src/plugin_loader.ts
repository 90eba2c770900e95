/** Loads plugin files: bundled in memory and evaluated as a function, so that old generations are collected. */
import { createRequire, SourceMap, type SourceMapPayload } from "node:module";
import { dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { types } from "node:util";
import { compileFunction } from "node:vm";
// A circle on purpose: a plugin that imports this library gets the application's copy of it.
import * as decorators from "./decorators.ts";
import * as library from "./index.ts";
import { native } from "./native.ts";
import { type Bundle, bundleFile, bundleFileAsync, type Inputs, META, resolveImport } from "./plugin_bundle.ts";

/** Where Node says that a module cannot be required; importing it may still do. */
const ONLY_IMPORTED = new Set(["ERR_REQUIRE_ESM", "ERR_REQUIRE_ASYNC_MODULE", "ERR_PACKAGE_PATH_NOT_EXPORTED"]);

/** The generations of plugin files that a manager holds, by number. */
export class PluginLoader {
  readonly #bundles = new Map<number, Bundle>();
  /** What the last bundle was made of that was made, or tried, of a file. */
  readonly #attempts = new Map<string, Inputs>();

  /** Reads and compiles a file; returns what was read, in a form that differs when the sources do. */
  prepare(id: number, path: string): string {
    return this.#keep(
      id,
      bundleFile(path, (inputs) => this.#attempts.set(path, inputs)),
    );
  }

  /** As {@link prepare}, without blocking. */
  async prepareAsync(id: number, path: string): Promise<string> {
    return this.#keep(id, await bundleFileAsync(path, (inputs) => this.#attempts.set(path, inputs)));
  }

  /**
   * Evaluates a prepared file and returns its plugin.
   * Throws `ERR_PLUGIN_ASYNC`, which names the method `twin`, when something can only be imported.
   */
  construct(id: number, twin: string): unknown {
    const bundle = this.#bundle(id);
    const modules = new Map<string, unknown>();
    for (const name of bundle.externals) {
      const required = requireFrom(bundle.path, name);
      if (required === undefined) native.pluginRefuseAsync(bundle.path, twin);
      else modules.set(name, required.module);
    }
    return evaluate(bundle, modules);
  }

  /** As {@link construct}; imports what cannot be required. */
  async constructAsync(id: number): Promise<unknown> {
    const bundle = this.#bundle(id);
    const modules = new Map<string, unknown>();
    for (const name of bundle.externals) {
      const required = requireFrom(bundle.path, name);
      modules.set(name, required === undefined ? await importFrom(bundle.path, name) : required.module);
    }
    return evaluate(bundle, modules);
  }

  /** Forgets a generation. */
  release(id: number): void {
    this.#bundles.delete(id);
  }

  /** The newest bundle of the file. */
  bundleOf(path: string): Bundle | undefined {
    return [...this.#bundles.values()].findLast((bundle) => bundle.path === path);
  }

  /** What the generations of these plugin files were made of, and what the last one was that was prepared. */
  filesOf(paths: readonly string[]): string[] {
    const bundles = [...this.#bundles.values()].filter((bundle) => paths.includes(bundle.path));
    return [...bundles, ...this.#attemptsOf(paths)].flatMap(({ files }) => files);
  }

  /** The files that imports looked for and did not find, when these plugin files were prepared last. */
  soughtOf(paths: readonly string[]): string[] {
    return this.#attemptsOf(paths).flatMap(({ sought }) => sought);
  }

  #attemptsOf(paths: readonly string[]): Inputs[] {
    return paths.flatMap((path) => this.#attempts.get(path) ?? []);
  }

  #keep(id: number, bundle: Bundle): string {
    this.#attempts.set(bundle.path, { files: bundle.files, sought: [] });
    this.#bundles.set(id, bundle);
    // The map holds the sources as they were read: a comment is a change as well.
    return bundle.script + bundle.map;
  }

  #bundle(id: number): Bundle {
    const bundle = this.#bundles.get(id);
    if (bundle === undefined) throw new Error("The plugin file was not prepared.");
    return bundle;
  }
}

/** What `name` is, seen from the plugin's file; undefined when it cannot be required. */
function requireFrom(path: string, name: string): { module: unknown } | undefined {
  if (name === "pairity") return { module: library };
  if (name === "pairity/decorators") return { module: decorators };
  try {
    return { module: createRequire(path)(name) };
  } catch (error) {
    // A failure inside of the module has other codes, or none.
    if (ONLY_IMPORTED.has((error as { code?: string }).code ?? "")) return undefined;
    throw error;
  }
}

/** Imports `name`, resolved from the plugin's file. */
async function importFrom(path: string, name: string): Promise<unknown> {
  const file = await resolveImport(path, name);
  // What cannot be resolved fails here with Node's own words.
  return import(file === undefined ? name : pathToFileURL(file).href);
}

function evaluate(bundle: Bundle, modules: ReadonlyMap<string, unknown>): unknown {
  const { path } = bundle;
  let { script } = bundle;
  for (const [name, module] of modules) {
    if (!types.isModuleNamespaceObject(module)) continue;
    // Node's way to import CommonJS would make the whole namespace the default export of an ES module.
    const call = `__toESM(require(${JSON.stringify(name)})`;
    script = script.replaceAll(`${call}, 1)`, `${call})`);
  }
  const require = (name: string): unknown => {
    const module = modules.has(name) ? modules.get(name) : createRequire(path)(name);
    return types.isModuleNamespaceObject(module) ? interoperable(module) : module;
  };
  const names = ["exports", "require", "module", ...new Set(Object.values(META)), "__dirname"];
  const run = compileFunction(script, [...new Set(names)], { filename: path });
  const module = { exports: {} as unknown };
  const values: Record<string, unknown> = {
    exports: module.exports,
    require,
    module,
    __filename: path,
    __dirname: dirname(path),
    [META["import.meta.url"]]: pathToFileURL(path).href,
  };
  Reflect.apply(
    run,
    module.exports,
    [...new Set(names)].map((name) => values[name]),
  );
  return construct(path, module.exports);
}

/** An ES module as esbuild's helpers know it from `require`. */
function interoperable(namespace: object): object {
  const module = Object.create(null, { __esModule: { value: true } }) as object;
  for (const name of Object.keys(namespace)) {
    const get = () => Reflect.get(namespace, name) as unknown;
    Object.defineProperty(module, name, { enumerable: true, get });
  }
  return module;
}

/** The plugin of a module: a new object of the class `Plugin` or of the default export, or the exported object. */
function construct(path: string, exports: unknown): unknown {
  const { Plugin, default: fallback } = (exports ?? {}) as { Plugin?: unknown; default?: unknown };
  const plugin = Plugin ?? fallback ?? exports;
  if (typeof plugin === "function") return Reflect.construct(plugin, []);
  if (plugin === exports || typeof plugin !== "object" || plugin === null) native.pluginRefuseFile(path);
  return plugin;
}

/** The line of the plugin's file that an error comes from: the compiler's, or that of the innermost call in the file. */
export function lineOf(error: unknown, path: string, loader: PluginLoader): number | null {
  if (!(error instanceof Error)) return null;
  const location = (error.cause as { errors?: { location: { line: number; file: string } | null }[] } | undefined)
    ?.errors?.[0]?.location;
  if (location) return resolve(dirname(path), location.file) === path ? location.line : null;
  const bundle = loader.bundleOf(path);
  if (bundle === undefined) return null;
  const places = [...String(error.stack).matchAll(/^ +at .*?\(?((?:\/|[A-Z]:\\).*?):(\d+):(\d+)\)?$/gm)];
  const map = new SourceMap(JSON.parse(bundle.map) as SourceMapPayload);
  for (const [, file, line, column] of places) {
    if (file !== path) continue;
    const entry = map.findEntry(Number(line) - 1, Number(column) - 1);
    if (!("originalLine" in entry)) continue;
    const { originalSource } = entry;
    if (resolve(dirname(path), originalSource) === path) return entry.originalLine + 1;
  }
  return null;
}
