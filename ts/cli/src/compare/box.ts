/** A box of members of every kind of type, and what is told of two answers of it: for the tests of the comparison. */
import type { ErrorOutcome, Outcome, Step, Value } from "../program/program.ts";
import type { Type } from "../surface/surface.ts";
import { alignment, compareStep, context, member } from "./fixtures.ts";

export const INT: Type = { kind: "int" };
export const FLOAT: Type = { kind: "float" };
export const STRING: Type = { kind: "string" };
/** The box. */
export const over = alignment([
  member("add", [{ name: "n", type: INT }], INT),
  member("scale", [{ name: "by", type: FLOAT }], FLOAT),
  member("maybe", [], { kind: "union", of: [STRING, { kind: "null" }] }),
  member("label", [{ name: "text", type: STRING }], STRING),
  member("pairs", [], { kind: "map", key: STRING, value: INT }),
  member("find", [{ name: "text", type: STRING }], INT),
  member("configure", [{ name: "max_size", type: INT, optional: true, option: true }], { kind: "void" }),
  member(
    "render",
    [{ name: "context", type: { kind: "map", key: STRING, value: STRING }, optional: true, open: true }],
    STRING,
  ),
  member("max_size", [], INT, "property"),
  member("ratio", [], FLOAT, "property"),
  member("any", [], { kind: "any" }),
]);

/** What a host answers. */
export type Answer = Omit<Outcome, "step">;

/** The classes and causes that two answers of one step give. */
export function told(step: Step, python: Answer, node: Answer): string[] {
  return compareStep(context(over), step, python, node).map((one) => `${one.severity}: ${one.cause} in ${one.member}`);
}

/** A host's answer that is an error. */
export function error(classes: string[], message: string, more: Partial<ErrorOutcome> = {}): Answer {
  return { error: { classes, code: null, message, cause: null, ...more } };
}

/** A call of a member of the box. */
export const call = (name: string, ...args: Value[]): Step => ({
  call: name,
  on: "b",
  args,
});
