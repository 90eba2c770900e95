/** Simpler values in place of a value, the simplest first. */
import type { Value } from "../program/program.ts";

const MAX_ITEMS_TRIED = 12;
const EPOCH = "1970-01-01T00:00:00.000Z";

/** What to try instead of a value; empty where it is as simple as it gets. */
export function simplerValues(value: Value): Value[] {
  if (value === null || typeof value === "boolean") return value === true ? [false] : [];
  if (typeof value === "string") return simplerTexts(value);
  if (Array.isArray(value)) return simplerLists(value).map((items) => items);
  if ("int" in value) return simplerIntegers(BigInt(value.int));
  if ("float" in value) return simplerFloats(value.float);
  if ("tuple" in value)
    return value.tuple.flatMap((item, index) => replaced(value.tuple, index, item)).map((tuple) => ({ tuple }));
  if ("set" in value) return simplerLists(value.set).map((set) => ({ set }));
  if ("bytes" in value) return value.bytes === "" ? [] : [{ bytes: "" }];
  if ("floats" in value)
    return value.floats.length === 0 ? [] : [{ floats: value.floats.slice(0, value.floats.length >> 1) }];
  if ("datetime" in value) return value.datetime === EPOCH ? [] : [{ datetime: EPOCH }];
  if ("duration" in value) return value.duration === "0" ? [] : [{ duration: "0" }];
  if ("map" in value) return simplerMaps(value.map).map((map) => ({ map }));
  if ("callback" in value && value.callback.returns !== undefined && value.callback.returns !== null) {
    const { returns: _, ...rest } = value.callback;
    return [{ ...value, callback: rest }];
  }
  return [];
}

function simplerIntegers(value: bigint): Value[] {
  const size = value < 0n ? -value : value;
  const sign = value < 0n ? -1n : 1n;
  const candidates = new Set<bigint>();
  if (size > 0n) candidates.add(0n);
  if (size > 1n) candidates.add(sign).add(1n);
  // The landmarks first: a reader knows 2^32, and it tells which type overflows.
  for (const bits of [31n, 32n, 53n, 63n, 64n]) {
    for (const near of [2n ** bits - 1n, 2n ** bits, 2n ** bits + 1n]) if (near < size) candidates.add(sign * near);
  }
  if (size > 3n) candidates.add(value / 2n);
  if (size > 1n) candidates.add(value - sign);
  if (value < 0n) candidates.add(-value);
  candidates.delete(value);
  return [...candidates].map((one) => ({ int: String(one) }));
}

/** A fraction or NaN stays no integer: where an integer is asked for, an integral float would be another mistake. */
function simplerFloats(text: string): Value[] {
  const isIntegral = /^-?\d+(\.0)?(e\+?\d+)?$/.test(text);
  const order = isIntegral ? ["0.0", "1.0", "-0.0", "-1.0"] : ["1.5", "nan", "inf", "-inf"];
  const known = order.indexOf(text);
  return (known === -1 ? order.slice(0, 2) : order.slice(0, known)).map((float) => ({ float }));
}

function simplerTexts(text: string): string[] {
  if (text === "") return [];
  const candidates = new Set<string>(["", "a"]);
  if (text.length > 1) {
    for (let size = text.length >> 1; size >= 1; size >>= 1) {
      for (let at = 0; at < text.length && candidates.size < 40; at += size) {
        candidates.add(text.slice(0, at) + text.slice(at + size));
      }
    }
  }
  candidates.delete(text);
  return [...candidates].filter((one) => one.length < text.length || one === "a");
}

function simplerLists(items: readonly Value[]): Value[][] {
  if (items.length === 0) return [];
  const shorter = items.slice(0, MAX_ITEMS_TRIED).map((_, index) => items.filter((__, other) => other !== index));
  const inside = items.slice(0, MAX_ITEMS_TRIED).flatMap((item, index) => replaced(items, index, item));
  return [[], ...(items.length > 2 ? [items.slice(0, items.length >> 1)] : []), ...shorter, ...inside];
}

function simplerMaps(entries: readonly [Value, Value][]): [Value, Value][][] {
  if (entries.length === 0) return [];
  const tried = entries.slice(0, MAX_ITEMS_TRIED);
  const shorter = tried.map((_, index) => entries.filter((__, other) => other !== index));
  const inside = tried.flatMap(([key, value], index) =>
    simplerValues(value).map((simpler): [Value, Value][] =>
      entries.map((entry, other) => (other === index ? [key, simpler] : entry)),
    ),
  );
  return [[], ...shorter, ...inside];
}

function replaced(items: readonly Value[], index: number, item: Value): Value[][] {
  return simplerValues(item).map((simpler) => items.map((one, other) => (other === index ? simpler : one)));
}
