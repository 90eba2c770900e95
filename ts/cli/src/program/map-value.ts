/** A change to a value, wherever in it the change applies. */
import type { Value } from "./program.ts";

/** What a value becomes; undefined leaves it as it is. */
export type Change = (value: Value) => Value | undefined;

/** Apply a change to a value and everything in it, outermost first; to the keys of maps only when that is said. */
export function mapValue(value: Value, change: Change, inKeys = false): Value {
  const changed = change(value);
  if (changed !== undefined) return changed;
  if (typeof value !== "object" || value === null) return value;
  const inner = (one: Value) => mapValue(one, change, inKeys);
  if (Array.isArray(value)) return value.map(inner);
  if ("tuple" in value) return { tuple: value.tuple.map(inner) };
  if ("map" in value)
    return { map: value.map.map(([key, one]): [Value, Value] => [inKeys ? inner(key) : key, inner(one)]) };
  return value;
}
