/** What a list asks of its values: whether two are equal, which is less, how one is written. */
import { inspect } from "node:util";
import { native } from "./native.ts";

/** The values of an argument, or `ERR_TYPE`. */
export function iterableOf<T>(values: Iterable<T>): Iterable<T> {
  const open = values === null || values === undefined ? undefined : values[Symbol.iterator];
  if (typeof open !== "function") native.myListRefuseValues(values);
  return values;
}

/**
 * Whether an item equals a value: as `Array.prototype.includes` has it, and beyond that objects with an `equals` of their
 * own say so themselves.
 */
export function isEqual(item: unknown, value: unknown): boolean {
  if (item === value) return true;
  // NaN, which is in an array that holds it.
  if (typeof item === "number") return Number.isNaN(item) && Number.isNaN(value);
  return hasMethod(item, "equals") && item.equals(value) === true;
}

/**
 * Whether one value is less than another: numbers and booleans by value, strings by code points, arrays and bytes item by
 * item, sets by whether the other one holds all of the one and more, objects by their `compareTo` or `valueOf`. Throws `ERR_TYPE` where there is no order.
 */
export function isLess(left: unknown, right: unknown): boolean {
  if (hasMethod(left, "compareTo")) return Number(left.compareTo(right)) < 0;
  if (hasMethod(right, "compareTo")) return Number(right.compareTo(left)) > 0;
  const [a, b] = [primitive(left), primitive(right)];
  if (isNumeric(a) && isNumeric(b)) return a < b;
  if (typeof a === "string" && typeof b === "string") return isTextLess(a, b);
  if (Array.isArray(a) && Array.isArray(b)) return isListLess(a, b);
  if (a instanceof Uint8Array && b instanceof Uint8Array) return isListLess([...a], [...b]);
  if (a instanceof Set && b instanceof Set) return a.size < b.size && [...a].every((item) => b.has(item));
  native.myListRefuseOrder(left, right);
  return false;
}

/** The text of an item: the core writes numbers and strings, the host everything else. */
export function itemText(item: unknown): string {
  if (typeof item === "string") return native.myListStringText(item);
  if (typeof item === "bigint") return String(item);
  if (typeof item !== "number") return inspect(item);
  const isInteger = Number.isSafeInteger(item) && !Object.is(item, -0);
  return isInteger ? String(item) : native.myListFloatText(item);
}

function hasMethod<Name extends string>(
  value: unknown,
  name: Name,
): value is Record<Name, (other: unknown) => unknown> {
  return typeof value === "object" && value !== null && typeof (value as Record<string, unknown>)[name] === "function";
}

function primitive(value: unknown): unknown {
  return typeof value === "object" && value !== null && "valueOf" in value ? value.valueOf() : value;
}

function isNumeric(value: unknown): value is number | bigint | boolean {
  return typeof value === "number" || typeof value === "bigint" || typeof value === "boolean";
}

function isTextLess(left: string, right: string): boolean {
  // By code points, as Python compares: by units, what lies beyond 16 bits would come before U+E000.
  const length = Math.min(left.length, right.length);
  let at = 0;
  while (at < length && left.charCodeAt(at) === right.charCodeAt(at)) at += 1;
  if (at === length) return left.length < right.length;
  const isInside = at > 0 && /[\uD800-\uDBFF]/.test(left.charAt(at - 1));
  const from = isInside ? at - 1 : at;
  return (left.codePointAt(from) as number) < (right.codePointAt(from) as number);
}

function isListLess(left: readonly unknown[], right: readonly unknown[]): boolean {
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at += 1) {
    if (!isEqualDeep(left[at], right[at])) return isLess(left[at], right[at]);
  }
  return left.length < right.length;
}

/** Two keys are equal when they are the same value or arrays of equal keys. */
function isEqualDeep(left: unknown, right: unknown): boolean {
  if (!Array.isArray(left) || !Array.isArray(right)) return isEqual(left, right);
  return left.length === right.length && left.every((item, at) => isEqualDeep(item, right[at]));
}
