/** What only JavaScript has of Worker: promises, re-entry, the event loop, garbage collection, types. */
import { execFileSync } from "node:child_process";
import { Worker } from "pairity";
import { describe, expect, expectTypeOf, it } from "vitest";
import { rejection } from "./thrown.ts";

describe("Worker in JavaScript", () => {
  it("makes its calls later, in the order in which they were asked for", async () => {
    const seen: number[] = [];
    const worker = new Worker((n: number) => seen.push(n));
    const works = [worker.execute(1), worker.executeMany([2, 3]), worker.execute(4)];
    expect(seen).toEqual([]);
    await Promise.all(works);
    expect(seen).toEqual([1, 2, 3, 4]);
  });

  it("passes on what the function throws, unchanged and with its stack", async () => {
    const thrown = new Error("of the callback");
    const fail = () => {
      throw thrown;
    };
    expect(await rejection(new Worker(fail).execute(1))).toBe(thrown);
    expect(thrown.stack).toContain("worker.test.ts");
    expect(await rejection(new Worker(() => Promise.reject(thrown)).executeMany([1, 2]))).toBe(thrown);
  });

  it("refuses calls from inside of a call, and takes them later", async () => {
    let inner: Promise<unknown> = Promise.resolve();
    const worker: Worker<number, number> = new Worker((n: number) => {
      if (n === 1) inner = rejection(worker.execute(2));
      return n;
    });
    expect(await worker.execute(1)).toBe(1);
    expect(await inner).toMatchObject({ code: "ERR_STATE", message: "Worker is in use" });
    expect(await worker.execute(3)).toBe(3);
  });

  it("refuses the calls that wait when it is closed", async () => {
    const seen: number[] = [];
    const worker = new Worker((n: number) => seen.push(n));
    const works = [worker.execute(1), worker.executeMany([2, 3])].map(rejection);
    worker.close();
    for (const error of await Promise.all(works)) {
      expect(error).toMatchObject({ code: "ERR_STATE", message: "Worker is closed" });
    }
    expect(seen).toEqual([]);
  });

  it("is collected with its function, which may hold it", () => {
    const script = `
      import { setImmediate } from "node:timers/promises";
      import { Worker } from "pairity";
      const make = async () => {
        const worker = new Worker((n) => [n, worker.closed]);
        await worker.execute(1);
        return new WeakRef(worker);
      };
      const reference = await make();
      for (let turn = 0; turn < 20; turn += 1) { gc(); await setImmediate(); }
      console.log(reference.deref() === undefined);
    `;
    const args = ["--expose-gc", "--input-type=module", "-e", script];
    // An idle worker does not keep the process alive either.
    expect(execFileSync(process.execPath, args, { encoding: "utf8" })).toBe("true\n");
  });

  it("has full types", () => {
    const worker = new Worker(async (text: string) => text.length);
    expectTypeOf(worker.execute).parameter(0).toEqualTypeOf<string | undefined>();
    expectTypeOf(worker.executeMany).returns.toEqualTypeOf<Promise<number[]>>();
  });
});
