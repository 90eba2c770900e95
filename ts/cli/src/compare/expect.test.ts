import { expect, it } from "vitest";
import type { Outcome, Step } from "../program/program.ts";
import { classify } from "./classify.ts";
import { compareWithCase } from "./expect.ts";
import { alignment, context, member } from "./fixtures.ts";

const over = alignment([
  member("add", [{ name: "n", type: { kind: "int" } }], { kind: "int" }),
  member("max_size", [], { kind: "int" }, "property"),
]);

/** What a case says about an answer of Node to its one step after `new Box() as b`. */
function told(step: Step, node: Omit<Outcome, "step">, made: Omit<Outcome, "step"> = {}): string[] {
  const program = { steps: [{ new: "Box", as: "b" } as Step, step] };
  const over_ = context(over);
  const transcript = [
    { step: 0, ...made },
    { step: 1, ...node },
  ];
  return compareWithCase(program, { transcript }, "node", over_).map((one) => {
    const { severity, cause } = classify(one, program, over_.lookup);
    return `${severity}: ${cause} in ${one.member}, ${one.host} against ${one.asked}`;
  });
}

const add: Step = { call: "add", on: "b", args: [{ int: "1" }] };
const error = { classes: ["RangeError", "Error"], code: "ERR_VALUE", message: "Bad value", cause: null };

it("accepts the expected result, error, calls and state", () => {
  expect(told({ ...add, returns: { int: "2" } }, { value: { num: "2" } })).toEqual([]);
  expect(told({ ...add, throws: { kind: "value", code: "ERR_VALUE", message: "Bad value" } }, { error })).toEqual([]);
  expect(told({ ...add, calls: [] }, { value: null })).toEqual([]);
});

it("names a result that is not the expected one", () => {
  expect(told({ ...add, returns: { int: "2" } }, { value: { num: "3" } })).toEqual([
    "wrong_value: value in Box.add, node against the result",
  ]);
  expect(told({ ...add, returns: { int: "2" } }, { error })).toEqual([
    "acceptance: acceptance in Box.add, node against a result",
  ]);
});

it("names the level at which an error is not the expected one", () => {
  const asked = (throws: object) => told({ ...add, throws } as Step, { error });
  expect(asked({ kind: "type" })).toEqual([
    "error_identity: error_kind in Box.add, node against an error of kind type",
  ]);
  expect(asked({ code: "ERR_OTHER" })).toEqual([
    "error_identity: error_code in Box.add, node against the code ERR_OTHER",
  ]);
  expect(asked({ message: "Other" })).toEqual(['message: error_message in Box.add, node against the message "Other"']);
  expect(told({ ...add, throws: {} }, { value: null })).toEqual([
    "acceptance: error_swallowed in Box.add, node against an error",
  ]);
});

it("remembers a state that was sent before, since workers send only changes", () => {
  const step: Step = { ...add, state: { b: { max_size: { int: "4" } } } };
  expect(told(step, { value: null }, { state: { b: { maxSize: { num: "4" } } } })).toEqual([]);
  expect(told(step, { value: null }, { state: { b: { maxSize: { num: "5" } } } })).toEqual([
    "wrong_value: state in Box.add, node against b.max_size",
  ]);
  expect(told(step, { value: null })).toHaveLength(1);
});

it("takes null in a case as either of JavaScript's two", () => {
  expect(told({ ...add, returns: null }, { value: { undefined: true } })).toEqual([]);
});

it("fails a case whose subject died", () => {
  const program = { steps: [add] };
  const death = { death: "exit", code: 3, stderr: "" } as const;
  expect(compareWithCase(program, death, "python", context(over))).toMatchObject([{ aspect: "death", host: "python" }]);
});
