import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LoweredStep, Outcome } from "../program/program.ts";
import { SampleLibrary, transcriptOf } from "./sample-library.ts";
import type { Subject } from "./subject.ts";

const python = `
import array, asyncio, dataclasses, enum, pathlib, sys, typing
@dataclasses.dataclass
class Report:
    loaded: list
    failed: int
class Pair(typing.NamedTuple):
    left: int
    right: int
class Colour(enum.Enum):
    RED = "red"
class Level(enum.IntEnum):
    LOW = 1
class Text(str): pass
class Open:
    def __init__(self): self._value = 1
    @property
    def value(self): return self._value
    @property
    def broken(self): raise ValueError("cannot be read")
    def method(self): return 2
def subscribe():
    class Ender:
        def __call__(self): return None
        def __enter__(self): return self
        def __exit__(self, *reason): return None
    return Ender()
class Exploding:
    def __repr__(self): raise RuntimeError("no text")
    __str__ = __repr__
class BadText(Exception):
    def __str__(self): raise RuntimeError("no text")
def missing_key(): return {}["key"]
def missing_tuple_key(): return {}[1, 2]
def noted():
    error = ValueError("text")
    error.__notes__ = ["while processing 'x'"]
    raise error
def stop(): sys.exit(3)
def not_found(): open("/no/such/file")
def bad_text(): raise BadText
def report(): return Report(["a"], 0)
def pair(): return Pair(1, 2)
def opened(): return Open()
def enums(): return [Colour.RED, Level.LOW, Text("x")]
def buffers(): return [array.array("d", [1.0]), memoryview(b"ab"), bytearray(b"ab"), array.array("i", [1])]
def path(): return pathlib.PurePosixPath("a/b")
def huge(): return 10 ** 5000
def items(): return iter([1])
def classes(): return [Report, int, len]
def exploding(): return Exploding()
def in_a_running_loop(): return asyncio.run(asyncio.sleep(0, "ran"))
class Task:
    async def __aenter__(self): self.task = asyncio.current_task(); return self
    async def __aexit__(self, *reason): assert self.task is asyncio.current_task()
    async def is_same(self): return self.task is asyncio.current_task()
    def runs(self): return asyncio.get_running_loop().is_running()
class Scope:
    def __enter__(self): return self
    def __exit__(self, kind, error, trace): return kind is ValueError
def fail(): raise ValueError("swallowed")
`;

