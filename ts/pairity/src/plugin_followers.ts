/** Who wants to know when the plugins of a manager may be others; private to the package. */

import type { PluginLoader } from "./plugin_loader.ts";

/** What loads the plugin files of a manager. */
export const loaders = new WeakMap<object, PluginLoader>();

const all = new WeakMap<object, Set<() => void>>();

/** The functions to call after each change of this manager. */
export function followers(manager: object): Set<() => void> {
  let functions = all.get(manager);
  if (functions === undefined) {
    functions = new Set();
    all.set(manager, functions);
  }
  return functions;
}
