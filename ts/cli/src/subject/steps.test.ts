import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LoweredStep, Outcome, Value } from "../program/program.ts";
import { HOSTS, SampleLibrary, transcriptOf } from "./sample-library.ts";
import type { Subject } from "./subject.ts";

const sources = {
  python: `
import asyncio
class Problem(Exception):
    def __init__(self, text):
        super().__init__(text)
        self.code = "ERR_PROBLEM"
class Base:
    def __init__(self, value=0): self.value = value
    def add(self, n): self.value += n; return self.value
    def me(self): return self
    def other(self): return Base(self.value)
    def hook(self, n): return n + 1
    def run(self, n): return self.hook(n)
    def close(self): self.value = -1
    def __enter__(self): self.value = 100; return self
    def __exit__(self, *thrown): self.value = -1
    def __iter__(self): return iter(range(self.value))
    def __add__(self, other): return Base(self.value + other.value)
    def __iadd__(self, other): self.value += other.value; return self
    def __len__(self): return self.value
    def __repr__(self): return f"Base({self.value})"
    def __eq__(self, other): return isinstance(other, Base) and self.value == other.value
    def __lt__(self, other): return self.value < other.value
    def __getitem__(self, index): return ["a", "b", "c", "d"][index]
class Items:
    def __init__(self, count): self.left = count
    def __iter__(self): return self
    def __next__(self):
        if self.left == 0: raise StopIteration
        self.left -= 1
        return self.left
class Waiting:
    def __init__(self, count): self.left = count
    def __aiter__(self): return self
    async def __anext__(self):
        await asyncio.sleep(0)
        if self.left == 0: raise StopAsyncIteration
        self.left -= 1
        return self.left
    async def __aenter__(self): return self
    async def __aexit__(self, *thrown): self.left = 0
def echo(value=None): return value
def call(function, *args): return function(*args)
def ask(duck, value): return duck.name, duck.say_it(value)
async def later(value): await asyncio.sleep(0); return value
async def later_call(function, value): return await function(value)
async def fail_later(): raise Problem("later")
def future():
    made = asyncio.get_running_loop().create_future(); made.set_result("made"); return made
def push(items, item): items.append(item)
def put(items, *, options): options["put"] = True
def fail(): raise Problem("it failed")
def fail_for_a_reason():
    try: raise ValueError("the reason")
    except ValueError as reason: raise Problem("it failed") from reason
def fail_oddly(): raise BaseException("odd")
def deep():
    value = []
    for _ in range(100_000): value = [value]
    return value
def cyclic():
    value = {"list": []}; value["list"].append(value); return value
def recurse(): return recurse()
def depth_of(value):
    depth = 0
    while isinstance(value, list) and value: value = value[0]; depth += 1
    return depth
`,
  node: `
import { inspect } from "node:util";
export class Problem extends Error { code = "ERR_PROBLEM"; }
export class Base {
  constructor(value = 0) { this.value = value; }
  add(n) { this.value += n; return this.value; }
  me() { return this; }
  other() { return new Base(this.value); }
  hook(n) { return n + 1; }
  run(n) { return this.hook(n); }
  [Symbol.dispose]() { this.value = -1; }
  *[Symbol.iterator]() { for (let n = 0; n < this.value; n++) yield n; }
  plus(other) { return new Base(this.value + other.value); }
  addAssign(other) { this.value += other.value; }
  get length() { return this.value; }
  [inspect.custom]() { return \`Base(\${this.value})\`; }
  equals(other) { return other instanceof Base && this.value === other.value; }
  compareTo(other) { return Math.sign(this.value - other.value); }
  slice(start, stop) { return ["a", "b", "c", "d"].slice(start, stop); }
}
export class Items {
  constructor(count) { this.left = count; }
  [Symbol.iterator]() { return this; }
  next() { return this.left === 0 ? { done: true, value: undefined } : { done: false, value: --this.left }; }
}
export class Waiting {
  constructor(count) { this.left = count; }
  [Symbol.asyncIterator]() { return this; }
  async next() { return this.left === 0 ? { done: true, value: undefined } : { done: false, value: --this.left }; }
  async [Symbol.asyncDispose ?? Symbol.for("asyncDispose")]() { this.left = 0; }
}
export const echo = (value) => value;
export const call = (callee, ...args) => callee(...args);
export const ask = (duck, value) => [duck.name, duck.sayIt(value)];
export const later = async (value) => value;
export const later_call = async (callee, value) => callee(value);
export const fail_later = async () => { throw new Problem("later"); };
export const future = () => Promise.resolve("made");
export const push = (items, item) => { items.push(item); };
export const put = (items, { options }) => { options.put = true; };
export const fail = () => { throw new Problem("it failed"); };
export const fail_for_a_reason = () => { throw Object.assign(new Problem("it failed"), { cause: new RangeError("the reason") }); };
export const fail_oddly = () => { throw "odd"; };
export const deep = () => { let value = []; for (let n = 0; n < 100_000; n++) value = [value]; return value; };
export const cyclic = () => { const value = { list: [] }; value.list.push(value); return value; };
export const recurse = () => recurse() + 1;
export const depth_of = (value) => { let depth = 0; while (value?.length > 0) { value = value[0]; depth++; } return depth; };
`,
};

