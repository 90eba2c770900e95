import { PluginManager, type PluginManagerOptions } from "pairity";

/**
 * A manager with a plugin `a`, which offers the hook `x` and has one call, which an `unregisterAsync` waits for; `listen` is
 * called while it does.
 */
export async function drained(options: PluginManagerOptions, listen?: (manager: PluginManager) => void) {
  const manager = new PluginManager(options);
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const plugin = {
    name: "a",
    execute: (data: unknown) => held.then(() => data),
    hooks: { x: (data: unknown) => data },
  };
  await manager.registerAsync(plugin);
  const call = manager.executeAsync("a", 1);
  manager.onEvent((event) => {
    if (event.kind === "state" && event.after === "draining") listen?.(manager);
  });
  const change = manager.unregisterAsync("a");
  return { manager, call, change, release };
}
