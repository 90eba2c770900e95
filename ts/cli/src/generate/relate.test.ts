import { expect, it } from "vitest";
import type { Value } from "../program/program.ts";
import type { Type } from "../surface/surface.ts";
import { Random } from "./random.ts";
import { relateNames } from "./relate.ts";

const DATA: Value = { map: [["other", { int: "1" }]] };

/** The keys that the second argument has in the end, over many draws. */
function keysOf(text: Value, data: Value, type: Type): string[] {
  const found = new Set<string>();
  for (let seed = 0; seed < 40; seed++) {
    const given = { args: [text, data], kwargs: {} };
    relateNames(given, (at) => (at === 1 ? type : { kind: "string" }), new Random(seed, 0));
    const { map } = given.args[1] as { map: [Value, Value][] };
    found.add(map.map(([key]) => String(key)).join());
  }
  return [...found].sort();
}

it("gives data the names that the text beside it speaks of, but not always", () => {
  expect(keysOf("price + tax_1", DATA, { kind: "any" })).toEqual(["other", "price", "tax_1"]);
});

it("leaves data alone whose fields are declared, and data beside a text without names", () => {
  expect(keysOf("price", DATA, { kind: "struct", name: null, fields: [] })).toEqual(["other"]);
  expect(keysOf("1 + 2", DATA, { kind: "any" })).toEqual(["other"]);
});
