/** What only JavaScript has of Signal: the collector of V8, the very objects and errors, closing, types. */
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { inspect } from "node:util";
import { Signal } from "pairity";
import { describe, expect, expectTypeOf, it } from "vitest";

const INDEX = createRequire(import.meta.url).resolve("pairity");

/** How many of a hundred objects the collector takes; `tie` makes one from a fresh signal, in the text of a function. */
function collected(tie: string): number {
  const script = `
    import { setImmediate } from "node:timers/promises";
    const { Signal } = await import(${JSON.stringify(INDEX)});
    let ended = 0;
    const registry = new FinalizationRegistry(() => { ended += 1; });
    const tie = ${tie};
    for (let i = 0; i < 100; i += 1) registry.register(tie(new Signal()), "");
    for (let i = 0; i < 50 && ended < 100; i += 1) { gc(); await setImmediate(); }
    console.log(ended);
  `;
  return Number(execFileSync(process.execPath, ["--expose-gc", "--input-type=module", "-e", script]));
}

describe("Signal in JavaScript", () => {
  it.each([
    ["a function that holds it", "(signal) => { signal.connect(() => signal); return signal; }"],
    ["a property of its own", "(signal) => { signal.itself = signal; return signal; }"],
    [
      "another signal",
      "(signal) => { const other = new Signal(); other.connect(() => signal); signal.connect(() => other); return signal; }",
    ],
    [
      "an object that listens to it",
      "(signal) => { const widget = { signal }; signal.connect(() => widget); return widget; }",
    ],
  ])("a cycle through %s is collected", (_, tie) => {
    expect(collected(tie)).toBe(100);
  });

  it("lives as long as it is held", () => {
    expect(collected("(signal) => { (globalThis.held ??= []).push(signal); return signal; }")).toBe(0);
  });

  it("gives the very object to a slot, and throws the very error of one", () => {
    const signal = new Signal<object>();
    const thing = {};
    const thrown = new Error("boom");
    signal.connect((value) => expect(value).toBe(thing));
    signal.connect(() => {
      throw thrown;
    });
    let caught: unknown;
    try {
      signal.emit(thing);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBe(thrown);
  });

  it("lets anything be thrown", () => {
    const signal = new Signal();
    signal.connect(() => {
      throw undefined;
    });
    let outcome = "returned";
    try {
      signal.emit();
    } catch (error) {
      outcome = `threw ${error}`;
    }
    expect(outcome).toBe("threw undefined");
  });

  it("ends endless recursion with the error of JavaScript", () => {
    const signal = new Signal();
    signal.connect(() => signal.emit());
    expect(() => signal.emit()).toThrow(RangeError);
    expect(signal.slotCount).toBe(1);
  });

  it("does not wait for a slot that is asynchronous", async () => {
    const signal = new Signal<string[]>();
    signal.connect(async (seen) => {
      await Promise.resolve();
      seen.push("later");
    });
    const seen: string[] = [];
    expect([signal.emit(seen), seen.length]).toEqual([1, 0]);
    await new Promise(setImmediate);
    expect(seen).toEqual(["later"]);
  });

  it("takes numbers of slots as bigints, too", () => {
    const signal = new Signal();
    expect(signal.disconnect(BigInt(signal.connect(() => undefined)))).toBe(true);
    expect(signal.emit()).toBe(0);
  });

  it("cannot be closed by a slot while it calls", () => {
    const signal = new Signal();
    signal.connect(() => signal.close());
    expect(() => signal.emit()).toThrow("Signal is in use");
    expect(signal.slotCount).toBe(1);
  });

  it("is closed by using, and lets its slots go", () => {
    const signal = new Signal();
    {
      using closing = signal;
      closing.connect(() => undefined);
      expect(inspect(closing)).toBe("Signal(slot_count=1)");
    }
    expect(() => signal.emit()).toThrow("Signal is closed");
  });

  it("has the type of its values", () => {
    expectTypeOf<Signal<string>["emit"]>().parameters.toEqualTypeOf<[value?: string | undefined]>();
    expectTypeOf<Parameters<Signal<string>["connect"]>[0]>().parameters.toEqualTypeOf<[value: string]>();
  });
});
