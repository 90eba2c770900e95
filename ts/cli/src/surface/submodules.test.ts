import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { snippets } from "../generate/snippet.ts";
import { Lowering } from "../program/lower.ts";
import type { Program } from "../program/program.ts";
import { openPair } from "../run/open.ts";
import { align } from "./align.ts";
import { isFailure, loadSurfaces } from "./load.ts";
import { TemporaryFolder } from "./sample-pair.ts";
import type { Alignment } from "./surface.ts";

const PYTHON = {
  "shop/__init__.py": `class Shop:
    def till(self):
        from shop.cash_desk import Till
        return Till()
class Failed(Exception): pass
`,
  "shop/__init__.pyi": `from shop.cash_desk import Till
class Failed(Exception): ...
class Shop:
    def till(self) -> Till: ...
`,
  "shop/cash_desk.py": `from shop import Shop
class Till:
    def __init__(self, name: str = "a") -> None: self.name = name
    def open_slowly(self) -> str: return self.name
def round_up(amount: int) -> int: return amount
LIMIT = 3
`,
  "shop/cash_desk.pyi": `from shop import Shop as Shop
class Till:
    name: str
    def __init__(self, name: str = "a") -> None: ...
    def open_slowly(self) -> str: ...
def round_up(amount: int) -> int: ...
LIMIT: int
`,
  "shop/broken.py": "raise ImportError('no such thing')\n",
  "shop/only_here.py": "def f() -> int: return 1\n",
  "shop/_private.py": "def g() -> int: return 1\n",
  "shop/deep/__init__.py": "",
  "shop/deep/errors.py": `import shop
class Refused(shop.Failed): pass
def add(a: int, b: int) -> int: return a + b
`,
};

const NODE = {
  "node_modules/shop-js/package.json": JSON.stringify({
    name: "shop-js",
    version: "1.0.0",
    type: "module",
    exports: {
      ".": { types: "./index.d.ts", default: "./index.js" },
      "./cash-desk": { types: "./desk.d.ts", default: "./desk.js" },
      "./deep/errors.js": { types: "./errors.d.ts", default: "./errors.js" },
      "./broken": "./broken.js",
      "./_private": "./desk.js",
      "./elsewhere": "./desk.js",
      "./data.json": "./data.json",
      "./internal/*": "./internal/*.js",
    },
  }),
  "node_modules/shop-js/index.js": `import { Till } from "./desk.js";
export class Shop { till() { return new Till(); } }
export function isFailed(error) { return error.code === "FAILED"; }
`,
  "node_modules/shop-js/index.d.ts": `import { Till } from "./desk.js";
export declare class Shop { till(): Till }
export declare function isFailed(error: unknown): boolean;
`,
  "node_modules/shop-js/desk.js": `export { Shop } from "./index.js";
export class Till { constructor(name = "a") { this.name = name; } openSlowly() { return this.name.toUpperCase(); } }
export function roundUp(amount) { if (Math.abs(amount) > 9) throw Object.assign(new RangeError("x"), { code: "ERR_UNSAFE_INTEGER" }); return Number(amount); }
export function roundUpBigInt(amount) { return BigInt(amount); }
export const LIMIT = 3;
`,
  "node_modules/shop-js/desk.d.ts": `export { Shop } from "./index.js";
export declare class Till { constructor(name?: string); name: string; openSlowly(): string }
export declare function roundUp(amount: number): number;
export declare function roundUpBigInt(amount: number): bigint;
export declare const LIMIT: number;
`,
  "node_modules/shop-js/errors.js": "export const add = (a, b) => a + b;\n",
  "node_modules/shop-js/errors.d.ts": "export declare function add(a: number, b: number): number;\n",
  "node_modules/shop-js/broken.js": "export const broken = 1;\n",
};

let folder: TemporaryFolder;
let alignment: Alignment;

beforeAll(async () => {
  folder = new TemporaryFolder({ ...PYTHON, ...NODE });
  const sides = await loadSurfaces(
    { module: "shop", python: "python3", root: folder.path },
    { module: "shop-js", root: folder.path },
  );
  if (isFailure(sides.python) || isFailure(sides.node)) throw new Error(JSON.stringify(sides));
  alignment = align(sides.python, sides.node);
}, 60_000);

afterAll(() => folder.remove());

const PROGRAM: Program = {
  steps: [
    { new: "cash_desk.Till", args: ["é"], as: "till" },
    { call: "open_slowly", on: "till" },
    { call: "cash_desk.round_up", args: [{ int: "12" }] },
    { get: "cash_desk.LIMIT" },
    { new: "Shop", as: "shop" },
    { call: "till", on: "shop", as: "other" },
    { call: "deep.errors.add", args: [{ int: "1" }, { int: "2" }] },
  ],
};

