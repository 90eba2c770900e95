/** Promises that other threads settle, what they tell meanwhile, and the ends of threads and processes. */
import { execFileSync, spawnSync } from "node:child_process";
import { once } from "node:events";
import { setImmediate } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { beforeAll, describe, expect, it } from "vitest";
import type { Native } from "../../ts/pairity/native/index.d.ts";
import { rejection } from "./thrown.ts";
import { load, makeVariant, type Package, type Panics } from "./variant.ts";

let variant: Package;
let native: Native & Panics;

beforeAll(async () => {
  variant = await makeVariant("promise");
  native = load(variant.native);
}, 300_000);

/** How many objects there are when no promise holds anything any more, which at best are `count`. */
async function settled(count: number): Promise<number> {
  for (let turn = 0; turn < 1000 && native.liveObjects() > count; turn += 1) await setImmediate();
  return native.liveObjects();
}

/** A script in a process of its own, with `native` and `DataProcessor`. */
function script(body: string): string[] {
  const prelude = `
    import { createRequire } from "node:module";
    const native = createRequire(import.meta.url)(${JSON.stringify(variant.native)});
    const { DataProcessor } = await import(${JSON.stringify(pathToFileURL(variant.index).href)});
  `;
  return ["--input-type=module", "-e", prelude + body];
}

const LONG = "new DataProcessor(1_000_000).processFast(new Array(100_000).fill(0))";
const SHORTER =
  "new DataProcessor(1_000_000).processFast(new Array(1000).fill(0), { onProgress: () => process.exit(7) })";

describe("a promise of the border", () => {
  it("is resolved after all notes, which come in order", async () => {
    const notes: number[] = [];
    expect(await native.promiseNotes(5000, (note) => notes.push(note))).toBe(5000);
    expect(notes).toEqual(Array.from({ length: 5000 }, (_, index) => index));
  });

  it("may have no result", async () => {
    expect(await native.promiseVoid()).toBeUndefined();
  });

  it("is rejected with the error of the core, of its class and with its code", async () => {
    const error = await rejection(native.promiseError("length"));
    expect(error).toBeInstanceOf(RangeError);
    expect(error).toMatchObject({ code: "ERR_VALUE", message: "length is too large" });
    expect(Object.hasOwn(error as Error, "pairity")).toBe(true);
  });

  it("is rejected when its result panics on the way, or does not fit", async () => {
    expect(await rejection(native.promisePanics())).toMatchObject({ code: "ERR_PANIC", message: "a plain text" });
    const refused = await rejection(native.promiseHuge(2 ** 29));
    expect(refused).toMatchObject({ code: "ERR_VALUE", message: "The result is too large for the calling host" });
  });

  it("is rejected when the work cannot begin", async () => {
    expect(await rejection(native.promiseRefused())).toMatchObject({ code: "ERR_STATE" });
  });

  it("refuses a listener that is no function, before anything begins", () => {
    const listen = native.promiseNotes as (count: number, listener: unknown) => unknown;
    expect(() => listen(1, {})).toThrow("listener must be a function, got an object");
  });

  it("holds nothing when it was settled", async () => {
    const before = await settled(0);
    const notes = Array.from({ length: 50 }, () => native.promiseNotes(10, () => {}));
    expect(native.liveObjects()).toBe(before + 50);
    await Promise.all([...notes, rejection(native.promisePanics()), rejection(native.promiseRefused())]);
    expect(await settled(before)).toBe(before);
  });

  it("runs its notes in the asynchronous context of the call", () => {
    const body = `
      import { AsyncLocalStorage } from "node:async_hooks";
      const storage = new AsyncLocalStorage();
      await storage.run("inside", () => native.promiseNotes(1, () => console.log(storage.getStore())));
    `;
    expect(execFileSync(process.execPath, script(body), { encoding: "utf8" })).toBe("inside\n");
  });

  it("leaves what a listener throws uncaught, as an event does", () => {
    const body = `
      process.on("uncaughtException", (error) => console.log(error.message));
      console.log(await native.promiseNotes(2, (note) => { throw new Error("note " + note); }));
    `;
    expect(execFileSync(process.execPath, script(body), { encoding: "utf8" })).toBe("note 0\nnote 1\n2\n");
  });
});

describe("a process", () => {
  it("is kept alive by work that runs, and by nothing else", () => {
    const body = `
      const processor = new DataProcessor(100);
      const work = processor.processFast([0, 8, 0]);
      work.then(() => console.log("done"));
      process.on("exit", () => console.log("exit"));
    `;
    expect(execFileSync(process.execPath, script(body), { encoding: "utf8" })).toBe("done\nexit\n");
  });

  it("ends when a promise can never be settled any more", () => {
    const { status } = spawnSync(process.execPath, script("await native.promiseDropped();"));
    // What Node says of a top-level await without an end.
    expect(status).toBe(13);
  });

  it.each([
    ["long work runs", `${LONG}; process.exit(7);`],
    ["long work has told something", SHORTER],
    ["another thread tells without end", "native.promiseHammer((note) => { if (note === 100) process.exit(7); });"],
    ["a promise is settled", "native.promiseVoid().then(() => process.exit(7));"],
    [
      "an exception is uncaught",
      `${LONG}; process.on("uncaughtException", () => process.exit(7)); throw new Error("uncaught");`,
    ],
  ])("can be ended while %s", (_, body) => {
    const { status, signal, stderr } = spawnSync(process.execPath, script(body), { encoding: "utf8" });
    expect({ status, signal, stderr }).toEqual({ status: 7, signal: null, stderr: "" });
  });
});

describe("a worker thread", () => {
  it("can be terminated while other threads work for it", async () => {
    const before = await settled(0);
    const workerData = { native: variant.native, index: pathToFileURL(variant.index).href };
    for (let round = 0; round < 8; round += 1) {
      const worker = new Worker(new URL("./fixtures/concurrent.mjs", import.meta.url), { workerData });
      await once(worker, "message");
      // Later by a few steps of the event loop each round.
      for (let step = 0; step < round * 5; step += 1) await setImmediate();
      expect(await worker.terminate()).toBe(1);
    }
    expect(await settled(before)).toBe(before);
    expect(await native.promiseNotes(3, () => {})).toBe(3);
  });
});
