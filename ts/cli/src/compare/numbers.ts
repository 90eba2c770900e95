/** Comparison of numbers across hosts, of which one cannot tell 1 from 1.0. */
import type { Value } from "../program/program.ts";
import type { CauseId } from "./causes.ts";
import { type Idioms, note } from "./difference.ts";
import { type Declared, isOfKind } from "./types.ts";

/** A number as it travels. */
export type NumberValue = { int: string } | { float: string } | { num: string };

/** Whether a travelling value is a number. */
export function isNumber(value: Value | undefined): value is NumberValue {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    ("num" in value || "int" in value || "float" in value)
  );
}

/** Read the text of a float: the shortest round trip, or a name. */
export function parseFloatText(text: string): number {
  switch (text) {
    case "nan":
    case "NaN":
      return Number.NaN;
    case "inf":
    case "Infinity":
      return Number.POSITIVE_INFINITY;
    case "-inf":
    case "-Infinity":
      return Number.NEGATIVE_INFINITY;
    default:
      return Number(text);
  }
}

const bits = new DataView(new ArrayBuffer(8));

/** The bits of a float as an integer that orders as the floats do. */
function ordinal(value: number): bigint {
  bits.setFloat64(0, value);
  const raw = bits.getBigInt64(0);
  return raw < 0n ? -0x8000000000000000n - raw : raw;
}

/** Distance of two floats in units of the last place; −0 and 0 are one apart from nothing but their sign. */
export function ulps(left: number, right: number): number {
  const distance = ordinal(left) - ordinal(right);
  return Number(distance < 0n ? -distance : distance);
}

/**
 * Compare two numbers under their declared type.
 * Returns null when they are equal, else the cause as far as the two values alone show it.
 */
export function compareNumbers(
  left: NumberValue,
  right: NumberValue,
  declared: Declared,
  floatUlps: number,
  idioms: Idioms,
): CauseId | null {
  const leftInt = "int" in left;
  const rightInt = "int" in right;
  if (leftInt && rightInt) return left.int === right.int ? null : integerCause(BigInt(left.int), BigInt(right.int));
  if (leftInt || rightInt) {
    const exact = BigInt(leftInt ? left.int : (right as { int: string }).int);
    const other = leftInt ? right : left;
    const number = parseFloatText("num" in other ? other.num : (other as { float: string }).float);
    // Only a host that has both kinds shows a kind; JavaScript's number shows none.
    if ("float" in other && !isOfKind(declared, "float", "number")) note(idioms, "number kind");
    return compareMixed(exact, number, declared);
  }
  const a = parseFloatText("num" in left ? left.num : (left as { float: string }).float);
  const b = parseFloatText("num" in right ? right.num : (right as { float: string }).float);
  if (Object.is(a, b)) return null;
  if (a === b) {
    // Only the sign of zero can differ here, and an int has none.
    return isOfKind(declared, "int") && !isOfKind(declared, "float", "number") ? null : "negative_zero";
  }
  if (floatUlps > 0 && ulps(a, b) <= floatUlps) return null;
  return Math.abs(a - b) <= Math.abs(a) * 1e-9 ? "float_bits" : "value";
}

/** An exact integer beside a double: equal when the double is that integer and nothing was lost on the way. */
function compareMixed(exact: bigint, number: number, declared: Declared): CauseId | null {
  if (!Number.isFinite(number)) return "value";
  if (!Number.isInteger(number)) return "integer_truncation";
  if (BigInt(number) !== exact) {
    return integerCause(exact, BigInt(number));
  }
  if (Object.is(number, -0) && isOfKind(declared, "float")) return "negative_zero";
  return null;
}

/** Two different integers: one double for both means that one was rounded, a multiple of 2^32 apart that one wrapped. */
function integerCause(left: bigint, right: bigint): CauseId {
  if (Number(left) === Number(right)) return "int_beyond_2_53";
  const distance = left - right;
  return distance % 0x100000000n === 0n ? "integer_wrap" : "value";
}
