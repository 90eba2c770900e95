import { expect, it } from "vitest";
import type { Answered } from "../compare/difference.ts";
import type { Program, Value } from "../program/program.ts";
import { refusesAlike, withOrdinary } from "./counterfactual.ts";

const asking = (...args: Value[]): Program => ({
  steps: [
    { new: "Box", as: "b" },
    { call: "find", on: "b", args },
  ],
});
const refusal = (message: string, kind = "TypeError"): Answered => ({
  error: { classes: [kind, "Exception"], code: null, message, cause: null },
});

it("puts an ordinary argument where the odd one stands, at any depth", () => {
  const huge: Value = { int: "9007199254740993" };
  expect(withOrdinary(asking([huge], "x"), 1, "int_beyond_2_53")).toEqual(asking([{ int: "1" }], "x"));
  expect(withOrdinary(asking({ map: [["k", "a\ud800"]] }), 1, "lone_surrogate")).toEqual(
    asking({ map: [["k", "aa"]] }),
  );
  const nested: Value = { nested: { depth: 1000, in: "list", of: null } };
  expect(withOrdinary(asking(nested), 1, "deep_nesting")).toEqual(asking([]));
});

it("has nothing to put where nothing is odd, or where no argument is ordinary for certain", () => {
  expect(withOrdinary(asking("x"), 1, "lone_surrogate")).toBeNull();
  expect(withOrdinary(asking(null), 1, "null_undefined")).toBeNull();
});

it("takes two refusals for one when only the values that they name differ", () => {
  const [a, b] = [refusal("not a cell: '\ud800'"), refusal("not a cell: 'a'")];
  expect(refusesAlike(a, b)).toBe(true);
  expect(refusesAlike(refusal("5 is too large"), refusal("-1.5e+300 is too large"))).toBe(true);
  expect(refusesAlike(a, refusal("surrogates not allowed", "UnicodeEncodeError"))).toBe(false);
  expect(refusesAlike(a, { value: null })).toBe(false);
});
