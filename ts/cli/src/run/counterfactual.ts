/**
 * Whether what is odd about an argument is the reason of a refusal: the same call with an ordinary argument in its place
 * answers that. Where a member refuses every integer, a huge one says nothing about integers beyond 2^53.
 */
import type { CauseId } from "../compare/causes.ts";
import type { Answered } from "../compare/difference.ts";
import type { Program, Step, Value } from "../program/program.ts";

type Change = (value: Value) => Value;

const ONE: Value = { int: "1" };

const isTagged = (value: Value, tag: string): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value) && Object.hasOwn(value, tag);

const ordinaryInteger: Change = (value) => (isTagged(value, "int") ? ONE : value);
const shallow: Change = (value) => (isTagged(value, "nested") ? [] : isTagged(value, "cycle") ? null : value);

/** What an ordinary argument is in place of the odd one, by the cause that names the oddity. */
const ORDINARY: Partial<Record<CauseId, Change>> = {
  int_beyond_2_53: ordinaryInteger,
  integer_wrap: ordinaryInteger,
  integer_truncation: (value) => (isTagged(value, "float") ? ONE : value),
  bool_as_number: (value) => (typeof value === "boolean" ? ONE : value),
  lone_surrogate: (value) => (typeof value === "string" ? value.toWellFormed().replaceAll("\ufffd", "a") : value),
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
  if ("set" in step) return { ...step, to: mapValue(step.to, change) };
  if (!("call" in step || "new" in step)) return step;
  const mapped = { ...step };
  if (step.args !== undefined) mapped.args = step.args.map((value) => mapValue(value, change));
  if (step.kwargs !== undefined) {
    const entries = Object.entries(step.kwargs);
    mapped.kwargs = Object.fromEntries(entries.map(([name, value]) => [name, mapValue(value, change)]));
  }
  return mapped;
}

function mapValue(value: Value, change: Change): Value {
  const changed = change(value);
  if (changed !== value || typeof value !== "object" || value === null) return changed;
  if (Array.isArray(value)) return value.map((item) => mapValue(item, change));
  if ("tuple" in value) return { tuple: value.tuple.map((item) => mapValue(item, change)) };
  if ("map" in value)
    return { map: value.map.map(([key, item]): [Value, Value] => [mapValue(key, change), mapValue(item, change)]) };
  return value;
}

/** Whether two refusals say the same, but for the values that they name. */
export function refusesAlike(one: Answered, other: Answered): boolean {
  if (!("error" in one) || !("error" in other)) return "error" in one === "error" in other;
  const text = ({ error }: typeof one) =>
    `${error.classes[0]} ${error.message.replace(/(['"`]).*?\1|-?\d[\d.e+-]*/gs, "")}`;
  return text(one) === text(other);
}
