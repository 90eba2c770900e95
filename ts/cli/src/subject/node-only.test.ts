import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LoweredStep, Outcome } from "../program/program.ts";
import { SampleLibrary, transcriptOf } from "./sample-library.ts";
import type { Subject } from "./subject.ts";
import { loadersOf } from "./worker/prepare.ts";

/** `(module (func (export "endless") call 0))` */
const ENDLESS = "0061736d0100000001040160000003020100070b0107656e646c65737300000a0601040010000b";
/** `(module (func (export "trap") unreachable))` */
const TRAP = "0061736d0100000001040160000003020100070801047472617000000a05010300000b";

const node = `
const unsafe = () => { throw Object.assign(new RangeError("beyond"), { code: "ERR_UNSAFE_INTEGER" }); };
export class Counter {
  big = 3n;
  get value() { return this.big > 9007199254740991n ? unsafe() : Number(this.big); }
  get valueBigInt() { return this.big; }
  set(value) { this.big = BigInt(value); }
  add(n) { if (this.big + BigInt(n) > 9007199254740991n) unsafe(); this.big += BigInt(n); return Number(this.big); }
  addBigInt(n) { this.big += BigInt(n); return this.big; }
  refuse() { unsafe(); }
  [Symbol.iterator]() { return this; }
  next() { return this.big > 9007199254740991n ? unsafe() : { done: false, value: Number(this.big++) }; }
  nextBigInt() { return { done: false, value: this.big++ }; }
  async later() { return this.value; }
  async laterBigInt() { return this.big; }
}
export class Wide {
  at = 0n;
  set id(value) { if (typeof value !== "bigint") throw new TypeError("Cannot convert " + value + " to a BigInt"); this.at = value; }
  set even(value) { if (typeof value !== "bigint" || value % 2n) throw new TypeError("wants an even bigint"); this.at = value; }
}
export class Door {
  isOpen = false;
  through(body) {
    this.isOpen = true;
    const shut = () => { this.isOpen = false; };
    try {
      const result = body(this);
      if (typeof result?.then === "function") return result.then(shut, (error) => { shut(); throw error; });
    } catch (error) { shut(); throw error; }
    shut();
  }
}
export const later = async () => 1;
export const total = () => unsafe();
export const totalBigInt = () => 2n ** 60n;
export let calls = 0;
export const wide = (id, count) => {
  if (typeof id !== "bigint") throw new TypeError("Cannot convert " + id + " to a BigInt");
  if (typeof count !== "number") throw new TypeError("count must be a number");
  calls++;
  return id;
};
export const never = (id) => { throw new TypeError("a BigInt is never right"); };
const trapping = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from("${TRAP}", "hex")));
export let runs = 0;
const endless = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from("${ENDLESS}", "hex")));
export const overflow = () => endless.exports.endless();
export const trap = () => { runs++; trapping.exports.trap(); };
export const abort = () => { throw "abort(Assertion failed: x)"; };
export const aborted = () => { throw new Error("wrapped", { cause: new Error("Aborted(native code called abort())") }); };
let isLoaded = false;
export const loadWasmAsync = async () => { throw new Error("loaded at once already"); };
export const loadWasmSync = () => { isLoaded = true; };
export const initWasm = (bytes) => { throw new Error("needs bytes"); };
export const loaded = () => isLoaded;
export const alive = () => ++runs;
export const odd = () => { throw { name: "NotAnError", toString: () => "an object" }; };
export const hostile = () => { throw new Proxy({}, { getPrototypeOf() { throw new Error("no"); } }); };
export class Named extends Error { name = "NamedByAssignment"; }
export const named = () => { throw new Named("text"); };
`;

