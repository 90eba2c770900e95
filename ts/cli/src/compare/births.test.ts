import { describe, expect, it } from "vitest";
import type { Program, Result, Step, Value } from "../program/program.ts";
import { compareResults } from "./compare.ts";
import { alignment, context, member } from "./fixtures.ts";

const over = alignment([
  member("add", [{ name: "n", type: { kind: "int" } }], { kind: "int" }),
  member("value", [], { kind: "int" }, "property"),
]);
const add: Step = { call: "add", on: "b", args: [{ int: "1" }] };
const made = (...args: Value[]): Step => ({ new: "Box", as: "b", args });

/** A subject whose boxes begin at one value and whose `add` answers another. */
function answers(program: Program, first: Value, sum: Value): Result {
  return {
    transcript: program.steps.map((step, index) =>
      "new" in step
        ? { step: index, state: { b: { value: first } } }
        : { step: index, value: "get" in step ? first : sum },
    ),
  };
}

describe("a member that differs from the birth of an object on", () => {
  const told = (program: Program, left: Result, right: Result, known = context(over)) =>
    compareResults(program, left, right, known).differences.map((one) => `${one.aspect} ${one.member}`);

  it("is told, and what an object that is made of nothing does is compared all the same", () => {
    const program = { steps: [made(), add, { get: "value", on: "b" } as Step] };
    const left = answers(program, { int: "1" }, { int: "5" });
    const right = answers(program, { num: "0.0" }, { num: "6.0" });
    expect(told(program, left, right)).toEqual(["state Box.value", "value Box.add"]);
  });

  it("explains the rest where it is drawn anew for each object", () => {
    const program = { steps: [made(), add] };
    const known = context(over);
    const runs = ["1", "2", "3"].map((first) => {
      const left = answers(program, { int: first }, { int: "5" });
      const right = answers(program, { num: `${first}0.0` }, { num: "6.0" });
      return told(program, left, right, known);
    });
    expect(runs.slice(1)).toEqual(Array(2).fill(["state Box.value"]));
  });

  it("explains the rest where the arguments may be the reason, until every object of the class has begun so", () => {
    const program = { steps: [made({ int: "1" }), add] };
    const left = answers(program, { int: "1" }, { int: "5" });
    const right = answers(program, { num: "0.0" }, { num: "6.0" });
    const known = context(over);
    const runs = Array.from({ length: 9 }, () => told(program, left, right, known));
    expect(runs.slice(0, 7)).toEqual(Array(7).fill(["state Box.value"]));
    expect(runs[8]).toEqual(["state Box.value", "value Box.add"]);
  });

  it("is not told again of such an object in another one, where it differs in the same way", () => {
    const known = context(over);
    const held = (value: Value): Value => [{ object: "Box", state: { value } }];
    const run = (left: Value, right: Value) => {
      const program = { steps: [made(), { call: "add", on: "b" } as Step] };
      return told(
        program,
        answers(program, { int: "1" }, held(left)),
        answers(program, { num: "0.0" }, held(right)),
        known,
      );
    };
    expect(run({ int: "1" }, { num: "0.0" })).toEqual(["state Box.value"]);
    expect(run({ int: "2" }, { num: "0.0" })).toEqual(["state Box.value", "value Box.add"]);
  });

  it("is compared again once it was set", () => {
    const set: Step = { set: "value", on: "b", to: { int: "7" } };
    const program = { steps: [made(), set, { get: "value", on: "b" } as Step] };
    const left: Result = {
      transcript: [{ step: 0, state: { b: { value: { int: "1" } } } }, { step: 1 }, { step: 2, value: { int: "7" } }],
    };
    const right: Result = {
      transcript: [
        { step: 0, state: { b: { value: { num: "0.0" } } } },
        { step: 1 },
        { step: 2, value: { num: "8.0" } },
      ],
    };
    expect(told(program, left, right)).toEqual(["state Box.value", "value Box.value"]);
  });
});
