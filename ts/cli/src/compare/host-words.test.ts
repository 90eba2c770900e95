import { describe, expect, it } from "vitest";
import type { Step, Value } from "../program/program.ts";
import type { Type } from "../surface/surface.ts";
import { call } from "./box.ts";
import type { Idioms } from "./difference.ts";
import { alignment, compareStep, context, member } from "./fixtures.ts";
import { sameInHostWords } from "./texts.ts";

const ANY: Type = { kind: "any" };
const over = alignment([
  member("sort", [], { kind: "void" }),
  member("put", [{ name: "item", type: { kind: "variable" } }], { kind: "void" }),
  member("move", [{ name: "by", type: { kind: "int" } }], { kind: "void" }),
  member("__repr__", [], { kind: "string" }, "protocol"),
  member("any", [], ANY),
]);

/** The causes that are told of two answers, and the idioms that are counted. */
function compared(step: Step, python: object, node: object): [string[], Idioms] {
  const { idioms, ...rest } = context(over);
  const told = compareStep({ ...rest, idioms }, step, python, node).map((one) => one.cause);
  return [told, idioms];
}

const missing = { error: { classes: ["TypeError"], code: null, message: "missing 1 required argument", cause: null } };

describe("what hosts answer by their nature", () => {
  it("a method that returns nothing in Python may return its receiver in Node, and nothing else", () => {
    expect(compared(call("sort"), { value: null }, { value: { ref: "b" } })).toEqual([[], { "chained calls": 1 }]);
    expect(compared(call("sort"), { value: null }, { value: { ref: "other" } })[0]).toHaveLength(1);
    expect(compared(call("sort"), { value: { ref: "b" } }, { value: null })[0]).toHaveLength(1);
  });

  it("equality by value beside identity is a matter of identity", () => {
    const equal = { ...member("__eq__", [], { kind: "boolean" }, "protocol"), rule: "inherited" as const };
    const told = compareStep(
      context(alignment([equal])),
      call("__eq__", { ref: "b" }),
      { value: true },
      { value: false },
    );
    expect(told).toMatchObject([{ severity: "style", cause: "object_identity", member: "Box.__eq__" }]);
  });

  it("iterators of different classes are compared by their items, other objects are not", () => {
    const [stream, generator] = [{ object: "_Stream" }, { object: "Generator", state: {} }];
    const opened = compared(call("__aiter__"), { value: stream }, { value: generator });
    expect(opened).toEqual([[], { "iterators of each host": 1 }]);
    expect(compared(call("__aiter__"), { value: stream }, { value: null })[0]).toHaveLength(1);
    expect(compared(call("me"), { value: stream }, { value: generator })[0]).toHaveLength(1);
  });

  it("an argument of any type that is left out is undefined in Node, one of a type is not", () => {
    expect(compared(call("put"), missing, { value: null })).toEqual([[], { "absent is undefined": 1 }]);
    expect(compared(call("move"), missing, { value: null })[0]).toHaveLength(1);
  });

  it("the text of an object has the words of the host for what it holds", () => {
    const texts = (python: Value, node: Value) => compared(call("__repr__"), { value: python }, { value: node });
    expect(texts("Box([None, 1])", "Box([null, 1])")).toEqual([[], { "host words in a text": 1 }]);
    expect(texts("Box([None, 1])", "Box([null, 2])")[0]).toHaveLength(1);
    // Only the text of an object: a value is what it is.
    expect(compared(call("any"), { value: "None" }, { value: "null" })[0]).toHaveLength(1);
  });

  it.each<[string, string, boolean]>([
    ["[True, False]", "[true, false]", true],
    ["[None]", "[undefined]", true],
    ["[[1], {'a': [2]}]", "[[ 1 ], { 'a': [ 2 ] }]", true],
    ["['None', \"it's True\"]", "['None', \"it's True\"]", true],
    ["['None']", "['null']", false],
    ["['[ 1 ]']", "['[1]']", false],
    ["[null]", "[None]", false],
    ["[Nones]", "[nulls]", false],
    ["[1.0]", "[1]", false],
  ])("%s beside %s", (python, node, same) => {
    expect(sameInHostWords(python, node)).toBe(same);
  });
});
