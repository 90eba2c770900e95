import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { align } from "../surface/align.ts";
import { isFailure, loadSurfaces } from "../surface/load.ts";
import { GEOMETRY, TemporaryFolder } from "../surface/sample-pair.ts";
import { renderClassDocs } from "./class-docs.ts";
import { nodeType, pythonParameters, pythonType } from "./signature-text.ts";

let folder: TemporaryFolder;
let text: string;

beforeAll(async () => {
  folder = new TemporaryFolder(GEOMETRY);
  const load = async () => {
    const sides = await loadSurfaces(
      { module: "geometry", python: "python3", root: folder.path },
      { module: "geometry-js", root: folder.path },
    );
    if (isFailure(sides.python) || isFailure(sides.node)) throw new Error(JSON.stringify(sides));
    return renderClassDocs(align(sides.python, sides.node), { title: "Geometry", intro: "Points and paths." });
  };
  text = await load();
  expect(await load()).toBe(text);
}, 60_000);

afterAll(() => folder.remove());

describe("the documentation of a pair", () => {
  it("begins with a table of contents whose anchors are the headings", () => {
    expect(text).toMatch(/^# Geometry\n\nPoints and paths\.\n\n- \[\w+\]\(#\w+\)\n/);
    const links = [...text.matchAll(/\(#(.*?)\)/g)].map((one) => one[1]);
    const headings = [...text.matchAll(/^## (.*)$/gm)].map((one) => one[1]?.toLowerCase());
    expect([...new Set(links)].sort()).toEqual(headings.sort());
  });

  it("has both forms of each member in one row, its protocol included, and what one side alone has below", () => {
    expect(text).toContain("| `move_by(dx: float, dy: float) -> Point` | `moveBy(dx: number, dy: number): Point` |");
    expect(text).toMatch(/\| `x \+ other` \| `add\(other: Point\): Point` \|/);
    expect(text).toContain("Only in TypeScript: `countBigInt`, `count`.");
    expect(text).toMatch(/`len\(x\)` \| `length: number`/);
  });

  it("names no folder of this machine", () => {
    expect(text).not.toContain(folder.path);
  });
});

describe("types as people write them", () => {
  const int = { kind: "int" } as const;
  it.each([
    [
      { kind: "list", of: { kind: "union", of: [int, { kind: "null" }] } },
      "list[int | None]",
      "(number | bigint | null)[]",
    ],
    [{ kind: "map", key: { kind: "string" }, value: int }, "dict[str, int]", "Record<string, number | bigint>"],
    [{ kind: "union", of: [{ kind: "string" }, { kind: "path" }] }, "str | PathLike", "string | URL"],
    [
      {
        kind: "union",
        of: [
          { kind: "literal", value: "a" },
          { kind: "literal", value: "b" },
        ],
      },
      'Literal["a", "b"]',
      '"a" | "b"',
    ],
    [{ kind: "class", name: "sub.Thing" }, "Thing", "Thing"],
    [{ kind: "int", bigint: true }, "int", "bigint"],
  ] as const)("%j is %s in Python and %s in TypeScript", (type, python, node) => {
    expect([pythonType(type as never), nodeType(type as never)]).toEqual([python, node]);
  });

  it("marks what Python takes by position only and by name only", () => {
    const parameter = (name: string, kind: "positional" | "keyword") =>
      ({ name, kind, optional: kind === "keyword", type: int, default: "1" }) as const;
    expect(pythonParameters([parameter("a", "positional"), parameter("b", "keyword")])).toBe(
      "a: int, /, *, b: int = 1",
    );
  });
});
