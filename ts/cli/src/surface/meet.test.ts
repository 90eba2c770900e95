import { describe, expect, test } from "vitest";
import { meet } from "./meet.ts";
import type { Type } from "./surface.ts";
import { typeText, union } from "./type.ts";

describe("the type that both sides declare", () => {
  const int: Type = { kind: "int" };
  const number: Type = { kind: "number" };
  const string: Type = { kind: "string" };
  const list = (of: Type): Type => ({ kind: "list", of });
  const literals = (...values: string[]): Type => union(values.map((value) => ({ kind: "literal", value })));
  const classes = new Map([["VdfInfo", "VDFInfo"]]);

  test.each<[string, Type, Type, string | null]>([
    ["a number is Python's integer", int, number, "int"],
    ["a number is Python's float", { kind: "float" }, number, "float"],
    ["what one side leaves open the other says", { kind: "any" }, list(number), "list<number>"],
    ["a choice narrows a string", string, literals("a", "b"), '"a" | "b"'],
    [
      "null is kept where both sides allow it",
      union([int, { kind: "null" }]),
      union([number, { kind: "undefined" }]),
      "int | null",
    ],
    ["null is dropped where one side refuses it", union([string, { kind: "null" }]), string, "string"],
    [
      "classes are compared under the alignment's names",
      { kind: "class", name: "VDFInfo" },
      { kind: "class", name: "VdfInfo" },
      "VDFInfo",
    ],
    ["a tuple meets an array", { kind: "tuple", of: [int, string] }, list({ kind: "any" }), "tuple<int, string>"],
    ["bytes meet a buffer", { kind: "bytes" }, { kind: "buffer" }, "bytes"],
    ["unions meet in what they share", union([int, string]), union([string, { kind: "boolean" }]), "string"],
    ["a type parameter meets a type parameter", { kind: "variable" }, { kind: "variable" }, "variable"],
    ["a type parameter meets what the other side makes of it", { kind: "variable" }, list(int), "list<int>"],
    ["a type parameter beside no type promises nothing", { kind: "any" }, { kind: "variable" }, "any"],
    ["no type beside a type parameter promises nothing", { kind: "variable" }, { kind: "any" }, "any"],
    ["an index meets an index, and a slice nothing", union([int, { kind: "slice" }]), number, "int"],
    ["a slice is no index", { kind: "slice" }, int, null],
    [
      "an enum that one side only names has the other's numbers",
      { kind: "enum", name: "Color", values: ["RED"] },
      { kind: "enum", name: "Color", values: [0, 1] },
      "Color of 0, 1",
    ],
    ["a string is no number", string, number, null],
    ["a list is no string", list(int), string, null],
  ])("%s", (_name, python, node, expected) => {
    const met = meet(python, node, classes);
    const values = met?.kind === "enum" ? ` of ${met.values.join(", ")}` : "";
    expect(met && `${typeText(met)}${values}`).toBe(expected);
  });
});
