import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isFailure, loadSurfaces } from "./load.ts";
import { readNodeSurface } from "./node.ts";
import { readPythonSurface } from "./python.ts";
import { GEOMETRY, TemporaryFolder } from "./sample-pair.ts";
import type { LoadFailure, Member, Surface } from "./surface.ts";
import { typeText } from "./type.ts";

const EXTRA = {
  "broken/__init__.py": "import not_installed_anywhere\n",
  "killed/__init__.py": "import os\nos.abort()\n",
  "bare.py":
    "def f(a, b=2, *, c: int = 3) -> int:\n    return a\nclass Box:\n    def __init__(self, size):\n        self.size = size\n        self._hidden = 1\n",
  "written.py":
    "import inspect as _inspect\nclass Box:\n    __signature__ = _inspect.Signature([_inspect.Parameter(n, _inspect.Parameter.POSITIONAL_OR_KEYWORD) for n in ('self', 'model')])\n",
  "later/__init__.py":
    "class Box:\n    def __new__(cls, *args, **kwargs): return super().__new__(cls)\n    def __init__(self, size): pass\n",
  "later/__init__.pyi":
    "class Box:\n    def __new__(cls, *args: object, **kwargs: object) -> Box: ...\n    def __init__(self, size: int) -> None: ...\n",
  "node_modules/plain-js/package.json": `{ "name": "plain-js", "version": "0.1.0", "main": "index.js" }`,
  "node_modules/plain-js/index.js": `
/** @param {number} a */
exports.f = function f(a, b) { return a; };
exports.Thing = class Thing { run(x) { return x; } get name() { return ""; } };
`,
  "node_modules/esm-only/package.json": `{ "name": "esm-only", "version": "2.0.0", "type": "module", "exports": { ".": { "types": "./main.d.ts", "import": "./main.js" }, "./sub": { "types": "./sub.d.ts", "import": "./sub.js" } } }`,
  "node_modules/esm-only/main.js": `export * from "./more.js"; export const LIMIT = 3; export const Level = { LOW: 0, HIGH: 1 }; export const Shade = { DARK: "dark", LIGHT: "light" };`,
  "node_modules/esm-only/more.js": `export function f(...items) { return items; } export class Failed extends Error {} export default { f };`,
  "node_modules/esm-only/main.d.ts": `export * from "./more.js"; export declare const LIMIT: 3; export declare enum Level { LOW = 0, HIGH = 1 } export declare const Shade: { readonly DARK: "dark"; readonly LIGHT: "light" }; export type Shade = (typeof Shade)[keyof typeof Shade]`,
  "node_modules/esm-only/more.d.ts": `
/** Does f. @example f(1) */
export declare function f(...items: [first: string, second?: bigint]): Iterable<Uint8Array>;
export declare function f(items: ReadonlyMap<string, Set<number>>, level: Level): AsyncIterable<Buffer> | undefined;
import type { Level } from "./main.js";
export declare class Failed extends Error { readonly code: "A" | "B" }
`,
  "node_modules/esm-only/sub.js": `export const sub = () => 1;`,
  "node_modules/esm-only/sub.d.ts": `export declare const sub: () => number;`,
  "node_modules/assigned/package.json": `{ "name": "assigned", "version": "1.0.0" }`,
  "node_modules/assigned/index.js": `module.exports = { run() { return 1; } };`,
  "node_modules/assigned/index.d.ts": `declare namespace assigned { function run(): number; } export = assigned;`,
  "node_modules/recursive/package.json": `{ "name": "recursive", "version": "1.0.0" }`,
  "node_modules/recursive/index.js": `exports.parse = (text) => JSON.parse(text);`,
  "node_modules/recursive/index.d.ts": `
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Deep<T> = T extends string ? Deep<T[]> : { next: Deep<T[]> };
export declare function parse(text: string): Json;
export declare function deep(value: Deep<number>): void;
`,
  "node_modules/tangled/package.json": `{ "name": "tangled", "version": "1.0.0" }`,
  "node_modules/tangled/index.js": `exports.visit = (node, text) => text;`,
  "node_modules/tangled/index.d.ts": `
${Array.from({ length: 60 }, (_, at) => `interface Node${at} { kind: ${at}; left: Node; right?: Node[]; }`).join("\n")}
type Node = ${Array.from({ length: 60 }, (_, at) => `Node${at}`).join(" | ")};
export declare function visit(node: Node, text: string): string;
`,
  "node_modules/unloadable/package.json": `{ "name": "unloadable", "version": "1.0.0" }`,
  "node_modules/unloadable/index.js": `throw new Error("Cannot find native binding", { cause: new Error("GLIBC_9.99 not found") });`,
};

let folder: TemporaryFolder;
let python: Surface;
let node: Surface;

