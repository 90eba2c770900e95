/** Ends that nobody planned: promises that nobody can keep any more; and how a plugin learns that its end has come. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { type PluginContext, type PluginEvent, PluginManager } from "pairity";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

let folder: string;
let manager: PluginManager;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pairity-"));
  manager = new PluginManager();
});

afterEach(async () => {
  await manager.closeAsync();
  rmSync(folder, { recursive: true });
});

/** Writes a version of the plugin `a`, of which a method is what is given, and the others do nothing. */
function write(version: number, methods: Record<string, string> = {}): string {
  const file = join(folder, "a.ts");
  const { initialize = "", shutdown = "" } = methods;
  writeFileSync(
    file,
    `export class Plugin {
      name = "a";
      constructor() { globalThis.ends.made(this); }
      initialize(context) { context.onDispose(() => globalThis.ends.log.push("${version} ended")); ${initialize} }
      shutdown() { ${shutdown} }
      execute() { return ${version}; }
    }`,
  );
  return file;
}

describe("a reload whose plugin promises what nobody can keep", () => {
  const NEVER = "return new Promise(() => {});";

  it.each([
    ["shutdown", ["1 ended"]],
    ["initialize", ["1 ended", "2 ended"]],
  ])("is given up when the promise is collected, and leaves nothing behind: %s", async (stage, ended) => {
    setFlagsFromString("--expose-gc");
    const gc = runInNewContext("gc") as () => void;
    const log: string[] = [];
    const made: WeakRef<object>[] = [];
    Object.assign(globalThis, { ends: { log, made: (plugin: object) => made.push(new WeakRef(plugin)) } });
    manager.loadFromPath(write(1, stage === "shutdown" ? { shutdown: NEVER } : {}));
    write(2, stage === "initialize" ? { initialize: NEVER } : {});
    const given: Promise<PluginEvent> = new Promise((resolve) => {
      manager.onEvent((event) => {
        if (event.kind === "state" && event.after === "failed") resolve(event);
      });
    });
    // Nobody keeps the promise of the reload either; who waits for its end is told.
    void manager.reloadAsync("a");
    while (manager.metrics("a").state !== "stopped") await setImmediate();
    const waiting = expect(manager.executeAsync("a")).rejects.toMatchObject({ code: "ERR_STATE" });
    for (let turn = 0; turn < 100 && manager.metrics("a").state === "stopped"; turn += 1) {
      gc();
      await setImmediate();
    }
    expect(await given).toMatchObject({ before: "stopped" });
    await waiting;
    // The next operation does what is left, and every plugin can be changed.
    manager.register({ name: "b", execute: () => 0 });
    expect(log.sort()).toEqual(ended);
    for (let turn = 0; turn < 100 && made[1]?.deref() !== undefined; turn += 1) {
      // What a reference gave is kept until the turn ends.
      await setImmediate();
      gc();
    }
    expect(made[1]?.deref()).toBeUndefined();
    write(3);
    expect(manager.reload("a").outcome).toBe("swapped");
    expect(manager.execute("a")).toBe(3);
    Reflect.deleteProperty(globalThis, "ends");
  });
});

describe("the signal of a context", () => {
  /** A plugin that keeps its context, and tells what it sees. */
  function watched() {
    const seen: unknown[] = [];
    const plugin = {
      name: "a",
      context: undefined as PluginContext | undefined,
      execute: () => null,
      initialize(context: PluginContext) {
        this.context = context;
        const { signal } = context;
        seen.push([context.isClosing, signal.aborted, signal === context.signal]);
        signal.addEventListener("abort", () => seen.push("aborted"));
        context.onDispose(() => seen.push("given back"));
      },
      async shutdown() {
        seen.push(["shutdown", this.context?.isClosing]);
      },
    };
    return { plugin, seen };
  }

  it("is aborted right before the shutdown, and what waits for it ends meanwhile", async () => {
    const { plugin, seen } = watched();
    manager.register(plugin);
    const work = new Promise((_, reject) => {
      plugin.context?.signal.addEventListener("abort", () => reject(plugin.context?.signal.reason as Error));
    });
    const ended = expect(work).rejects.toMatchObject({ name: "AbortError" });
    await manager.unregisterAsync("a");
    await ended;
    expect(seen).toEqual([[false, false, true], "aborted", ["shutdown", true], "given back"]);
    expect(plugin.context?.signal.aborted).toBe(true);
  });

  it("is aborted where a plugin does not start, and asked for the first time too late", () => {
    const contexts: PluginContext[] = [];
    const signals: AbortSignal[] = [];
    const initialize = (context: PluginContext) => {
      contexts.push(context);
      if (contexts.length === 1) signals.push(context.signal);
      throw new RangeError("not started");
    };
    for (let round = 0; round < 2; round += 1) {
      expect(() => manager.register({ name: "a", execute: () => null, initialize } as never)).toThrow("not started");
    }
    expect([...signals, contexts[1]?.signal].map((signal) => signal?.aborted)).toEqual([true, true]);
  });

  it("is inside of the plugin: who listens may change nothing of it", async () => {
    const { plugin } = watched();
    const codes: unknown[] = [];
    manager.register(plugin);
    plugin.context?.signal.addEventListener("abort", () => {
      try {
        manager.unregister("a");
      } catch (error) {
        codes.push((error as { code: string }).code);
      }
    });
    await manager.unregisterAsync("a");
    expect(codes).toEqual(["ERR_PLUGIN_BUSY"]);
  });
});