describe("the worker of node", () => {
  let library: SampleLibrary;
  let subject: Subject;
  const run = (...steps: LoweredStep[]): Promise<Outcome[]> => transcriptOf(subject, steps);
  const int = (text: string) => ({ int: text });
  const counter: LoweredStep = { new: "Counter", as: "c" };
  const far: LoweredStep = { call: "set", on: "c", args: [int("9007199254740993")] };

  beforeAll(() => {
    library = new SampleLibrary({ python: "", node });
    subject = library.subject("node", {
      observe: { Counter: { value: "value" } },
      twins: {
        Counter: { value: "valueBigInt", add: "addBigInt", next: "nextBigInt", later: "laterBigInt" },
        "": { total: "totalBigInt" },
      },
    });
  });
  afterAll(() => library.close());

  it("calls the BigInt twin for a result beyond the safe integers, and says so", async () => {
    const outcomes = await run(
      counter,
      { call: "add", on: "c", args: [int("9007199254740990")] },
      { get: "value", on: "c" },
      { call: "total" },
      { call: "later", on: "c" },
      { iterate: "c", limit: 1 },
    );
    const exact = int("9007199254740993");
    expect(outcomes[1]).toEqual({ step: 1, value: exact, via: "bigint", state: { c: { value: exact } } });
    expect(outcomes[2]).toEqual({ step: 2, value: exact, via: "bigint" });
    expect(outcomes[3]).toEqual({ step: 3, value: int("1152921504606846976"), via: "bigint" });
    expect(outcomes[4]).toEqual({ step: 4, value: exact, via: "bigint", async: true });
    expect(outcomes[5]).toMatchObject({ value: [exact], via: "bigint" });
  });

  it("keeps the error of a member that has no twin", async () => {
    const outcomes = await run(counter, far, { call: "refuse", on: "c" });
    expect(outcomes[2]!.error).toMatchObject({ code: "ERR_UNSAFE_INTEGER" });
    expect(outcomes[2]).not.toHaveProperty("via");
  });

  it("assigns an integer as bigint where a number is refused for want of one", async () => {
    const wide = library.subject("node", { observe: { Wide: { at: "at" } } });
    const outcomes = await transcriptOf(wide, [
      { new: "Wide", as: "w" },
      { set: "id", on: "w", to: int("5") },
      { set: "even", on: "w", to: int("7") },
      { set: "id", on: "w", to: "7" },
    ]);
    expect(outcomes[1]).toEqual({ step: 1, took: "bigint", state: { w: { at: int("5") } } });
    expect(outcomes.slice(2).map((one) => one.error?.message)).toEqual([
      "wants an even bigint",
      "Cannot convert 7 to a BigInt",
    ]);
  });

  it("finds out which integers a function takes as bigint, once", async () => {
    const outcomes = await run(
      { call: "wide", args: [int("5"), int("6")] },
      { call: "wide", args: [int("7"), int("8")] },
      { get: "calls" },
      { call: "never", args: [int("1")] },
    );
    expect(outcomes[0]).toEqual({ step: 0, value: int("5"), took: "bigint" });
    expect(outcomes[1]).toEqual({ step: 1, value: int("7"), took: "bigint" });
    expect(outcomes[2]!.value).toEqual({ num: "2.0" });
    expect(outcomes[3]!.error).toMatchObject({ message: "a BigInt is never right" });
    expect(outcomes[3]).not.toHaveProperty("took");
  });

  it("is replaced after a WebAssembly trap, since the instance lies from then on", async () => {
    const programs = ["alive", "trap", "alive", "alive"].map((call) => ({ steps: [{ call }] }));
    const results = await subject.run(programs);
    const first = results.map((result) => ("transcript" in result ? result.transcript[0] : undefined));
    expect(first[1]!.error!.classes).toEqual(["RuntimeError", "Error"]);
    expect(first.map((outcome) => outcome?.value)).toEqual([{ num: "1.0" }, undefined, { num: "1.0" }, { num: "2.0" }]);
    expect(subject.counts.deaths).toBe(0);
  });

  it("asks nothing more of an instance that trapped, or in which the stack overflowed", async () => {
    const outcomes = await run({ call: "trap" }, { call: "alive" });
    expect(outcomes[1]).toEqual({ step: 1, skipped: true });
    const overflow = await run({ call: "overflow" }, { call: "alive" });
    expect(overflow[0]!.error!.classes).toEqual(["RangeError", "Error"]);
    expect(overflow[1]).toEqual({ step: 1, skipped: true });
  });

  it.each(["abort", "aborted"])("asks nothing more of C code that aborted, as Emscripten says: %s", async (call) => {
    expect((await run({ call }, { call: "alive" }))[1]).toEqual({ step: 1, skipped: true });
  });

  it("loads the WebAssembly of a package that leaves that to its user", async () => {
    expect((await run({ call: "loaded" }))[0]!.value).toBe(true);
    expect(loadersOf(["initLogger", "loadWasmAsync", "init", "loadWasmSync", "reload"])).toEqual([
      "loadWasmSync",
      "loadWasmAsync",
    ]);
  });

  it("reads what is thrown and is no Error, and names that are only assigned", async () => {
    const outcomes = await run({ call: "odd" }, { call: "hostile" }, { call: "named" });
    expect(outcomes[0]!.error).toMatchObject({ message: "an object", outside: true });
    expect(outcomes[1]!.error).toMatchObject({ outside: true });
    expect(outcomes[2]!.error!.classes).toEqual(["NamedByAssignment", "Named", "Error"]);
  });

  it("runs a scope in the callback of the method that enters and leaves around it", async () => {
    const within = (...steps: LoweredStep[]): LoweredStep => ({ scope: "d", as: "e", within: "through", steps });
    const open: LoweredStep = { get: "isOpen", on: "e" };
    const outcomes = await run(
      { new: "Door", as: "d" },
      within(open),
      within(open, { call: "later" }, open),
      within({ call: "named", throws: {} }, open),
      within({ call: "named" }, open),
      { get: "isOpen", on: "d" },
    );
    const values = outcomes.map(({ inner }) => inner?.map(({ value }) => value ?? null));
    const one = { num: "1.0" };
    expect(values.slice(1, 5)).toEqual([[true], [true, one, true], [null, true], [null]]);
    expect(outcomes.map(({ async: isAsync }) => isAsync === true)).toEqual([false, false, true, false, false, false]);
    expect(outcomes.map(({ error }) => error?.message)[4]).toBe("text");
    expect(outcomes[5]!.value).toBe(false);
  });

  it.each([
    ["a CommonJS package", "module.exports = { one: () => 1, Thing: class Thing {} };", {}, "thing"],
    [
      "a package whose exports cannot be read off its source",
      'Object.assign(module, { ["exp" + "orts"]: { one: () => 1 } });',
      {},
      "thing",
    ],
    [
      "a package that only import reaches",
      "export const one = () => 1;",
      { type: "module", exports: { import: "./index.js" } },
      "thing",
    ],
    ["a sub-path", "export const one = () => 1;", { type: "module", exports: { "./sub": "./index.js" } }, "thing/sub"],
  ])("loads %s", async (_, source, manifest, module) => {
    const folder = join(library.root, "node_modules/thing");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "index.js"), source);
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "thing", version: "3.2.1", ...manifest }));
    const own = library.subject("node", { module });
    expect(await own.start()).toMatchObject({ version: "3.2.1" });
    expect(await transcriptOf(own, [{ call: "one" }])).toEqual([{ step: 0, value: { num: "1.0" } }]);
    await own.close();
  });
});