beforeAll(async () => {
  folder = new TemporaryFolder({ ...GEOMETRY, ...EXTRA });
  const sides = await loadSurfaces(
    { module: "geometry", python: "python3", root: folder.path },
    { module: "geometry-js", root: folder.path },
  );
  if (isFailure(sides.python) || isFailure(sides.node)) throw new Error(JSON.stringify(sides));
  python = sides.python;
  node = sides.node;
}, 60_000);

afterAll(() => folder.remove());

function signatureText(member: Member | undefined, index = 0): string {
  const signature = member?.signatures[index];
  const parameters = signature?.parameters.map((one) => `${one.name}${one.optional ? "?" : ""}: ${typeText(one.type)}`);
  return signature
    ? `(${parameters!.join(", ")}) => ${signature.async ? "async " : ""}${typeText(signature.returns)}`
    : "none";
}

function fn(surface: Surface, name: string): Member | undefined {
  return surface.functions.find((member) => member.name === name);
}

function memberOf(surface: Surface, owner: string, name: string): Member | undefined {
  return surface.classes.find((one) => one.name === owner)?.members.find((member) => member.name === name);
}

describe("a Python surface", () => {
  test("takes its types from the stub, through re-exports and typed dicts", () => {
    expect(signatureText(fn(python, "describe"))).toBe(
      "(text: string | null, upper?: boolean, limit?: int | null) => string",
    );
    expect(signatureText(fn(python, "grow"))).toBe('(capacity: int, colour: "red" | "green") => int');
    expect(signatureText(memberOf(python, "Path", "visit"))).toBe("(callback: (Point) => float) => list<float>");
    const data = memberOf(python, "Point", "from_dict")?.signatures[0]?.parameters[0]?.type;
    expect(data).toMatchObject({
      kind: "struct",
      fields: [{ name: "x" }, { name: "y" }, { name: "user_name", optional: true }],
    });
  });

  test("tells methods, statics, properties and protocols apart", () => {
    expect(memberOf(python, "Point", "from_dict")?.kind).toBe("static");
    expect(memberOf(python, "Point", "norm")).toMatchObject({ kind: "property", writable: false });
    expect(memberOf(python, "Point", "x")).toMatchObject({ kind: "property", writable: true });
    expect(memberOf(python, "Point", "__add__")?.kind).toBe("method");
  });

  test("says which exceptions, enums and coroutines there are", () => {
    expect(python.classes.find((one) => one.name === "GeometryError")?.kind).toBe("exception");
    expect(python.classes.find((one) => one.name === "Colour")?.kind).toBe("enum");
    expect(fn(python, "async_evaluate")?.signatures[0]?.async).toBe(true);
  });

  test("reports where stub and live module contradict each other", () => {
    const where = python.contradictions.map((one) => `${one.where}: ${one.stub}; ${one.live}`);
    expect(where).toContain("invented: declares a function; has no such name");
    expect(where).toContain("lonely: does not declare it; has a function");
    expect(where).toContain("Point.vanished: declares a method; has no such member");
    expect(where).toHaveLength(3);
  });

  test("is read from the source where there is no stub", async () => {
    const surface = await readPythonSurface({ module: "bare", python: "python3", root: folder.path });
    if (isFailure(surface)) throw new Error(surface.message);
    expect(signatureText(fn(surface, "f"))).toBe("(a: any, b?: any, c?: int) => int");
    expect(surface.contradictions).toEqual([]);
    expect(surface.classes[0]?.members.map((member) => member.name)).toEqual(["size"]);
  });

  test("knows the receiver that a hand-written signature of a constructor names", async () => {
    const surface = (await readPythonSurface({ module: "written", python: "python3", root: folder.path })) as Surface;
    const constructors = surface.classes[0]?.constructors ?? [];
    expect(constructors.map((one) => one.parameters.map((parameter) => parameter.name))).toEqual([["model"]]);
  });

  test("takes a constructor's parameters from __init__ where __new__ takes anything", async () => {
    const surface = (await readPythonSurface({ module: "later", python: "python3", root: folder.path })) as Surface;
    const constructors = surface.classes[0]?.constructors ?? [];
    expect(constructors.map((one) => one.parameters.map((parameter) => parameter.name))).toEqual([["size"]]);
  });

  test("tells which native attributes can be set", async () => {
    const surface = (await readPythonSurface({ module: "types", python: "python3" })) as Surface;
    expect(memberOf(surface, "FrameType", "f_lineno")).toMatchObject({ kind: "property", writable: true });
    expect(memberOf(surface, "FrameType", "f_builtins")).toMatchObject({ kind: "property", writable: false });
  });
});

