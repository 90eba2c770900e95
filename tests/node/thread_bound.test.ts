/** What only JavaScript has of ThreadBound: worker threads, which share no objects. */
import { once } from "node:events";
import { createRequire } from "node:module";
import { inspect } from "node:util";
import { MessageChannel, Worker } from "node:worker_threads";
import { ThreadBound } from "pairity";
import { describe, expect, it } from "vitest";

const INDEX = createRequire(import.meta.url).resolve("pairity");

describe("ThreadBound in JavaScript", () => {
  it("reaches a worker as a copy without its native object, while the worker makes objects of its own", async () => {
    const bound = new ThreadBound(1.5);
    const worker = new Worker(new URL("./fixtures/bound.mjs", import.meta.url), {
      workerData: { index: INDEX, sent: bound },
    });
    const [answer] = await once(worker, "message");
    expect(answer).toEqual({ own: [true, 2], keys: [], isBound: false, refused: "TypeError" });
    expect(bound.value).toBe(1.5);
  });

  it("cannot be transferred", () => {
    const { port1, port2 } = new MessageChannel();
    expect(() => port1.postMessage(1, [new ThreadBound() as never])).toThrow(/transfer/i);
    port1.close();
    port2.close();
  });

  it("belongs to the thread also in its callbacks and promises", async () => {
    const bound = new ThreadBound(1);
    await Promise.resolve();
    await new Promise(setImmediate);
    expect([bound.isOwner, bound.add(1)]).toEqual([true, 2]);
  });

  it("shows itself in console.log, and is closed by using", () => {
    const bound = new ThreadBound(1.5);
    {
      using closing = bound;
      expect(inspect(closing)).toBe("ThreadBound(value=1.5)");
    }
    expect(() => bound.value).toThrow("ThreadBound is closed");
  });
});
