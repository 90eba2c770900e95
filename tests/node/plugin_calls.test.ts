/** Calls of plugins that are being changed, deadlines, and reports as data, as Node alone has them. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PluginManager } from "pairity";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { drained } from "./drained.ts";
import { thrownBy } from "./thrown.ts";

describe("calls of a plugin that is being changed", () => {
  it("wait in a queue that ends", async () => {
    const { manager, call, change, release } = await drained({ queueLimit: 2 });
    const waiting = [manager.executeAsync("a"), manager.executeAsync("a")];
    await expect(manager.executeAsync("a")).rejects.toMatchObject({
      code: "ERR_PLUGIN_QUEUE_FULL",
      message: "Plugin 'a' is busy, and 2 calls wait for it already",
      plugin: "a",
      phase: "drain",
    });
    release();
    expect(await call).toBe(1);
    await change;
    // The plugin is gone, and so is what they waited for.
    for (const one of waiting) await expect(one).rejects.toMatchObject({ code: "ERR_KEY" });
  });

  it("fail at once by choice, and synchronous ones always", async () => {
    for (const whenBusy of ["wait", "fail"] as const) {
      const { manager, call, change, release } = await drained({ whenBusy });
      expect(thrownBy(() => manager.execute("a"))).toMatchObject({ code: "ERR_PLUGIN_BUSY" });
      if (whenBusy === "fail") {
        await expect(manager.executeAsync("a")).rejects.toMatchObject({ code: "ERR_PLUGIN_BUSY" });
      }
      release();
      await Promise.all([call, change]);
    }
  });
});

describe("what a plugin promises", () => {
  it("is left alone after the deadline, and what it comes to then is of no interest", async () => {
    const manager = new PluginManager({ deadlineMs: 1 });
    let fail = (_: Error) => {};
    const promise = new Promise((_, reject) => {
      fail = reject;
    });
    await manager.registerAsync({ name: "a", execute: () => promise });
    await expect(manager.executeAsync("a")).rejects.toMatchObject({
      code: "ERR_PLUGIN_TIMEOUT",
      message: "Plugin 'a' did not end execute within 1 ms",
      phase: "execute",
    });
    // An unhandled rejection would fail the test run.
    fail(new Error("nobody listens any more"));
    await manager.closeAsync();
  });

  it("may be any object with a `then`, and a deadline leaves other answers alone", async () => {
    const manager = new PluginManager({ deadlineMs: 60_000 });
    // biome-ignore lint/suspicious/noThenProperty: that is what this test is about
    const thenable = { then: (done: (n: number) => void) => done(5) };
    await manager.registerAsync({ name: "a", execute: (data) => (data ? thenable : 6) });
    expect([await manager.executeAsync("a", true), await manager.executeAsync("a")]).toEqual([5, 6]);
  });
});

describe("the report of a reload", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "pairity-"));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it("is JSON", () => {
    const file = join(folder, "a.ts");
    const good = (body = "") =>
      `export class Plugin {\n  name = "a";\n  execute(data: unknown) {\n    return data;\n  }\n${body}}\n`;
    writeFileSync(file, good());
    const manager = new PluginManager();
    manager.loadFromPath(file);
    writeFileSync(file, good('  initialize() {\n    throw new Error("lost");\n  }\n'));
    const report = manager.reload("a");
    const data = JSON.parse(JSON.stringify(report)) as ReturnType<typeof report.toJSON>;
    expect(data).toEqual(report.toJSON());
    expect(data.phases).toEqual(report.phaseTimes());
    expect(Object.keys(data.phases)).toEqual(["prepare", "construct", "shutdown", "initialize", "rollback"]);
    expect({ ...data, phases: null }).toEqual({
      name: "a",
      outcome: "rolled_back",
      previous: 1,
      generation: 1,
      closure: [],
      state_carried: false,
      state_bytes: null,
      migrated_from: null,
      retained: [1],
      phases: null,
      error: {
        code: "ERR_PLUGIN_INITIALIZE",
        message: "lost",
        line: 7,
        plugin: "a",
        phase: "initialize",
        path: file,
        hint: "the cause is what the plugin threw",
      },
    });
  });

  it("has no size for a state that is no plain data or does not let itself be read", () => {
    const file = join(folder, "a.ts");
    const stateful = (state: string, n: number) =>
      `export class Plugin {\n  name = "a";\n  n = ${n};\n  execute() {}\n  saveState() {\n    return ${state};\n  }\n}\n`;
    const manager = new PluginManager();
    writeFileSync(file, stateful("new Map()", 0));
    manager.loadFromPath(file);
    const states = ["({ get a() { throw new Error(); } })", "null"];
    const sizes = states.map((state, n) => {
      writeFileSync(file, stateful(state, n + 1));
      const report = manager.reloadWithState("a");
      return [report.outcome, report.stateBytes];
    });
    expect(sizes).toEqual([
      ["swapped", null],
      ["swapped", null],
    ]);
  });
});
