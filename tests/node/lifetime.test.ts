/** Objects live as long as JavaScript holds them, in every thread, and no longer. */
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { beforeAll, describe, expect, it } from "vitest";
import type { Native } from "../../ts/pairity/native/index.d.ts";
import { INSTALLED, IS_INSTALLED_VARIANT, load, makeVariant, type Package, type Panics } from "./variant.ts";

/** The handles of this thread, so that none of them is finalized while others are counted. */
const kept: unknown[] = [];

let variant: Package;
let native: Native & Panics;

beforeAll(async () => {
  variant = await makeVariant("lifetime");
  native = load(variant.native);
}, 300_000);

function startWorker(operations?: number): Worker {
  const workerData = { index: pathToFileURL(variant.index).href, operations };
  return new Worker(new URL("./fixtures/worker.mjs", import.meta.url), { workerData });
}

/** Runs a script in a process of its own, with `gc`, and `native` and `turn` (to the next round of the event loop). */
function runAlone({ native, index }: Package, script: string): unknown {
  const prelude = `
    import { createRequire } from "node:module";
    import { setImmediate } from "node:timers/promises";
    const native = createRequire(import.meta.url)(${JSON.stringify(native)});
    const { Counter } = await import(${JSON.stringify(pathToFileURL(index).href)});
    const collect = async () => { for (let i = 0; i < 10; i += 1) { gc(); await setImmediate(); } };
  `;
  const output = execFileSync(process.execPath, ["--expose-gc", "--input-type=module", "-e", prelude + script], {
    encoding: "utf8",
  });
  return JSON.parse(output);
}

describe("worker threads", () => {
  it("work side by side, each with objects of its own, which end with it", async () => {
    const before = native.liveObjects();
    const workers = Array.from({ length: 4 }, () => startWorker(100_000));
    const ends = workers.map((worker) => once(worker, "exit"));
    const values = await Promise.all(workers.map((worker) => once(worker, "message")));
    expect(values).toEqual(Array(4).fill([100_000]));
    expect(await Promise.all(ends)).toEqual(Array(4).fill([0]));
    expect(native.liveObjects()).toBe(before);
  });

  it("can be terminated at work: their objects are freed, the process and its other threads go on", async () => {
    const before = native.liveObjects();
    const handle = native.counterNew(1);
    kept.push(handle);
    for (let round = 0; round < 5; round += 1) {
      const workers = [startWorker(), startWorker()];
      await Promise.all(workers.map((worker) => once(worker, "message")));
      expect(await Promise.all(workers.map((worker) => worker.terminate()))).toEqual([1, 1]);
    }
    expect(native.counterIncrement(handle)).toBe(2);
    expect(native.liveObjects()).toBe(before + 1);
  });

  it("can be terminated while they load the module", async () => {
    const before = native.liveObjects();
    for (let round = 0; round < 20; round += 1) {
      const worker = startWorker();
      await once(worker, "online");
      // Later by a few steps of the event loop each round, so that the loading is met somewhere.
      for (let step = 0; step < round; step += 1) await new Promise(setImmediate);
      await worker.terminate();
    }
    expect(native.liveObjects()).toBe(before);
    kept.push(native.counterNew(3));
    expect(native.liveObjects()).toBe(before + 1);
  });

  it("are not given handles of another thread", () => {
    const handle = native.counterNew(1);
    kept.push(handle);
    expect(() => structuredClone(handle)).toThrow(/could not be cloned/);
    expect(native.counterValue(handle)).toBe(1);
  });
});

describe("memory", () => {
  it("of objects that nobody holds any more is freed when the loop gets its turn", () => {
    const script = `
      // The package itself keeps an object or two for as long as it lives.
      const kept = native.liveObjects();
      for (let i = 0; i < 10_000; i += 1) new Counter(i);
      const made = native.liveObjects() - kept;
      await collect();
      console.log(JSON.stringify({ made, left: native.liveObjects() - kept }));
    `;
    expect(runAlone(variant, script)).toEqual({ made: 10_000, left: 0 });
  });

  it("of an object that is closed is freed at once", () => {
    const before = native.liveObjects();
    const fuse = native.fuseNew("");
    kept.push(fuse);
    native.fuseArmDrop(fuse);
    // Its drop is what panics: it ran before the call returned.
    expect(() => native.fuseClose(fuse)).toThrow("a text about string");
    // The handle itself lives until it is collected.
    expect(native.liveObjects()).toBe(before + 1);
  });

  // A sanitizer keeps what was freed for a while.
  it.skipIf(IS_INSTALLED_VARIANT)("stays bounded over a million objects in a loop that yields", () => {
    const script = `
      const fill = async (count) => {
        for (let i = 0; i < count; i += 1) { new Counter(i); if (i % 5000 === 0) await setImmediate(); }
      };
      await fill(100_000);
      await collect();
      const before = process.memoryUsage().rss;
      await fill(1_000_000);
      console.log(JSON.stringify((process.memoryUsage().rss - before) / 2 ** 20));
    `;
    // Held for good, a million objects take above 250 MiB.
    expect(runAlone(INSTALLED, script)).toBeLessThan(64);
  });

  it("is reported to V8 while objects live, and given back when they are gone", () => {
    const script = `
      await collect();
      const before = native.externalMemory();
      let kept = Array.from({ length: 100_000 }, (_, i) => new Counter(i));
      const held = native.externalMemory() - before;
      kept = undefined;
      await collect();
      console.log(JSON.stringify({ each: held / 100_000, left: native.externalMemory() - before }));
    `;
    const { each, left } = runAlone(variant, script) as { each: number; left: number };
    expect(each).toBeGreaterThan(100);
    // What has gathered since V8 was told the last time.
    expect(Math.abs(left)).toBeLessThan(2 ** 17);
  });

  it("is collected by V8 of itself, for the memory that it was told of", () => {
    // Without a call of `gc`, and with next to no garbage on V8's own heap beside the handles.
    const script = `
      let most = 0;
      for (let i = 0; i < 400_000; i += 1) {
        new Counter(i);
        if (i % 5000 === 0) { await setImmediate(); most = Math.max(most, native.liveObjects()); }
      }
      console.log(JSON.stringify(most));
    `;
    expect(runAlone(variant, script)).toBeLessThan(400_000);
  });
});
