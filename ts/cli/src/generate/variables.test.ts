import { afterAll, beforeAll, expect, test } from "vitest";
import type { Program, Value } from "../program/program.ts";
import { align } from "../surface/align.ts";
import { isFailure, loadSurfaces } from "../surface/load.ts";
import { TemporaryFolder } from "../surface/sample-pair.ts";
import type { Alignment } from "../surface/surface.ts";
import { typeText } from "../surface/type.ts";
import { Generator } from "./generator.ts";

const BOXES = {
  "boxes/__init__.py": `
class Box:
    def put(self, value): pass
    def fill(self, values): pass
    def look(self, value): pass
`,
  "boxes/__init__.pyi": `
from collections.abc import Iterable
from typing import Generic, TypeVar
T = TypeVar("T")
class Box(Generic[T]):
    def __init__(self) -> None: ...
    def put(self, value: T) -> None: ...
    def fill(self, values: Iterable[T]) -> None: ...
    def look(self, value: object) -> None: ...
`,
  "node_modules/boxes/package.json": `{ "name": "boxes", "version": "1.0.0", "main": "index.js", "types": "index.d.ts" }`,
  "node_modules/boxes/index.js": "exports.Box = class Box { put(value) {} fill(values) {} look(value) {} };",
  "node_modules/boxes/index.d.ts": `
export declare class Box<T> {
  put(value: T): void;
  fill(values: Iterable<T>): void;
  look(value: T): void;
}
`,
};

let folder: TemporaryFolder;
let alignment: Alignment;

beforeAll(async () => {
  folder = new TemporaryFolder(BOXES);
  const sides = await loadSurfaces(
    { module: "boxes", python: "python3", root: folder.path },
    { module: "boxes", root: folder.path },
  );
  if (isFailure(sides.python) || isFailure(sides.node)) throw new Error(JSON.stringify(sides));
  alignment = align(sides.python, sides.node);
}, 60_000);

afterAll(() => folder.remove());

/** The first arguments of the calls of a member. */
function given({ steps }: Program, name: string): Value[] {
  return steps.flatMap((step) => ("call" in step && step.call === name ? (step.args ?? []).slice(0, 1) : []));
}

test("a type parameter of both sides is known as one; beside no type it promises nothing", () => {
  const members = alignment.classes.flatMap((one) => one.members);
  const types = members.map(({ canonical, signatures }) => [
    canonical,
    signatures[0]!.parameters.map((one) => typeText(one.type)).join(),
  ]);
  expect(Object.fromEntries(types)).toEqual({ put: "variable", fill: "list<variable>", look: "any" });
});

test("what is drawn for a type parameter is of one type in a program, also where arguments are spoilt", () => {
  const generator = new Generator(alignment, { seed: 7, misuse: 1 });
  const seen = new Set<string>();
  let spoilt = 0;
  for (let index = 0; index < 300; index++) {
    const { program } = generator.generate(index);
    const lists = given(program, "fill");
    const values = [...given(program, "put"), ...lists.filter(Array.isArray).flat()] as Value[];
    const kinds = new Set(
      values.map((value) => (typeof value === "string" ? "text" : Object.keys(value as object)[0]!)),
    );
    expect(kinds.size).toBeLessThan(2);
    for (const kind of kinds) seen.add(kind);
    spoilt += lists.filter((list) => !Array.isArray(list)).length;
  }
  expect(seen).toEqual(new Set(["text", "int"]));
  expect(spoilt).toBeGreaterThan(10);
});