describe("a Node surface", () => {
  test("takes its types from the declarations", () => {
    expect(signatureText(fn(node, "evaluate"))).toBe("(text: string) => async any");
    expect(signatureText(memberOf(node, "Path", "at"))).toBe("(index: int) => null | Point");
    expect(signatureText(memberOf(node, "Path", "visit"))).toBe("(callback: (Point) => number) => list<number>");
    expect(memberOf(node, "Path", "@@iterator")?.signatures[0]?.returns).toEqual({
      kind: "iterator",
      of: { kind: "class", name: "Point" },
    });
  });

  test("knows which classes cannot be constructed", () => {
    expect(node.classes.find((one) => one.name === "Path")?.constructors).toBeNull();
    expect(node.classes.find((one) => one.name === "Point")?.constructors).toHaveLength(1);
  });

  test("says its version, engines, files and README", () => {
    expect(node).toMatchObject({ version: "1.2.3", requires: ">=18", distribution: "geometry-js" });
    expect(node.artefacts.map((one) => one.kind)).toEqual(["script", "stub"]);
    expect(node.prose[0]?.text).toContain("parsePoint");
  });

  test("reports a declared member that is missing at run time", () => {
    expect(node.contradictions).toEqual([
      { where: "Point.missingAtRunTime", stub: "declares a method", live: "has no such member" },
    ]);
  });

  test("of an ES module has re-exports, overloads, enums, errors and unrolled rest parameters", async () => {
    const surface = (await readNodeSurface({ module: "esm-only", root: folder.path })) as Surface;
    expect(signatureText(fn(surface, "f"))).toBe("(first: string, second?: int) => iterator<bytes>");
    expect(signatureText(fn(surface, "f"), 1)).toBe(
      "(items: map<string, set<number>>, level: Level) => undefined | async_iterator<bytes>",
    );
    expect(surface.classes.find((one) => one.name === "Level")).toMatchObject({
      kind: "enum",
      voices: ["stub", "live"],
    });
    const shade = surface.classes.find((one) => one.name === "Shade");
    expect([shade?.kind, shade?.members.map((one) => one.name)]).toEqual(["enum", ["DARK", "LIGHT"]]);
    expect(surface.classes.find((one) => one.name === "Failed")?.kind).toBe("exception");
    expect(surface.constants.map((one) => one.name)).toEqual(["LIMIT"]);
    expect(surface.contradictions).toEqual([]);
  });

  test("of a sub-path and of `export =` are found", async () => {
    const sub = (await readNodeSurface({ module: "esm-only/sub", root: folder.path })) as Surface;
    expect(signatureText(fn(sub, "sub"))).toBe("() => number");
    const assigned = (await readNodeSurface({ module: "assigned", root: folder.path })) as Surface;
    expect(signatureText(fn(assigned, "run"))).toBe("() => number");
  });

  test("may have types without end", async () => {
    const surface = (await readNodeSurface({ module: "recursive", root: folder.path })) as Surface;
    expect(signatureText(fn(surface, "parse"))).toMatch(/^\(text: string\) => null \| string \| number/);
  });

  test("is read as deep as is bearable where hundreds of structs hold each other", async () => {
    const surface = (await readNodeSurface({ module: "tangled", root: folder.path })) as Surface;
    expect(signatureText(fn(surface, "visit"))).toMatch(/^\(node: Node0 \| Node1 \| .*, text: string\)/);
    expect(JSON.stringify(surface).length).toBeLessThan(5_000_000);
  });

  test("without declarations is read from the JavaScript", async () => {
    const surface = (await readNodeSurface({ module: "plain-js", root: folder.path })) as Surface;
    expect(signatureText(fn(surface, "f"))).toMatch(/^\(a: number, b: any\)/);
    expect(memberOf(surface, "Thing", "run")?.kind).toBe("method");
  });
});

describe("a side that does not load", () => {
  const failure = async (loading: Promise<Surface | LoadFailure>): Promise<LoadFailure> => {
    const side = await loading;
    if (!isFailure(side)) throw new Error("it loaded");
    return side;
  };

  test("tells an absent module from one that is broken", async () => {
    const absent = await failure(readPythonSurface({ module: "no_such_module", python: "python3" }));
    expect(absent).toMatchObject({ host: "python", found: false });
    const broken = await failure(readPythonSurface({ module: "broken", python: "python3", root: folder.path }));
    expect(broken).toMatchObject({ found: true, message: "No module named 'not_installed_anywhere'" });
    expect(await failure(readNodeSurface({ module: "no-such-package", root: folder.path }))).toMatchObject({
      found: false,
    });
  });

  test("gives the loader's own text and its cause", async () => {
    const failed = await failure(readNodeSurface({ module: "unloadable", root: folder.path }));
    expect(failed).toMatchObject({ found: true, message: "Cannot find native binding (GLIBC_9.99 not found)" });
  });

  test("may die while loading", async () => {
    const killed = await failure(readPythonSurface({ module: "killed", python: "python3", root: folder.path }));
    expect(killed.message).toMatch(/SIGABRT/);
  });

  test("is an error of its own where the interpreter cannot be started", async () => {
    await expect(readPythonSurface({ module: "bare", python: "/nowhere/python" })).rejects.toThrow(
      "/nowhere/python cannot be started: there is no such program",
    );
  });
});