describe.each(HOSTS)("the worker of %s", (host) => {
  const isPython = host === "python";
  let library: SampleLibrary;
  let subject: Subject;
  const run = (...steps: LoweredStep[]): Promise<Outcome[]> => transcriptOf(subject, steps);
  const int = (number: number): Value => ({ int: String(number) });
  /** A number as this host answers it. */
  const answer = (number: number): Value => (isPython ? int(number) : { num: `${number}.0` });
  /** What a function without a result answers. */
  const nothing: Value = isPython ? null : { undefined: true };
  const base = (value: number): LoweredStep => ({ new: "Base", args: [int(value)], as: "b" });
  const state = (value: number) => ({ value: answer(value), __repr__: `Base(${value})` });

  beforeAll(() => {
    library = new SampleLibrary(sources);
    const inspected = isPython ? "__repr__" : "@@inspect";
    subject = library.subject(host, { observe: { Base: { value: "value", __repr__: inspected } } });
  });
  afterAll(() => library.close());

  it("sends the state of a handle when it changes, and only then", async () => {
    const outcomes = await run(
      base(1),
      { get: "value", on: "b" },
      { call: "add", on: "b", args: [int(2)] },
      { set: "value", on: "b", to: int(3) },
      { set: "value", on: "b", to: int(4) },
      { drop: "b" },
      { get: "value", on: "b" },
    );
    expect(outcomes).toEqual([
      { step: 0, state: { b: state(1) } },
      { step: 1, value: answer(1) },
      { step: 2, value: answer(3), state: { b: state(3) } },
      { step: 3 },
      { step: 4, state: { b: state(4) } },
      { step: 5, state: { b: null } },
      { step: 6, skipped: true },
    ]);
  });

  it("knows an object that is a live handle, and shows the state of one that is not", async () => {
    const outcomes = await run(
      base(1),
      { call: "me", on: "b" },
      { call: "other", on: "b" },
      { call: "other", on: "b", as: "c" },
    );
    expect(outcomes[1]!.value).toEqual({ ref: "b" });
    expect(outcomes[2]!.value).toEqual({ object: "Base", state: state(1) });
    expect(outcomes[3]).toEqual({ step: 3, value: { object: "Base" }, state: { c: state(1) } });
  });

  it("records what callbacks get, and what re-entrant steps come to", async () => {
    const callback: Value = { callback: { do: [{ call: "add", on: "b", args: [int(5)] }], argument: 1 }, as: "f" };
    const [, outcome] = await run(base(1), { call: "call", args: [callback, "x", "y"] });
    expect(outcome).toEqual({
      step: 1,
      value: "y",
      calls: [{ callback: "f", args: ["x", "y"] }],
      inner: [{ step: 0, value: answer(6) }],
      state: { b: state(6) },
    });
  });

  it("lets what a callback throws pass", async () => {
    const callback: Value = { callback: { throws: { kind: "value", message: "thrown" } } };
    const [outcome] = await run({ call: "call", args: [callback] });
    expect(outcome!.error).toMatchObject({ message: "thrown", code: null, cause: null });
    expect(outcome!.error!.classes[0]).toBe(isPython ? "ValueError" : "RangeError");
  });

  it("passes ducks with attributes and methods", async () => {
    const method = isPython ? "say_it" : "sayIt";
    const script = isPython ? { returns: "said" } : { returns: "said", canonical: "say_it" };
    const duck: Value = { duck: { attributes: { name: "Donald" }, methods: { [method]: script } }, as: "d" };
    const [outcome] = await run({ call: "ask", args: [duck, "quack"] });
    expect(outcome!.value).toEqual(isPython ? { tuple: ["Donald", "said"] } : ["Donald", "said"]);
    expect(outcome!.calls).toEqual([{ callback: "d.say_it", args: ["quack"] }]);
  });

  it("makes subclasses of the library's classes, whose methods override and call what they override", async () => {
    const duck: Value = { duck: { extends: "Base", args: [int(7)], methods: { hook: { super: true } } }, as: "d" };
    const outcomes = await run({ call: "echo", args: [duck] }, { call: "run", on: "d", args: [int(1)] });
    expect(outcomes[0]).toMatchObject({ value: { ref: "d" }, state: { d: { value: answer(7) } } });
    expect(outcomes[1]).toMatchObject({ value: answer(2), calls: [{ callback: "d.hook", args: [answer(1)] }] });
  });

  it("awaits what is asynchronous", async () => {
    const callback: Value = {
      callback: { async: true, do: [{ call: "later", args: ["inner"] }], argument: 0 },
      as: "f",
    };
    const outcomes = await run(
      { call: "later", args: ["x"] },
      { call: "fail_later" },
      { call: "later_call", args: [callback, "y"] },
      { call: "future" },
    );
    expect(outcomes[0]).toEqual({ step: 0, async: true, value: "x" });
    expect(outcomes[1]!.error).toMatchObject({ code: "ERR_PROBLEM", message: "later" });
    expect(outcomes[2]).toMatchObject({ value: "y", calls: [{ callback: "f", args: ["y"] }] });
    expect(outcomes[2]!.inner).toEqual([{ step: 0, async: true, value: "inner" }]);
    expect(outcomes[3]).toMatchObject({ value: "made", async: true });
  });

  it("does not await inside a synchronous callback", async () => {
    const callback: Value = { callback: { do: [{ call: "later", args: ["x"] }] } };
    const [outcome] = await run({ call: "call", args: [callback] });
    expect(outcome!.inner).toEqual([{ step: 0, value: { opaque: "awaitable", text: "" } }]);
  });

  it("takes items up to a limit, and goes on where an iterator stopped", async () => {
    const outcomes = await run(
      { new: "Items", args: [int(5)], as: "i" },
      { iterate: "i", limit: 2 },
      { iterate: "i" },
      base(2),
      { iterate: "b" },
      { iterate: "b", limit: 2 },
    );
    expect(outcomes[1]).toEqual({ step: 1, value: [answer(4), answer(3)], done: false });
    expect(outcomes[2]).toEqual({ step: 2, value: [answer(2), answer(1), answer(0)], done: true });
    expect(outcomes[4]).toEqual({ step: 4, value: [answer(0), answer(1)], done: true });
    expect(outcomes[5]).toEqual({ step: 5, value: [answer(0), answer(1)], done: false });
  });

  it("takes items of asynchronous iterators, one by one too", async () => {
    const next = isPython ? { call: "__anext__", on: "w" } : { call: "next", on: "w", answer: "next" as const };
    const outcomes = await run(
      { new: "Waiting", args: [int(2)], as: "w" },
      { iterate: "w", limit: 1 },
      next,
      next,
      { new: "Waiting", args: [int(2)], as: "w" },
      { iterate: "w" },
      { iterate: "w", limit: 0 },
    );
    expect(outcomes[1]).toEqual({ step: 1, async: true, value: [answer(1)], done: false });
    expect(outcomes[2]).toEqual({ step: 2, async: true, value: answer(0) });
    expect(outcomes[3]).toMatchObject({ step: 3, done: true });
    expect(outcomes[3]).not.toHaveProperty("error");
    expect(outcomes[5]).toMatchObject({ value: [answer(1), answer(0)], done: true });
    // Asynchronous it is, even where nothing was awaited.
    expect(outcomes[6]).toEqual({ step: 6, async: true, value: [], done: false });
  });

  it("leaves a scope after its steps, and after the first unexpected error among them", async () => {
    const outcomes = await run(
      base(1),
      { scope: "b", steps: [{ call: "add", on: "b", args: [int(1)] }] },
      { scope: "b", steps: [{ call: "fail", throws: {} }, { call: "fail" }, { call: "echo" }] },
      { get: "value", on: "b" },
    );
    expect(outcomes[1]!.inner).toHaveLength(1);
    expect(outcomes[1]!.state).toEqual({ b: state(-1) });
    expect(outcomes[2]!.inner).toHaveLength(2);
    expect(outcomes[2]!.error).toMatchObject({ message: "it failed" });
    expect(outcomes[3]!.value).toEqual(answer(-1));
  });

  it("leaves an asynchronous scope by its own protocol, and awaits that", async () => {
    const outcomes = await run(
      { new: "Waiting", args: [int(2)], as: "w" },
      { scope: "w", async: true, as: "entered", steps: [{ call: "later", args: ["inside"] }] },
      { get: "left", on: "entered" },
      { new: "Waiting", args: [int(2)], as: "v" },
      { scope: "v", async: true, steps: [{ call: "fail_later" }, { call: "echo" }] },
      { get: "left", on: "v" },
      base(1),
      { scope: "b", async: true, steps: [{ call: "echo" }] },
    );
    expect(outcomes[1]).toMatchObject({ async: true, inner: [{ step: 0, async: true, value: "inside" }] });
    expect(outcomes[2]!.value).toEqual(answer(0));
    expect(outcomes[4]).toMatchObject({ error: { message: "later" }, inner: [{ error: { message: "later" } }] });
    expect(outcomes[5]!.value).toEqual(answer(0));
    // What has only the plain protocol is refused, and nothing runs inside.
    expect(outcomes[7]).toMatchObject({ error: { classes: ["TypeError", expect.any(String)] } });
    expect(outcomes[7]).not.toHaveProperty("inner");
  });

  it("asks for the identity of objects where they have no equality", async () => {
    const ask = (other: string): LoweredStep => ({
      call: isPython ? "__eq__" : "===",
      on: "a",
      args: [{ ref: other }],
    });
    const outcomes = await run(
      { new: "Items", args: [int(1)], as: "a" },
      { new: "Items", args: [int(1)], as: "b" },
      ask("a"),
      ask("b"),
    );
    expect(outcomes.slice(2).map((one) => one.value)).toEqual([true, false]);
  });

  it("shows arguments that a call changed", async () => {
    const outcomes = await run(
      { call: "push", args: [[true], "x"] },
      { call: "put", args: [[]], kwargs: { options: { map: [] } } },
      { call: "echo", args: [[true]] },
    );
    expect(outcomes[0]).toEqual({ step: 0, value: nothing, mutated: { "0": [true, "x"] } });
    expect(outcomes[1]!.mutated).toEqual({ options: { map: [["put", true]] } });
    expect(outcomes[2]).not.toHaveProperty("mutated");
  });

  it("reads errors: classes, code, message, cause", async () => {
    const outcomes = await run({ call: "fail" }, { call: "fail_for_a_reason" }, { call: "fail_oddly" });
    const problem = isPython ? ["Problem", "Exception"] : ["Problem", "Error"];
    expect(outcomes[0]!.error).toEqual({ classes: problem, code: "ERR_PROBLEM", message: "it failed", cause: null });
    expect(outcomes[1]!.error!.cause).toMatchObject({ message: "the reason", code: null });
    expect(outcomes[2]!.error).toMatchObject({ message: "odd", outside: true });
  });

  it("answers a call of what is not there by the host's own error", async () => {
    const outcomes = await run({ call: "no_such_function" }, base(1), { call: "no_such_method", on: "b" });
    const name = isPython ? "AttributeError" : "TypeError";
    expect(outcomes[0]!.error!.classes).toContain(name);
    expect(outcomes[2]!.error!.classes).toContain(name);
  });

  it("survives values that are cyclic or too deep, and endless recursion", async () => {
    const outcomes = await run(
      { call: "cyclic" },
      { call: "deep" },
      { call: "recurse" },
      { call: "echo", args: ["alive"] },
    );
    expect(outcomes[0]!.value).toEqual({ map: [["list", [{ cycle: 2 }]]] });
    expect(JSON.stringify(outcomes[1]!.value)).toContain('{"opaque":"depth","text":""}');
    expect(outcomes[2]!.error!.classes).toContain(isPython ? "RecursionError" : "RangeError");
    expect(outcomes[3]!.value).toBe("alive");
  });

  it("passes arguments nested deeper than the wire allows", async () => {
    const nested: Value = { nested: { depth: 50_000, in: "list", of: [] } };
    const [outcome] = await run({ call: "depth_of", args: [nested] });
    expect(outcome!.value).toEqual(answer(50_000));
  });

  it.each([
    ["__add__", { call: "plus" }, { object: "Base", state: state(5) }],
    ["__len__", { get: "length" }, answer(2)],
    ["__eq__", { call: "equals" }, false],
    ["__ne__", { call: "equals", answer: "not" }, true],
    ["__lt__", { call: "compareTo", answer: "<" }, true],
    ["__iadd__", { call: "addAssign", inPlace: true }, { ref: "b" }],
  ] as [string, LoweredStep, Value][])("dispatches %s as the language does", async (protocol, node, expected) => {
    const takes = protocol === "__len__" ? {} : { args: [{ ref: "c" }] };
    const step = { ...(isPython ? { call: protocol } : node), on: "b", ...takes } as LoweredStep;
    const outcomes = await run(base(2), { new: "Base", args: [int(3)], as: "c" }, step);
    expect(outcomes[2]!.value).toEqual(expected);
  });
});
