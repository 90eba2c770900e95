import { execFileSync } from "node:child_process";
import { transformSync } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Program } from "../program/program.ts";
import { align } from "../surface/align.ts";
import { isFailure, loadSurfaces } from "../surface/load.ts";
import { GEOMETRY, TemporaryFolder } from "../surface/sample-pair.ts";
import type { Alignment } from "../surface/surface.ts";
import { Generator } from "./generator.ts";
import { textLiteral } from "./literals.ts";
import { snippets } from "./snippet.ts";

let folder: TemporaryFolder;
let alignment: Alignment;

beforeAll(async () => {
  folder = new TemporaryFolder(GEOMETRY);
  const sides = await loadSurfaces(
    { module: "geometry", python: "python3", root: folder.path },
    { module: "geometry-js", root: folder.path },
  );
  if (isFailure(sides.python) || isFailure(sides.node)) throw new Error(JSON.stringify(sides));
  alignment = align(sides.python, sides.node);
}, 60_000);

afterAll(() => folder.remove());

function written(...steps: Program["steps"]): { python: string[]; node: string[] } {
  const both = snippets({ steps }, alignment);
  return { python: both.python.trim().split("\n"), node: both.node.trim().split("\n") };
}

describe("a program as code", () => {
  test("names no handle as a function that it imports", () => {
    const both = written(
      { new: "Point", args: [{ float: "1.0" }, { float: "2.0" }], as: "describe" },
      { call: "describe", args: ["a"], as: "parse_point" },
      { get: "norm", on: "describe" },
    );
    expect(both.node).toContain("const describe1 = new Point(1, 2);");
    expect(both.node).toContain('const parsePoint1 = describe("a");');
    expect(both.python).toContain("describe_1 = Point(1.0, 2.0)");
  });

  test("reads as a user would have written it", () => {
    const both = written(
      { new: "Point", args: [{ float: "1.0" }, { float: "-0.0" }], as: "point" },
      { new: "Point", args: [{ float: "nan" }, { float: "2.5" }], as: "other_point" },
      { call: "__add__", on: "point", args: [{ ref: "other_point" }], as: "sum" },
      { set: "y", on: "sum", to: { float: "3.0" } },
      { get: "norm", on: "sum" },
    );
    expect(both.python).toEqual([
      "from geometry import Point",
      "",
      "point = Point(1.0, -0.0)",
      'other_point = Point(float("nan"), 2.5)',
      "sum = point + other_point",
      "sum.y = 3.0",
      "print(repr(sum.norm))",
    ]);
    expect(both.node).toEqual([
      'import { Point } from "geometry-js";',
      "",
      "const point = new Point(1, -0);",
      "const otherPoint = new Point(NaN, 2.5);",
      "const sum = point.add(otherPoint);",
      "sum.setY(3);",
      "console.log(sum.norm());",
    ]);
  });

  test("puts keywords into the options object, also those that do not exist", () => {
    const both = written({ call: "describe", args: ["a"], kwargs: { upper: true, no_such_option: { int: "1" } } });
    expect(both.python.at(-1)).toBe('print(repr(describe("a", upper=True, no_such_option=1)))');
    expect(both.node.at(-1)).toBe('console.log(describe("a", { upper: true, noSuchOption: 1 }));');
  });

  test("makes plain objects and factories as each host does", () => {
    const both = written(
      { new: "Settings", args: [{ int: "9007199254740993" }], as: "settings" },
      { new: "Path", args: [[]], kwargs: { max_points: { int: "3" } }, as: "path" },
      { iterate: "path", limit: 2 },
    );
    expect(both.python).toContain("settings = Settings(9007199254740993)");
    expect(both.python).toContain("path = Path([], max_points=3)");
    expect(both.node).toContain("const settings = { precision: 9007199254740993n };");
    expect(both.node).toContain("const path = makePath([], { maxPoints: 3 });");
  });

  test("spells the keys of a struct as the host does, and guards a step that is expected to throw", () => {
    const both = written({
      call: "from_dict",
      of: "Point",
      args: [
        {
          map: [
            ["x", { int: "1" }],
            ["user_name", "__proto__"],
          ],
        },
      ],
      throws: { kind: "key" },
    });
    expect(both.python.slice(2, 4)).toEqual([
      "try:",
      '    print(repr(Point.from_dict({"x": 1, "user_name": "__proto__"})))',
    ]);
    expect(both.node).toContain('  console.log(Point.fromJSON({ x: 1, userName: "__proto__" }));');
  });

  test("awaits what is asynchronous and compares by the protocol of the host", () => {
    const both = written(
      { new: "Point", args: [{ float: "0.0" }, { float: "0.0" }], as: "point" },
      { call: "__lt__", on: "point", args: [{ ref: "point" }] },
      { call: "async_evaluate", args: ["x"] },
    );
    expect(both.python).toEqual(
      expect.arrayContaining(["async def main():", "    print(repr(point < point))", "asyncio.run(main())"]),
    );
    expect(both.node).toEqual(
      expect.arrayContaining(["console.log(point.compareTo(point) < 0);", 'console.log(await evaluate("x"));']),
    );
  });

  test("leaves an asynchronous scope as the host does", () => {
    const both = written(
      { new: "Path", args: [[]], as: "path" },
      { scope: "path", async: true, as: "entered", steps: [{ call: "get_length", on: "entered" }] },
    );
    expect(both.python.slice(3)).toEqual([
      "async def main():",
      "    path = Path([])",
      "    async with path as entered:",
      "        print(repr(entered.get_length()))",
      "",
      "asyncio.run(main())",
    ]);
    expect(both.node.slice(-6)).toEqual([
      "try {",
      "  const entered = path;",
      "  console.log(entered.getLength());",
      "} finally {",
      "  await path[Symbol.asyncDispose]();",
      "}",
    ]);
  });

  test("runs in Python", () => {
    const { python } = snippets(
      {
        steps: [
          { new: "Point", args: [{ float: "3.0" }, { float: "4.0" }], as: "point" },
          { get: "norm", on: "point" },
        ],
      },
      alignment,
    );
    const output = execFileSync("python3", ["-c", python], { cwd: folder.path, encoding: "utf8" });
    expect(output).toBe("5.0\n");
  });

  test("parses in both languages, whatever is generated", () => {
    const generator = new Generator(alignment, { seed: 3, misuse: 0.5 });
    const both = Array.from({ length: 400 }, (_, index) => snippets(generator.generate(index).program, alignment));
    for (const one of both) transformSync(one.node, { loader: "ts", format: "esm" });
    const script = "import ast, json, sys\nfor text in json.load(sys.stdin): ast.parse(text)\nprint('parsed')";
    const input = JSON.stringify(both.map((one) => one.python));
    expect(execFileSync("python3", ["-c", script], { input, encoding: "utf8" })).toBe("parsed\n");
  });
});

test.each([
  ["\ud800", '"\\ud800"', '"\\ud800"'],
  ["a\u0000\u202e", '"a\\u0000\\u202e"', '"a\\u0000\\u202e"'],
  ["🎉é", '"🎉é"', '"🎉é"'],
  ["\u{e0001}", '"\\U000e0001"', '"\\u{e0001}"'],
  ["(".repeat(200), '"(" * 200', '"(".repeat(200)'],
])("the literal of %j is %s and %s", (text, python, node) => {
  expect(textLiteral(text, "python")).toBe(python);
  expect(textLiteral(text, "node")).toBe(node);
});
