/** Who waits while plugins are changed, and who may not: calls of hooks, and listeners that are told meanwhile. */
import type { PluginManager } from "pairity";
import { describe, expect, it } from "vitest";
import { drained } from "./drained.ts";
import { thrownBy } from "./thrown.ts";

describe("calls of a hook while one of its plugins is changed", () => {
  it("wait in the queue that ends", async () => {
    const { manager, call, change, release } = await drained({ queueLimit: 2 });
    const waiting = [manager.callHookAsync("x"), manager.callWaterfallAsync("x", 5)];
    for (const one of [() => manager.callFirstAsync("x"), () => manager.executeAsync("a")]) {
      await expect(one()).rejects.toMatchObject({
        code: "ERR_PLUGIN_QUEUE_FULL",
        message: "Plugin 'a' is busy, and 2 calls wait for it already",
        plugin: "a",
      });
    }
    release();
    await Promise.all([call, change]);
    // The plugin is gone, and nobody else offers the hook.
    expect(await Promise.all(waiting)).toEqual([[], 5]);
  });

  it("fail at once by choice, and synchronous ones always", async () => {
    for (const whenBusy of ["wait", "fail"] as const) {
      const { manager, call, change, release } = await drained({ whenBusy });
      expect(thrownBy(() => manager.callHook("x"))).toMatchObject({ code: "ERR_PLUGIN_BUSY" });
      if (whenBusy === "fail") {
        await expect(manager.callHookAsync("x")).rejects.toMatchObject({ code: "ERR_PLUGIN_BUSY" });
      }
      release();
      await Promise.all([call, change]);
    }
  });
});

describe("a listener that is told during a change", () => {
  it.each<[string, (manager: PluginManager) => unknown]>([
    ["execute", (manager) => manager.execute("a")],
    ["callHook", (manager) => manager.callHook("x")],
    ["unregister", (manager) => manager.unregister("a")],
    ["close", (manager) => manager.close()],
  ])("does not wait for it: %s", async (_, operation) => {
    const errors: unknown[] = [];
    const { call, change, release } = await drained({}, (manager) => errors.push(thrownBy(() => operation(manager))));
    release();
    await Promise.all([call, change]);
    expect(errors).toMatchObject([{ code: "ERR_PLUGIN_BUSY" }]);
  });

  it("begins what waits for the change", async () => {
    const calls: Promise<unknown>[] = [];
    const { call, change, release } = await drained({}, (manager) => calls.push(manager.callHookAsync("x")));
    release();
    await Promise.all([call, change]);
    expect(await Promise.all(calls)).toEqual([[]]);
  });
});
