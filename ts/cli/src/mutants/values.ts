/** Rewriting of values inside an outcome, for mutants. */
import { isNumber, parseFloatText } from "../compare/numbers.ts";
import { type Change, mapValue } from "../program/map-value.ts";
import type { Outcome, State, Value } from "../program/program.ts";
import type { Rewrite } from "./mutant.ts";

/** A mutant that changes results, wherever in them the change applies. */
export function inResult(change: Change): Rewrite {
  return (outcome) => (outcome.value === undefined ? outcome : { ...outcome, value: mapValue(outcome.value, change) });
}

/** A mutant that changes observed state. */
export function inState(
  change: (name: string, value: State[string], memory: Map<string, unknown>, handle: string) => State[string],
): Rewrite {
  return (outcome, _step, memory) => {
    if (outcome.state === undefined) return outcome;
    const state: NonNullable<Outcome["state"]> = {};
    for (const [handle, members] of Object.entries(outcome.state)) {
      state[handle] =
        members === null
          ? null
          : Object.fromEntries(
              Object.entries(members).map(([name, value]) => [name, change(name, value, memory, handle)]),
            );
    }
    return { ...outcome, state };
  };
}

/** A mutant that changes what is thrown. */
export function inError(change: (error: NonNullable<Outcome["error"]>) => NonNullable<Outcome["error"]>): Rewrite {
  return (outcome) => (outcome.error === undefined ? outcome : { ...outcome, error: change(outcome.error) });
}

/** The number a value is, or null. */
export function numberOf(value: Value): number | null {
  if (!isNumber(value)) return null;
  return "int" in value ? Number(value.int) : parseFloatText("num" in value ? value.num : value.float);
}

/** A changed number in the tag of the old one. */
export function withNumber(value: Value, number: number): Value {
  if (isNumber(value) && "int" in value) return { int: BigInt(number).toString() };
  const text = Object.is(number, -0) ? "-0.0" : String(number);
  return isNumber(value) && "float" in value ? { float: text } : { num: text };
}

/** A boolean that only the step itself decides, so that a mutant strikes in the same place in every run. */
export function strikes(step: unknown, oneIn: number): boolean {
  let sum = 0;
  for (const character of JSON.stringify(step)) sum = (Math.imul(sum, 31) + character.charCodeAt(0)) >>> 0;
  return sum % oneIn === 0;
}
