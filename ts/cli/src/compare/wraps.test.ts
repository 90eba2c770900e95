import { describe, expect, it } from "vitest";
import type { Program, Result, Value } from "../program/program.ts";
import { error, over } from "./box.ts";
import { classify } from "./classify.ts";
import { compareResults } from "./compare.ts";
import { context } from "./fixtures.ts";

/** The box as a plain object: Python checks what its property is set to, Node does not. */
const plain = {
  ...over,
  classes: over.classes.map((one) => ({ ...one, rule: "plain-object" as const })),
};

/** What is told where a field was set to a value before the object was handed to the library. */
function told(to: Value, python: Result, node: Result): string[] {
  const program: Program = {
    steps: [
      { new: "Box", as: "b" },
      { set: "max_size", on: "b", to },
      { call: "label", on: "b", args: ["x"] },
    ],
  };
  const asked = context(plain);
  return compareResults(program, python, node, asked).differences.map((one) => {
    const { severity, cause } = classify(one, program, asked.lookup);
    return `${severity}: ${cause} in ${one.member}`;
  });
}

const death: Result = { death: "abort", signal: "SIGABRT", stderr: "panicked at src/lib.rs", step: 2 };
const answers: Result = { transcript: [{ step: 0 }, { step: 1 }, { step: 2, value: "x" }] };
const panics: Result = {
  transcript: [
    { step: 0 },
    { step: 1 },
    { step: 2, error: { ...error(["PanicException"], "out of bounds").error!, outside: true } },
  ],
};

describe("a field that was set to what its type cannot be", () => {
  it("is the reason when the side that took it dies, or answers where the other panics", () => {
    expect(told({ int: "-1" }, answers, death)).toEqual(["crash: integer_wrap in Box.label"]);
    expect(told({ int: "4294967296" }, panics, answers)).toEqual(["acceptance: integer_wrap in Box.label"]);
  });

  it("is none where the value was an ordinary one", () => {
    expect(told({ int: "100" }, answers, death)).toEqual(["crash: panic_abort in Box.label"]);
    expect(told({ int: "100" }, panics, answers)).toEqual(["crash: panic in Box.label"]);
  });
});

describe("a plain object that the program wrote down itself", () => {
  const read = (python: Result, node: Result) => {
    const asked = context(plain);
    const steps: Program["steps"] = [
      { new: "Box", as: "b" },
      { get: "max_size", on: "b" },
    ];
    return compareResults({ steps }, python, node, asked);
  };
  const nothing = { differences: [], compared: 0 };
  const got = (value: Value): Result => ({
    transcript: [
      { step: 0, state: { b: { max_size: value } } },
      { step: 1, value },
    ],
  });

  it("holds in Node what it was given, which is no answer of the library", () => {
    expect(read(got({ int: "1" }), got("one"))).toEqual(nothing);
  });

  it("is not used by reading it where Python refused to make it", () => {
    const refused: Result = {
      transcript: [
        { step: 0, ...error(["TypeError"], "no") },
        { step: 1, skipped: true },
      ],
    };
    expect(read(refused, got("one"))).toEqual(nothing);
  });
});
