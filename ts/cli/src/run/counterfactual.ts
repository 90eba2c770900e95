/**
 * Whether what is odd about an argument is the reason of a refusal: the same call with an ordinary argument in its place
 * answers that. Where a member refuses every integer, a huge one says nothing about integers beyond 2^53.
 */
import type { CauseId } from "../compare/causes.ts";
import type { Answered } from "../compare/difference.ts";
import { type Change, mapValue } from "../program/map-value.ts";
import type { Program, Step, Value } from "../program/program.ts";

const ONE: Value = { int: "1" };

const isTagged = (value: Value, tag: string): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value) && Object.hasOwn(value, tag);

const ordinaryInteger: Change = (value) => (isTagged(value, "int") ? ONE : undefined);
const shallow: Change = (value) => (isTagged(value, "nested") ? [] : isTagged(value, "cycle") ? null : undefined);

/** What an ordinary argument is in place of the odd one, by the cause that names the oddity. */
const ORDINARY: Partial<Record<CauseId, Change>> = {
  int_beyond_2_53: ordinaryInteger,
  integer_wrap: ordinaryInteger,
  integer_truncation: (value) => (isTagged(value, "float") ? ONE : undefined),
  bool_as_number: (value) => (typeof value === "boolean" ? ONE : undefined),
  lone_surrogate: (value) => (typeof value === "string" ? value.toWellFormed().replaceAll("\ufffd", "a") : undefined),
  deep_nesting: shallow,
};

/** The program with an ordinary argument where its step at an index has an odd one; null when that changes nothing. */
export function withOrdinary(program: Program, index: number, cause: CauseId): Program | null {
  const change = ORDINARY[cause];
  const step = program.steps[index];
  if (change === undefined || step === undefined) return null;
  const made = program.steps.with(index, mapStep(step, change));
  return JSON.stringify(made) === JSON.stringify(program.steps) ? null : { ...program, steps: made };
}

function mapStep(step: Step, change: Change): Step {
  const ordinary = (value: Value) => mapValue(value, change, true);
  if ("set" in step) return { ...step, to: ordinary(step.to) };
  if (!("call" in step || "new" in step)) return step;
  const mapped = { ...step };
  if (step.args !== undefined) mapped.args = step.args.map(ordinary);
  if (step.kwargs !== undefined) {
    const entries = Object.entries(step.kwargs);
    mapped.kwargs = Object.fromEntries(entries.map(([name, value]) => [name, ordinary(value)]));
  }
  return mapped;
}

/** Whether two refusals say the same, but for the values that they name. */
export function refusesAlike(one: Answered, other: Answered): boolean {
  if (!("error" in one) || !("error" in other)) return "error" in one === "error" in other;
  const text = ({ error }: typeof one) =>
    `${error.classes[0]} ${error.message.replace(/(['"`]).*?\1|-?\d[\d.e+-]*/gs, "")}`;
  return text(one) === text(other);
}
