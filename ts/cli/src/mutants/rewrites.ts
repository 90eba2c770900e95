/** Mutants that rewrite what a subject answers: the binding returned the wrong thing. */
import { mapValue } from "../program/map-value.ts";
import type { Outcome, Value } from "../program/program.ts";
import type { Mutant } from "./mutant.ts";
import { inError, inResult, inState, numberOf, strikes, withNumber } from "./values.ts";

const isText = (step: object) => "call" in step && (step.call === "__repr__" || step.call === "__str__");

function isMap(value: Value): value is { map: [Value, Value][] } {
  return typeof value === "object" && value !== null && !Array.isArray(value) && "map" in value;
}

/** The outcome of a scope without what leaving it did to its object. */
function stillOpen(outcome: Outcome, { scope }: { scope: string }): Outcome {
  if (outcome.state === undefined) return outcome;
  const { [scope]: _left, ...state } = outcome.state;
  return { ...outcome, state };
}

/** The mutants. */
export const REWRITES: Mutant[] = [
  {
    name: "off by one",
    about: "an integer result is one too large",
    host: "node",
    severity: "wrong_value",
    causes: ["value"],
    rewrite: (outcome, step, memory) => {
      if (outcome.value === undefined || !("call" in step) || step.call.startsWith("__") || !strikes(step, 3))
        return outcome;
      return inResult((value) => {
        const number = numberOf(value);
        return number !== null && Number.isInteger(number) && Math.abs(number) < 1_000
          ? withNumber(value, number + 1)
          : undefined;
      })(outcome, step, memory);
    },
  },
  {
    name: "integer wraps",
    about: "an integer result is taken modulo 2^32",
    host: "node",
    severity: "wrong_value",
    causes: ["integer_wrap"],
    rewrite: inResult((value) => {
      const number = numberOf(value);
      return number !== null && Number.isInteger(number) && number !== (number | 0)
        ? withNumber(value, number >>> 0)
        : undefined;
    }),
  },
  {
    name: "rounds beyond 2^53",
    about: "an integer result goes through a double",
    host: "python",
    severity: "wrong_value",
    causes: ["int_beyond_2_53"],
    rewrite: inResult((value) => {
      if (typeof value !== "object" || value === null || !("int" in value)) return undefined;
      const number = Number(value.int);
      return Number.isSafeInteger(number) ? undefined : { int: BigInt(number).toString() };
    }),
  },
  {
    name: "wrong code",
    about: "an error carries another code",
    host: "node",
    severity: "error_identity",
    causes: ["error_code"],
    rewrite: inError((error) => (error.code?.startsWith("ERR_") ? { ...error, code: `${error.code}_X` } : error)),
  },
  {
    name: "dropped code",
    about: "an error loses its code",
    host: "node",
    severity: "error_identity",
    causes: ["error_class", "error_kind"],
    rewrite: inError((error) => (error.classes[0] === "TypeError" ? error : { ...error, code: null })),
  },
  {
    name: "undefined for null",
    about: "nothing is undefined where the declaration says null",
    host: "node",
    severity: "style",
    causes: ["null_undefined"],
    rewrite: inResult((value) => (value === null ? { undefined: true } : undefined)),
  },
  {
    name: "lost result",
    about: "a result is dropped",
    host: "node",
    severity: "wrong_value",
    causes: ["missing_value"],
    rewrite: (outcome, step) =>
      typeof outcome.value === "string" && !isText(step) ? { ...outcome, value: null } : outcome,
  },
  {
    name: "negative zero lost",
    about: "−0 becomes 0",
    host: "node",
    severity: "wrong_value",
    causes: ["negative_zero"],
    rewrite: inResult((value) => (Object.is(numberOf(value), -0) ? withNumber(value, 0) : undefined)),
  },
  {
    name: "last bit",
    about: "a float goes through another rounding",
    host: "node",
    severity: "wrong_value",
    causes: ["float_bits"],
    rewrite: inResult((value) => {
      const number = numberOf(value);
      if (number === null || !Number.isFinite(number) || Number.isInteger(number)) return undefined;
      const next = number * (1 + Number.EPSILON);
      return next === number ? undefined : withNumber(value, next);
    }),
  },
  {
    name: "decimal point lost",
    about: "the host formats a float, 1.0 as 1",
    host: "node",
    severity: "wrong_value",
    causes: ["float_kind"],
    rewrite: (outcome, step, memory) =>
      isText(step)
        ? outcome
        : inResult((value) =>
            typeof value === "string" ? value.replace(/(?<![\d.])(\d+)\.0(?![\d.])/g, "$1") : undefined,
          )(outcome, step, memory),
  },
  {
    name: "map order",
    about: "a map comes back in reverse",
    host: "python",
    severity: "wrong_value",
    causes: ["map_order"],
    rewrite: inResult((value) => (isMap(value) ? { map: [...value.map].reverse() } : undefined)),
  },
  {
    name: "missing field",
    about: "the last entry of a map is dropped",
    host: "node",
    severity: "wrong_value",
    causes: ["missing_field"],
    rewrite: inResult((value) => (isMap(value) ? { map: value.map.slice(0, -1) } : undefined)),
  },
  {
    name: "stale getter",
    about: "a property shows what it was before the last change",
    host: "node",
    severity: "wrong_value",
    causes: ["state"],
    rewrite: inState((name, value, memory, handle) => {
      if (name.startsWith("__")) return value;
      const key = `${handle}.${name}`;
      const before = memory.get(key) as Value | undefined;
      memory.set(key, value);
      return before ?? value;
    }),
  },
  {
    name: "changed by an error",
    about: "a call that fails leaves another state",
    host: "node",
    severity: "wrong_value",
    causes: ["state_after_error"],
    rewrite: (outcome, step, memory) => {
      for (const [handle, state] of Object.entries(outcome.state ?? {})) memory.set(handle, state);
      if (outcome.error === undefined || !("call" in step) || step.on === undefined) return outcome;
      const last = memory.get(step.on) as Record<string, Value> | undefined;
      if (last === undefined) return outcome;
      const broken = Object.entries(last).map(([name, value]): [string, Value] => {
        const number = name.startsWith("__") ? null : numberOf(value);
        return [name, number === null || !Number.isFinite(number) ? value : withNumber(value, number === 0 ? 7 : 0)];
      });
      return { ...outcome, state: { ...outcome.state, [step.on]: Object.fromEntries(broken) } };
    },
  },
  {
    name: "new object",
    about: "a copy is handed out in place of the object itself",
    host: "node",
    severity: "style",
    causes: ["object_identity"],
    rewrite: (outcome, step) => {
      const { value } = outcome;
      const isRef = typeof value === "object" && value !== null && "ref" in value;
      return isRef && "call" in step && !step.call.startsWith("__")
        ? { ...outcome, value: { object: "Copy" } }
        : outcome;
    },
  },
  {
    name: "hash of identity",
    about: "equal objects hash differently",
    host: "python",
    severity: "wrong_value",
    causes: ["hash_law"],
    rewrite: (outcome, step, memory) => {
      if (!("call" in step) || step.call !== "__hash__" || outcome.value === undefined || step.on === undefined)
        return outcome;
      const known = (memory.get("handles") as string[] | undefined) ?? [];
      if (!known.includes(step.on)) known.push(step.on);
      memory.set("handles", known);
      return { ...outcome, value: { int: String(1_000 + known.indexOf(step.on)) } };
    },
  },
  {
    name: "default text",
    about: "objects have no text of their own",
    host: "node",
    severity: "style",
    causes: ["object_text"],
    rewrite: inState((name, value) => (name === "__repr__" || name === "__str__" ? "[object Object]" : value)),
  },
  {
    name: "number as text",
    about: "a number comes back as a string",
    host: "node",
    severity: "wrong_value",
    causes: ["value_kind"],
    rewrite: (outcome, step) => {
      const number = outcome.value === undefined || !("call" in step) ? null : numberOf(outcome.value);
      return number === null ? outcome : { ...outcome, value: String(number) };
    },
  },
  {
    name: "sync instead of async",
    about: "an asynchronous member answers at once",
    host: "node",
    severity: "style",
    causes: ["async_one_side"],
    rewrite: ({ async: _, ...outcome }) => outcome,
  },
  {
    name: "scope left open",
    about: "leaving a scope changes nothing",
    host: "node",
    severity: "style",
    causes: ["object_text"],
    rewrite: (outcome, step) => ("scope" in step && step.async !== true ? stillOpen(outcome, step) : outcome),
  },
  {
    name: "asynchronous scope left open",
    about: "leaving an asynchronous scope changes nothing",
    host: "node",
    severity: "style",
    causes: ["object_text"],
    rewrite: (outcome, step) => ("scope" in step && step.async === true ? stillOpen(outcome, step) : outcome),
  },
  {
    name: "early exhaustion",
    about: "an iterator ends one item early",
    host: "node",
    severity: "wrong_value",
    causes: ["early_exhaustion", "length"],
    rewrite: (outcome, step) =>
      "iterate" in step && Array.isArray(outcome.value) && outcome.value.length > 0
        ? { ...outcome, value: outcome.value.slice(0, -1), done: true }
        : outcome,
  },
  {
    name: "half a character replaced",
    about: "a lone surrogate in a result becomes U+FFFD",
    host: "node",
    severity: "wrong_value",
    causes: ["lone_surrogate"],
    rewrite: inResult((value) =>
      typeof value === "string" && !value.isWellFormed() ? value.toWellFormed() : undefined,
    ),
  },
  {
    name: "lost item",
    about: "a list comes back without its last item",
    host: "python",
    severity: "wrong_value",
    causes: ["length"],
    rewrite: (outcome, step) =>
      "call" in step && Array.isArray(outcome.value) && outcome.value.length > 0
        ? { ...outcome, value: outcome.value.slice(0, -1) }
        : outcome,
  },
  {
    name: "fraction lost",
    about: "a float result is truncated",
    host: "node",
    severity: "wrong_value",
    causes: ["value", "integer_truncation"],
    rewrite: (outcome, step) => {
      if (outcome.value === undefined || !("call" in step)) return outcome;
      const value = mapValue(outcome.value, (one) => {
        const number = numberOf(one);
        return number !== null && Number.isFinite(number) && !Number.isInteger(number)
          ? withNumber(one, Math.trunc(number))
          : undefined;
      });
      return { ...outcome, value };
    },
  },
];