describe("submodules that both hosts have", () => {
  it("are part of the pair, under dotted names", () => {
    expect(alignment.python.modules).toEqual({ cash_desk: "shop.cash_desk", "deep.errors": "shop.deep.errors" });
    expect(alignment.node.modules).toEqual({ cashDesk: "shop-js/cash-desk", "deep.errors": "shop-js/deep/errors.js" });
    expect(alignment.classes.map((one) => one.canonical)).toEqual(["Shop", "cash_desk.Till"]);
    expect(alignment.functions.map((one) => [one.canonical, one.node.name, one.rule])).toEqual([
      ["cash_desk.round_up", "cashDesk.roundUp", "case"],
      ["deep.errors.add", "deep.errors.add", "same"],
      ["cash_desk.LIMIT", "cashDesk.LIMIT", "case"],
    ]);
    expect(alignment.functions[0]?.bigint).toBe("cashDesk.roundUpBigInt");
  });

  it("count once what they repeat from above, and lend the module their classes", () => {
    expect(alignment.onlyPython.concat(alignment.onlyNode)).toEqual([]);
    const till = alignment.classes[0]?.members.find((one) => one.canonical === "till");
    expect(till?.signatures[0]?.returns).toEqual({ kind: "class", name: "cash_desk.Till" });
  });

  it("hold exceptions that a guard of the module itself knows by their base", () => {
    expect(alignment.idioms.map((one) => [one.where, one.reason])).toEqual([
      ["Failed", "an exception class; Node has isFailed() and a code"],
      ["deep.errors.Refused", "an exception class below Failed; Node has isFailed() and a code"],
    ]);
  });

  it("that do not load on one side are told in the loader's words, and nothing else is lost", () => {
    expect(alignment.python.contradictions).toContainEqual({
      where: "shop.broken",
      stub: "the package has such a submodule",
      live: "it does not load: ImportError: no such thing",
    });
    expect(alignment.node.classes.some((one) => one.name.startsWith("broken"))).toBe(false);
  });

  it("run as programs, with their objects observed and their BigInt twins called", async () => {
    const before = process.env.PYTHONPATH;
    process.env.PYTHONPATH = folder.path;
    const places = { python: "python3", nodeRoot: folder.path, pythonModule: "shop", nodeModule: "shop-js" };
    const pair = await openPair(alignment, places, { maxMemory: 2 ** 31 })();
    process.env.PYTHONPATH = before;
    const [[python], [node]] = await Promise.all([pair.left.run([PROGRAM]), pair.right.run([PROGRAM])]);
    await pair.close();
    const values = (result: typeof python) =>
      result !== undefined && "transcript" in result ? result.transcript.map((one) => one.error ?? one.value) : result;
    const object = expect.objectContaining({ object: expect.stringMatching(/^(cash_desk|cashDesk)\.Till$/) });
    expect(values(python)).toEqual([undefined, "é", { int: "12" }, { int: "3" }, undefined, object, { int: "3" }]);
    expect(values(node)).toEqual([undefined, "É", { int: "12" }, { num: "3.0" }, undefined, object, { num: "3.0" }]);
    expect(node).toMatchObject({
      transcript: [{ state: { till: { name: "é" } } }, {}, { via: "bigint" }, {}, {}, {}, {}],
    });
  });

  it("are called as members of their module by the workers", () => {
    expect(new Lowering(alignment, "node").lower(PROGRAM).steps[2]).toEqual({
      call: "roundUp",
      of: "cashDesk",
      args: [{ int: "12" }],
    });
  });

  it("are imported by snippets as people do", () => {
    const { python, node } = snippets(PROGRAM, alignment);
    expect(python.split("\n").slice(0, 5)).toEqual([
      "from shop import Shop, cash_desk",
      "from shop.deep import errors",
      "",
      'till = cash_desk.Till("é")',
      "print(repr(till.open_slowly()))",
    ]);
    expect(python).toContain("errors.add(1, 2)");
    expect(node.split("\n").slice(0, 5)).toEqual([
      'import { Shop } from "shop-js";',
      'import * as cashDesk from "shop-js/cash-desk";',
      'import * as errors from "shop-js/deep/errors.js";',
      "",
      'const till = new cashDesk.Till("é");',
    ]);
    expect(node).toContain("cashDesk.LIMIT");
  });
});
