/** Packages of WebAssembly that have to be loaded before anything of them can be called. */

/** A function that says so by its name: `loadWasmSync`, `initWasm`, `load_wasm`. */
const LOADER = /^(load|init|initiali[sz]e)_?wasm(_?(sync|async))?$/i;

/** The names of a package's loaders among those it exports; what loads at once first. */
export function loadersOf(names: readonly string[]): string[] {
  const isLate = (name: string) => Number(!/sync$/i.test(name) || /async$/i.test(name));
  return names.filter((name) => LOADER.test(name)).sort((a, b) => isLate(a) - isLate(b));
}

/** Load the WebAssembly of a package that leaves that to its user. What fails shows when its members are called. */
export async function prepare(module: unknown): Promise<void> {
  const exports = Object(module) as Record<string, unknown>;
  const within = Object(exports.default) as Record<string, unknown>;
  for (const name of loadersOf([...Object.keys(exports), ...Object.keys(within)])) {
    const load = exports[name] ?? within[name];
    if (typeof load !== "function" || load.length > 0) continue;
    try {
      await load();
      return;
    } catch {
      // Another of them may do.
    }
  }
}