describe("the worker of python", () => {
  let library: SampleLibrary;
  let subject: Subject;
  const run = (...steps: LoweredStep[]): Promise<Outcome[]> => transcriptOf(subject, steps);
  const call = async (name: string) => (await run({ call: name }))[0]!;

  beforeAll(() => {
    library = new SampleLibrary({ python, node: "" });
    subject = library.subject("python");
  });
  afterAll(() => library.close());

  it("shows the argument of a KeyError, which its text would quote", async () => {
    expect((await call("missing_key")).error).toMatchObject({
      classes: ["KeyError", "LookupError", "Exception"],
      message: "key",
    });
    expect((await call("missing_tuple_key")).error!.message).toBe("(1, 2)");
  });

  it("shows notes, and names the errors of the system as Node does", async () => {
    expect((await call("noted")).error).toMatchObject({ message: "text", notes: ["while processing 'x'"] });
    expect((await call("not_found")).error).toMatchObject({
      code: "ENOENT",
      classes: ["FileNotFoundError", "OSError", "Exception"],
    });
  });

  it("marks what `except Exception` would miss, and survives errors without a text", async () => {
    expect((await call("stop")).error).toMatchObject({ classes: ["SystemExit"], outside: true });
    expect((await call("bad_text")).error!.message).toBe("<the message cannot be read: RuntimeError>");
  });

  it("shows the public data of objects that are not observed, also of members that fail", async () => {
    expect((await call("report")).value).toEqual({ object: "Report", state: { loaded: ["a"], failed: { int: "0" } } });
    expect((await call("pair")).value).toEqual({ object: "Pair", state: { left: { int: "1" }, right: { int: "2" } } });
    expect((await call("opened")).value).toMatchObject({
      object: "Open",
      state: { value: { int: "1" }, broken: { error: { message: "cannot be read" } } },
    });
    expect((await call("exploding")).value).toEqual({ object: "Exploding" });
  });

  it("shows enums, buffers, paths and subclasses of plain kinds as what they hold", async () => {
    expect((await call("enums")).value).toEqual(["red", { int: "1" }, "x"]);
    const again: LoweredStep = { get: "RED", of: "Colour", as: "red" };
    expect((await run(again, again)).map((one) => one.value)).toEqual(["red", "red"]);
    expect((await call("buffers")).value).toEqual([
      { floats: ["1.0"] },
      { bytes: "YWI=" },
      { bytes: "YWI=" },
      [{ int: "1" }],
    ]);
    expect((await call("path")).value).toBe("a/b");
    expect((await call("huge")).value).toEqual({ int: `1${"0".repeat(5000)}` });
  });

  it("shows iterators, functions and foreign classes as opaque, classes of the library by name", async () => {
    expect((await call("items")).value).toEqual({ opaque: "iterator", text: "" });
    expect((await call("classes")).value).toEqual([
      { class: "Report" },
      { opaque: "class", text: "int" },
      { opaque: "function", text: "len" },
    ]);
  });

  it("shows an object that nobody can name, and that can only be called, as a function", async () => {
    expect((await call("subscribe")).value).toEqual({ opaque: "function", text: "" });
  });

  it("makes synchronous calls outside of any event loop", async () => {
    expect((await call("in_a_running_loop")).value).toBe("ran");
  });

  it("runs an asynchronous scope in one task, in which its steps may await", async () => {
    const ask = { call: "is_same", on: "t" };
    const outcomes = await run(
      { new: "Task", as: "t" },
      { scope: "t", async: true, steps: [ask, { call: "runs", on: "t" }] },
      ask,
    );
    expect(outcomes[1]!.inner!.map((one) => one.value)).toEqual([true, true]);
    expect(outcomes[1]).not.toHaveProperty("error");
    expect(outcomes[2]!.value).toBe(false);
  });

  it("lets a scope swallow an error", async () => {
    const outcomes = await run({ new: "Scope", as: "s" }, { scope: "s", steps: [{ call: "fail" }, { call: "items" }] });
    expect(outcomes[1]!.inner).toHaveLength(1);
    expect(outcomes[1]).not.toHaveProperty("error");
  });

  it("is not misled by the names of its own files", async () => {
    const own = new SampleLibrary({
      python:
        "import importlib.util\ndef seen(): return [n for n in ('surface', 'worker', 'bench', 'serve') if importlib.util.find_spec(n)]\n",
      node: "",
    });
    expect(await transcriptOf(own.subject("python"), [{ call: "seen" }])).toEqual([{ step: 0, value: [] }]);
    await own.close();
  });

  it("sends a member that became an equal value of another kind, another zero, a failure, or the same list with more in it", async () => {
    const values = "[1, 1.0, True, 0.0, -0.0, -0.0, float('nan'), [], [], KeyError('no'), 1]";
    const own = new SampleLibrary({
      python: `
class Turning:
    turns, items = ${values}, []
    def __init__(self): self.at = 0
    def turn(self): self.at += 1; self.items.append(self.at)
    @property
    def value(self):
        now = self.turns[self.at]
        if isinstance(now, Exception): raise now
        return self.items if isinstance(now, list) else now
`,
      node: "",
    });
    const subject = own.subject("python", { observe: { Turning: { value: "value", name: "__len__" } } });
    const steps: LoweredStep[] = [{ new: "Turning", as: "t" }, ...Array(10).fill({ call: "turn", on: "t" })];
    const outcomes = await transcriptOf(subject, steps);
    const seen = outcomes.map((one) => {
      const value = one.state?.t?.value;
      return Array.isArray(value) ? value.length : value;
    });
    const failure = { error: expect.objectContaining({ message: "no" }) };
    const zero = { float: "-0.0" };
    expect(seen).toEqual(
      [{ int: "1" }, { float: "1.0" }, true, { float: "0.0" }, zero, undefined, { float: "nan" }, 7, 8, failure].concat(
        [{ int: "1" }],
      ),
    );
    await own.close();
  });
});
