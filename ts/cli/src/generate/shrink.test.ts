import { expect, test } from "vitest";
import type { Program, Step, Value } from "../program/program.ts";
import { shrink } from "./shrink.ts";
import { valuesOf, visitValues, withoutSteps } from "./steps.ts";

const LONG: Program = {
  steps: [
    { new: "Box", args: [{ int: "7" }], as: "box_1" },
    { new: "Box", kwargs: { size: { int: "3" }, label: "a long label" }, as: "box_2" },
    { call: "grow", on: "box_1", args: [{ int: "12345678901234" }], as: "box_3" },
    { get: "size", on: "box_2" },
    {
      scope: "box_2",
      steps: [
        { call: "open", on: "box_2" },
        { call: "fill", on: "box_2", args: ["héllo wörld", [{ int: "1" }, { int: "2" }]] },
      ],
    },
    {
      call: "join",
      on: "box_3",
      args: [
        { ref: "box_2" },
        {
          map: [
            ["a", { int: "5" }],
            ["b", "x"],
          ],
        },
      ],
      kwargs: { deep: true },
    },
    { drop: "box_3" },
  ],
};

function calls(program: Program): Step[] {
  return program.steps.flatMap((step) => ("scope" in step ? [step, ...step.steps] : [step]));
}

test("a program shrinks to the steps that matter, with simple values and plain names", async () => {
  const small = await shrink(LONG, async (program) =>
    calls(program).some((step) => "call" in step && step.call === "join"),
  );
  expect(small.steps).toEqual(
    [
      { new: "Box", as: "box_1" },
      { new: "Box", as: "box_2" },
      { call: "grow", on: "box_2", as: "box_3" },
      { call: "join", on: "box_3" },
    ]
      .filter((step) => "call" in step || step.as === "box_2")
      .map((step) => JSON.parse(JSON.stringify(step).replaceAll("box_2", "box_1").replaceAll("box_3", "box_2"))),
  );
});

test("values shrink towards landmarks that a reader knows", async () => {
  const program: Program = { steps: [{ call: "f", args: [{ int: "12345678901234" }] }] };
  const isHuge = async (candidate: Program) => {
    const step = candidate.steps[0];
    const value = step && "call" in step ? step.args?.[0] : undefined;
    return typeof value === "object" && value !== null && "int" in value && BigInt(value.int) >= 2n ** 32n;
  };
  expect((await shrink(program, isHuge)).steps).toEqual([{ call: "f", args: [{ int: "4294967296" }] }]);
});

test("text shrinks to the character that matters", async () => {
  const program: Program = { steps: [{ call: "f", args: [`${"abc ".repeat(50)}\ud800${" def".repeat(50)}`] }] };
  const holdsSurrogate = async (candidate: Program) => {
    const texts: string[] = [];
    for (const step of candidate.steps) {
      for (const value of valuesOf(step))
        visitValues(value, (one: Value) => typeof one === "string" && texts.push(one));
    }
    return texts.some((text) => !text.isWellFormed());
  };
  expect((await shrink(program, holdsSurrogate)).steps).toEqual([{ call: "f", args: ["\ud800"] }]);
});

test("a scope that does not matter is opened, and what matters in it is kept", async () => {
  const small = await shrink(LONG, async (program) =>
    calls(program).some((step) => "call" in step && step.call === "fill"),
  );
  expect(small.steps).toEqual([
    { new: "Box", as: "box" },
    { call: "fill", on: "box" },
  ]);
  const scoped = await shrink(LONG, async (program) =>
    program.steps.some(
      (step) => "scope" in step && step.steps.some((inner) => "call" in inner && inner.call === "fill"),
    ),
  );
  expect(scoped.steps.at(-1)).toMatchObject({ scope: "box", steps: [{ call: "fill", on: "box" }] });
});

test("what fails only as a whole is returned as it is", async () => {
  const whole = JSON.stringify(LONG.steps);
  const small = await shrink(LONG, async (program) => JSON.stringify(program.steps) === whole);
  expect(small).toEqual(LONG);
});

test("shrinking is bounded", async () => {
  let attempts = 0;
  await shrink(
    LONG,
    async () => {
      attempts++;
      return false;
    },
    { attempts: 10 },
  );
  expect(attempts).toBeLessThanOrEqual(11);
});

test("a step takes what depends on it along", () => {
  expect(withoutSteps(LONG, new Set([0])).steps).toEqual([LONG.steps[1], LONG.steps[3], LONG.steps[4]]);
});
