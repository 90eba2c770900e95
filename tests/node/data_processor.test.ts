/** What only JavaScript has of DataProcessor: promises, signals, threads beside the event loop, inspection and types. */
import { once } from "node:events";
import { inspect } from "node:util";
import { DataProcessor, type FollowOptions, isPairityError } from "pairity";
import { describe, expect, expectTypeOf, it } from "vitest";
import { rejection } from "./thrown.ts";

const LONG = 1_000_000;
const ITEMS: readonly number[] = new Array(10_000).fill(0);

/** The three ways to process, over one list. */
const WAYS: readonly [string, (processor: DataProcessor, options: FollowOptions) => Promise<unknown>][] = [
  ["processSlow", (processor, options) => processor.processSlow(ITEMS, options)],
  ["processFast", (processor, options) => processor.processFast(ITEMS, options)],
  ["processBatch", (processor, options) => processor.processBatch([ITEMS, ITEMS, ITEMS], options)],
];

describe.each(WAYS)("%s in JavaScript", (_, run) => {
  it("is rejected with the reason of its signal, unchanged", async () => {
    const [controller, reason] = [new AbortController(), { not: "even an error" }];
    const work = run(new DataProcessor(LONG), { signal: controller.signal });
    controller.abort(reason);
    expect(await rejection(work)).toBe(reason);
  });

  it("is rejected with the platform's AbortError when the signal has no reason of its own", async () => {
    const controller = new AbortController();
    const work = run(new DataProcessor(LONG), { signal: controller.signal });
    controller.abort();
    const error = await rejection(work);
    expect(error).toBe(controller.signal.reason);
    expect(error).toMatchObject({ name: "AbortError" });
  });

  it("is rejected at once by a signal that has aborted before, and tells nothing", async () => {
    const told: number[] = [];
    const options = { signal: AbortSignal.abort("early"), onProgress: (done: number) => told.push(done) };
    expect(await rejection(run(new DataProcessor(100), options))).toBe("early");
    expect(told).toEqual([]);
  });

  it("listens to its signal no longer than it takes", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const kept: unknown[] = [];
    const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)];
    signal.addEventListener = (...args: Parameters<typeof add>) => {
      kept.push(args[1]);
      add(...args);
    };
    signal.removeEventListener = (...args: Parameters<typeof remove>) => {
      kept.splice(kept.indexOf(args[1]), 1);
      remove(...args);
    };
    const work = run(new DataProcessor(1), { signal });
    expect(kept).toHaveLength(1);
    await work;
    expect(kept).toHaveLength(0);
  });

  it("is cancelled by cancel, with an AbortError of the library", async () => {
    const processor = new DataProcessor(LONG);
    const work = run(processor, {});
    expect([processor.cancel(), processor.cancel()]).toEqual([1, 0]);
    const error = await rejection(work);
    expect(isPairityError(error, "ERR_CANCELLED")).toBe(true);
    expect(error).toMatchObject({ name: "AbortError", message: "The work was cancelled" });
    expect(inspect(error)).toMatch(/^\[?Error \[AbortError\]|^AbortError/);
    expect(Object.keys(error as Error)).toEqual(["code"]);
  });

  it("leaves the event loop to others", async () => {
    const processor = new DataProcessor(LONG);
    const work = run(processor, {});
    const channel = new MessageChannel();
    channel.port1.postMessage("a turn of the loop");
    await once(channel.port2, "message");
    channel.port1.close();
    // The work would have ended by itself after a good while only.
    expect(processor.cancel()).toBe(1);
    await rejection(work);
  });

  it("is rejected with what onProgress throws, whose further calls are spared", async () => {
    const [thrown, told] = [new Error("of the caller"), [] as number[]];
    const onProgress = (done: number) => {
      told.push(done);
      throw thrown;
    };
    expect(await rejection(run(new DataProcessor(3), { onProgress }))).toBe(thrown);
    expect(told).toEqual([1]);
  });

  it("is not rejected by a signal that aborts afterwards", async () => {
    const controller = new AbortController();
    const work = run(new DataProcessor(1), { signal: controller.signal });
    await expect(work).resolves.toBeDefined();
    controller.abort();
    await expect(work).resolves.toBeDefined();
  });

  it("checks its signal", async () => {
    const options = { signal: {} } as unknown as FollowOptions;
    expect(await rejection(run(new DataProcessor(1), options))).toMatchObject({
      name: "TypeError",
      code: "ERR_TYPE",
      message: "signal must be AbortSignal, got an object",
    });
  });
});

describe("DataProcessor in JavaScript", () => {
  it("does slow work in the order of the calls, and fast work beside it", async () => {
    const ends: string[] = [];
    const end = (name: string) => () => ends.push(name);
    const [long, short] = [new DataProcessor(LONG), new DataProcessor(1)];
    const first = long.processSlow(ITEMS).catch(end("first"));
    const second = short.processSlow([1, 2, 3]).then(end("second"));
    await short.processFast([1, 2, 3]).then(end("fast"));
    expect(ends).toEqual(["fast"]);
    long.cancel();
    await Promise.all([first, second]);
    expect(ends).toEqual(["fast", "first", "second"]);
  });

  it("runs many works at once", async () => {
    const processor = new DataProcessor(20);
    const works = Array.from({ length: 200 }, (_, index) => processor.processFast([index, 0, 0, 0, index]));
    const results = await Promise.all(works);
    expect(results.map((items) => items[0])).toEqual(Array.from({ length: 200 }, (_, index) => index));
  });

  it("goes on with its work when it is closed", async () => {
    let work: Promise<number[]>;
    {
      using processor = new DataProcessor(1);
      work = processor.processFast([0, 8, 0]);
    }
    expect(await work).toEqual([0, 4, 0]);
    const closed = new DataProcessor(1);
    closed.close();
    expect(() => closed.passes).toThrow("DataProcessor is closed");
    expect(await rejection(closed.processFast([]))).toMatchObject({ code: "ERR_STATE" });
  });

  it("shows itself, and can be extended", async () => {
    class Doubled extends DataProcessor {
      override async processFast(data: readonly number[], options?: FollowOptions): Promise<number[]> {
        return (await super.processFast(data, options)).map((item) => 2 * item);
      }
    }
    const doubled = new Doubled(1);
    expect(inspect(doubled)).toBe("DataProcessor(passes=1)");
    expect(await doubled.processFast([0, 8, 0])).toEqual([0, 8, 0]);
  });

  it("has full types", () => {
    expectTypeOf<ReturnType<DataProcessor["processFast"]>>().toEqualTypeOf<Promise<number[]>>();
    expectTypeOf<ReturnType<DataProcessor["processBatch"]>>().toEqualTypeOf<Promise<number[][]>>();
  });
});
