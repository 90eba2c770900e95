import { expect, it } from "vitest";
import type { Outcome, Step } from "../program/program.ts";
import { checkLaws, speaksOfLaws } from "./laws.ts";

const made: Step[] = [
  { new: "Box", as: "a" },
  { new: "Box", as: "b" },
];
const ask = (call: string, on: string, other?: string): Step => ({
  call,
  on,
  ...(other && { args: [{ ref: other }] }),
});

/** The laws that the answers to the steps after `a` and `b` were made break. */
function broken(steps: Step[], answers: Omit<Outcome, "step">[], isIterator = true): (string | undefined)[] {
  const program = { steps: [...made, ...steps] };
  expect(speaksOfLaws(program)).toBe(true);
  const transcript = [{}, {}, ...answers].map((answer, step) => ({ step, ...answer }));
  return checkLaws(program, { transcript }, { isIterator: () => isIterator, place: () => 0 }).map((one) => one.hint);
}

it("asks that an object equals itself", () => {
  expect(broken([ask("__eq__", "a", "a")], [{ value: false }])).toEqual(["equality_law"]);
});

it("leaves an object with a NaN alone", () => {
  const steps: Step[] = [{ set: "x", on: "a", to: { float: "nan" } }, ask("__eq__", "a", "a")];
  expect(broken(steps, [{ state: { a: { x: { float: "nan" } } } }, { value: false }])).toEqual([]);
});

it("leaves a container alone whose text shows a NaN", () => {
  const steps: Step[] = [ask("append", "a"), ask("__eq__", "a", "a")];
  expect(broken(steps, [{ state: { a: { __repr__: "Box([nan])" } } }, { value: false }])).toEqual([]);
  expect(broken(steps, [{ state: { a: { __repr__: "Box(['Nancy'])" } } }, { value: false }])).toEqual(["equality_law"]);
});

it("asks that equality is symmetric", () => {
  const steps = [ask("__eq__", "a", "b"), ask("__eq__", "b", "a")];
  expect(broken(steps, [{ value: true }, { value: false }])).toEqual(["equality_law"]);
});

it("asks that equal objects hash alike, in either order of asking", () => {
  const hashes = [ask("__hash__", "a"), ask("__hash__", "b")];
  const values = [{ value: { int: "1" } }, { value: { int: "2" } }];
  expect(broken([...hashes, ask("__eq__", "a", "b")], [...values, { value: true }])).toEqual(["hash_law"]);
  expect(broken([ask("__eq__", "a", "b"), ...hashes], [{ value: true }, ...values])).toEqual(["hash_law"]);
  expect(broken([...hashes, ask("__eq__", "a", "b")], [...values, { value: false }])).toEqual([]);
});

it("forgets what was said about an object that has changed since", () => {
  const steps: Step[] = [ask("__hash__", "a"), ask("grow", "a"), ask("__hash__", "b"), ask("__eq__", "a", "b")];
  expect(broken(steps, [{ value: { int: "1" } }, {}, { value: { int: "2" } }, { value: true }])).toEqual([]);
});

it("asks that at most one of less, equal and greater holds", () => {
  const steps = [ask("__lt__", "a", "b"), ask("__lt__", "b", "a")];
  expect(broken(steps, [{ value: true }, { value: false }])).toEqual([]);
  expect(broken(steps, [{ value: true }, { value: true }])).toEqual(["order_law"]);
  const both = [ask("__lt__", "a", "b"), ask("__gt__", "a", "b")];
  expect(broken(both, [{ value: true }, { value: true }])).toEqual(["order_law"]);
});

it("asks an exhausted iterator to stay exhausted, and a container not", () => {
  const steps: Step[] = [{ iterate: "a" }, { iterate: "a" }];
  const answers = [
    { value: [{ int: "1" }], done: true },
    { value: [{ int: "1" }], done: true },
  ];
  expect(broken(steps, answers)).toEqual(["exhaustion_law"]);
  expect(broken(steps, answers, false)).toEqual([]);
});

it("asks a setter to refuse what the constructor refuses", () => {
  const steps: Step[] = [
    { new: "Box", as: "c", args: [{ int: "5" }] },
    { new: "Box", as: "d", args: [{ int: "-1" }] },
    { set: "value", on: "c", to: { int: "-1" } },
  ];
  const refused = (kind: string) => ({ error: { classes: [kind], code: null, message: "no", cause: null } });
  expect(broken(steps, [{}, refused("ValueError"), {}])).toEqual(["setter_constructor"]);
  expect(broken(steps, [{}, refused("ValueError"), refused("ValueError")])).toEqual([]);
  // A wrong type is the conversion layer's affair.
  expect(broken(steps, [{}, refused("TypeError"), {}])).toEqual([]);
});
