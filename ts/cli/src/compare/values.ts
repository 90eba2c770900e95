/** Structural comparison of two travelling values under their declared type. */

import { isUtf8 } from "node:buffer";
import type { Normaliser, Policy } from "../config.ts";
import type { ErrorOutcome, State, Value } from "../program/program.ts";
import { milliseconds, toMilliseconds } from "../subject/worker/instants.ts";
import type { Births } from "./births.ts";
import type { CauseId } from "./causes.ts";
import { type Answered, type Idioms, note } from "./difference.ts";
import type { Host } from "./kind.ts";
import type { Lookup } from "./lookup.ts";
import { foldName } from "./names.ts";
import { compareNumbers, isNumber, parseFloatText } from "./numbers.ts";
import { textCause } from "./texts.ts";
import { alternative, type Declared, isOfKind, itemType, mayBeMissing, tellsNullFromUndefined } from "./types.ts";

/** What the comparison of one pair of subjects needs everywhere. */
export interface Context {
  left: Host;
  right: Host;
  lookup: Lookup;
  /** Allowed distance of floats in units of the last place; 0 compares bits. */
  floatUlps: number;
  /** `number`: hashes are compared; `laws`: only equality and hash laws are checked. */
  hash: "number" | "laws";
  idioms: Idioms;
  /** What the configuration of the pair says about kinds of differences. */
  policy?: Policy;
  /** Changes results before they are compared, by member. */
  normalise?: Readonly<Record<string, Normaliser>>;
  /** Inside `to_dict`/`toJSON`, where JavaScript writes integers beyond the safe ones as decimal strings. */
  isSerialised?: true;
  /** How often each member was used on both sides, and how often at least one of them answered with a result. */
  exercised: Map<string, Exercise>;
  /** Classes of which the state of an object was compared: their observed members were read. */
  observed: Set<string>;
  /** How objects began, in all programs so far. */
  births: Births;
}

/** How often a member was used. */
export interface Exercise {
  calls: number;
  answers: number;
}

/** Two values that are not equal, and where. */
export interface Mismatch {
  path: string;
  left: Answered;
  right: Answered;
  hint: CauseId;
}

type Entries = [Value, Value][];

/** Compare; null when equal. Identity of objects is the mildest mismatch, so a graver one of the same value wins. */
export function compareValues(
  left: Value | undefined,
  right: Value | undefined,
  type: Declared,
  context: Context,
  /** What Node's own stub declares, where it tells null from undefined. */
  nodeType: Declared = type,
): Mismatch | null {
  if (left === right) return null;
  if (left === undefined || right === undefined) {
    const present = left ?? right;
    return isMissing(present) ? null : mismatch(left, right, "missing_field");
  }
  if (isNumber(left) && isNumber(right)) {
    const cause = compareNumbers(left, right, type, context.floatUlps, context.idioms);
    return cause === null ? null : mismatch(left, right, cause);
  }
  if (typeof left === "string" && typeof right === "string") return mismatch(left, right, textCause(left, right));
  if (context.isSerialised && typeof left !== typeof right) {
    const [a, b] = [fromDecimal(left), fromDecimal(right)];
    if (isNumber(a) && isNumber(b)) {
      note(context.idioms, "explained by int-53");
      return compareValues(a, b, type, context, nodeType);
    }
  }
  const asText = { left: fromUtf8(left, type, context.left), right: fromUtf8(right, type, context.right) };
  if (asText.left !== left || asText.right !== right) {
    note(context.idioms, "bytes for text");
    return compareValues(asText.left, asText.right, type, context, nodeType);
  }
  if (
    isEnumMember(left, right, type, context.left, context) ||
    isEnumMember(right, left, type, context.right, context)
  ) {
    note(context.idioms, "enum member as its value");
    return null;
  }
  if (isMissing(left) && isMissing(right)) return compareMissing(left, right, nodeType, context);
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) {
    return mismatch(left, right, isMissing(left) || isMissing(right) ? "missing_value" : "value_kind");
  }
  return compareObjects(left, right, type, context);
}

function mismatch(left: Value | undefined, right: Value | undefined, hint: CauseId): Mismatch {
  return { path: "", left: answered(left), right: answered(right), hint };
}

function answered(value: Value | undefined): Answered {
  return value === undefined ? { absent: true } : { value };
}

function isMissing(value: Value | undefined): boolean {
  return value === null || (typeof value === "object" && value !== null && "undefined" in value);
}

/** The integer that stands as decimal text where a JavaScript number would not be exact; any other value itself. */
function fromDecimal(value: Value): Value {
  const isInteger = typeof value === "string" && /^-?\d+$/.test(value) && !Number.isSafeInteger(Number(value));
  return isInteger ? { int: value } : value;
}

/** The text that a host gives as bytes, where the other one is declared to give text; what is no UTF-8 stays bytes. */
function fromUtf8(value: Value, type: Declared, host: Host): Value {
  if (typeof value !== "object" || value === null || !("bytes" in value)) return value;
  if (alternative(type, "string")?.utf8 !== host) return value;
  const bytes = Buffer.from(value.bytes, "base64");
  return isUtf8(bytes) ? bytes.toString() : value;
}

/** A member of an enum is an object in one host, and its number or text in the other, which has no name to be compared. */
function isEnumMember(member: Value, plain: Value, type: Declared, host: Host, context: Context): boolean {
  if (typeof member !== "object" || member === null || !(isNumber(plain) || typeof plain === "string")) return false;
  // A member that a handle holds already is only that handle; what it is of is declared.
  const name = "object" in member ? member.object : "ref" in member ? alternative(type, "class")?.name : undefined;
  return name !== undefined && context.lookup.isEnum(host, name);
}

function compareMissing(left: Value, right: Value, type: Declared, context: Context): Mismatch | null {
  if ((left === null) === (right === null)) return null;
  // Python has one nothing; where Node declares which of its two it gives, the other one is a difference.
  const told = tellsNullFromUndefined(type);
  const node = context.right === "node" ? right : left;
  if (context.left === context.right) return mismatch(left, right, "null_undefined");
  if (told !== null && told !== (node === null ? "null" : "undefined")) return mismatch(left, right, "null_undefined");
  if (!mayBeMissing(type)) return mismatch(left, right, "null_undefined");
  note(context.idioms, "null for undefined");
  return null;
}

function compareObjects(left: object, right: object, type: Declared, context: Context): Mismatch | null {
  const leftItems = items(left);
  const rightItems = items(right);
  if (leftItems !== null && rightItems !== null) {
    if (Array.isArray(left) !== Array.isArray(right)) note(context.idioms, "tuple as array");
    return compareItems(leftItems, rightItems, type, context);
  }
  const a = left as Record<string, unknown>;
  const b = right as Record<string, unknown>;
  if ("set" in a && "set" in b) return compareSets(a.set as Value[], b.set as Value[], type, context);
  // Every array inherits a `map`.
  if (Object.hasOwn(a, "map") && Object.hasOwn(b, "map"))
    return compareMaps(a.map as Entries, b.map as Entries, type, context);
  const same = compareTagged(a, b, type, context);
  if (same !== undefined) return same;
  const isOther = isContainer(left) && isContainer(right);
  return mismatch(left as Value, right as Value, isOther ? "container_kind" : "value_kind");
}

/** Lists, tuples, sets and maps; never an object of the library. */
function isContainer(value: object): boolean {
  return items(value) !== null || Object.hasOwn(value, "set") || Object.hasOwn(value, "map");
}

/** Objects, references and the rest. Undefined: the two have no tag in common. */
function compareTagged(
  a: Record<string, unknown>,
  b: Record<string, unknown>,
  type: Declared,
  context: Context,
): Mismatch | null | undefined {
  const whole = (hint: CauseId) => mismatch(a as Value, b as Value, hint);
  if ("ref" in a && "ref" in b) return a.ref === b.ref ? null : whole("object_identity");
  if ("object" in a && "object" in b) {
    const leftClass = context.lookup.classKey(context.left, a.object as string);
    const rightClass = context.lookup.classKey(context.right, b.object as string);
    if (leftClass !== rightClass) return whole("value_kind");
    return compareStates(leftClass, a.state as State | undefined, b.state as State | undefined, context);
  }
  if (("ref" in a && "object" in b) || ("object" in a && "ref" in b)) return whole("object_identity");
  if ("object" in a && Object.hasOwn(b, "map"))
    return compareObjectWithMap(a.state as State | undefined, b.map as Entries, type, context, false);
  if (Object.hasOwn(a, "map") && "object" in b)
    return compareObjectWithMap(b.state as State | undefined, a.map as Entries, type, context, true);
  if ("bytes" in a && "bytes" in b) return a.bytes === b.bytes ? null : whole("value");
  if ("datetime" in a && "datetime" in b) return sameInstant(a.datetime, b.datetime, context) ? null : whole("value");
  if ("duration" in a || "duration" in b) return sameDuration(a, b, context) ? null : whole("value");
  if ("path" in a && "path" in b) return a.path === b.path ? null : whole("value");
  if ("slice" in a && "slice" in b) return compareItems(a.slice as Value[], b.slice as Value[], undefined, context);
  if ("cycle" in a && "cycle" in b) return a.cycle === b.cycle ? null : whole("value");
  if ("floats" in a && "floats" in b) {
    const wrap = (texts: unknown) => (texts as string[]).map((float) => ({ float }));
    return compareItems(wrap(a.floats), wrap(b.floats), { kind: "list", of: { kind: "float" } }, context);
  }
  if ("class" in a && "class" in b) {
    return foldName(a.class as string) === foldName(b.class as string) ? null : whole("value");
  }
  for (const tag of ["callback", "duck"] as const) {
    if (tag in a && tag in b) return a.as === b.as ? null : whole("object_identity");
  }
  if ("opaque" in a && "opaque" in b) {
    note(context.idioms, "not comparable");
    return null;
  }
  return undefined;
}

function sameInstant(left: unknown, right: unknown, context: Context): boolean {
  if (left === right) return true;
  if (context.left === context.right || typeof left !== "string" || typeof right !== "string") return false;
  if (toMilliseconds(left) !== toMilliseconds(right)) return false;
  note(context.idioms, "milliseconds");
  return true;
}

/** JavaScript has a number of milliseconds for a length of time. */
function sameDuration(a: Record<string, unknown>, b: Record<string, unknown>, context: Context): boolean {
  if ("duration" in a && "duration" in b && a.duration === b.duration) return true;
  if (context.left === context.right) return false;
  const [left, right] = [a, b].map((one) => {
    if ("duration" in one) return milliseconds(one.duration as string);
    return "num" in one ? parseFloatText(one.num as string) : undefined;
  });
  if (left === undefined || left !== right) return false;
  note(context.idioms, "milliseconds");
  return true;
}

function items(value: object): Value[] | null {
  if (Array.isArray(value)) return value as Value[];
  return "tuple" in value ? (value.tuple as Value[]) : null;
}

function compareItems(left: Value[], right: Value[], type: Declared, context: Context): Mismatch | null {
  if (left.length !== right.length) return { ...mismatch(left, right, "length"), path: "" };
  let mild: Mismatch | null = null;
  for (let index = 0; index < left.length; index++) {
    const found = compareValues(left[index], right[index], itemType(type, index), context);
    if (found === null) continue;
    found.path = `[${index}]${found.path}`;
    if (found.hint !== "object_identity") return found;
    mild ??= found;
  }
  return mild;
}

function compareSets(left: Value[], right: Value[], type: Declared, context: Context): Mismatch | null {
  if (left.length !== right.length) return mismatch({ set: left }, { set: right }, "length");
  const rest = [...right];
  const item = itemType(type, 0);
  for (const value of left) {
    const at = rest.findIndex((other) => compareValues(value, other, item, context) === null);
    if (at < 0) return mismatch({ set: left }, { set: right }, "value");
    rest.splice(at, 1);
  }
  return null;
}

function compareMaps(left: Entries, right: Entries, type: Declared, context: Context): Mismatch | null {
  const struct = alternative(type, "struct");
  const map = alternative(type, "map");
  const keyText = (key: Value) =>
    isNumber(key) ? String(Object.values(key)[0]).replace(/\.0$/, "") : JSON.stringify(key);
  const fold = (key: Value) => (typeof key === "string" ? JSON.stringify(foldName(key)) : keyText(key));
  let key = struct === undefined ? keyText : fold;
  let byKey = new Map(right.map(([name, value]) => [key(name), value]));
  if (struct === undefined && map === undefined && !left.every(([name]) => byKey.has(keyText(name)))) {
    // Nothing is declared about the keys: when folding makes them equal, the spelling follows each host's custom.
    const folded = new Map(right.map(([name, value]) => [fold(name), value]));
    if (folded.size === byKey.size && left.every(([name]) => folded.has(fold(name)))) {
      note(context.idioms, "key spelling");
      key = fold;
      byKey = folded;
    }
  }
  const unmatched = new Set(byKey.keys());
  for (const [name, value] of left) {
    const text = key(name);
    const place = typeof name === "string" ? `.${name}` : `[${keyText(name)}]`;
    const declared =
      struct?.fields.find((field) => foldName(field.name) === foldName(String(name)))?.type ?? map?.value;
    const found = compareValues(value, byKey.get(text), declared, context);
    unmatched.delete(text);
    if (found !== null) return { ...found, path: place + found.path };
  }
  for (const [name, value] of right) {
    if (unmatched.has(key(name)) && !isMissing(value)) {
      return { ...mismatch(undefined, value, "missing_field"), path: `.${String(name)}` };
    }
  }
  // The order of a struct's fields means nothing; that of a map does.
  if (struct !== undefined || left.length !== right.length) return null;
  return compareOrder(
    left.map(([name]) => key(name)),
    right.map(([name]) => key(name)),
    { map: left },
    { map: right },
    context,
  );
}

function compareOrder(left: string[], right: string[], whole: Value, other: Value, context: Context): Mismatch | null {
  if (left.every((name, index) => name === right[index])) return null;
  // A plain JavaScript object puts keys that look like indices first, whatever was asked for.
  const reordered = jsOrder(left);
  if (context.left !== context.right && reordered.every((name, index) => name === jsOrder(right)[index])) {
    note(context.idioms, "integer-like keys first");
    return null;
  }
  return mismatch(whole, other, "map_order");
}

function jsOrder(keys: string[]): string[] {
  const isIndex = (key: string) => /^"?(0|[1-9]\d{0,9})"?$/.test(key);
  const number = (key: string) => Number(key.replaceAll('"', ""));
  const indices = keys.filter(isIndex).sort((a, b) => number(a) - number(b));
  return [...indices, ...keys.filter((key) => !isIndex(key))];
}

function compareObjectWithMap(
  state: State | undefined,
  map: Entries,
  type: Declared,
  context: Context,
  swap: boolean,
): Mismatch | null {
  note(context.idioms, "object as plain object");
  if (state === undefined) return null;
  const fields = new Map(map.map(([name, value]) => [foldName(String(name)), value]));
  const struct = alternative(type, "struct");
  for (const [name, value] of Object.entries(state)) {
    const other = fields.get(foldName(name));
    if (name.startsWith("__") || other === undefined || isErrorState(value)) continue;
    const declared = struct?.fields.find((field) => foldName(field.name) === foldName(name))?.type;
    const found = swap
      ? compareValues(other, value, declared, context)
      : compareValues(value, other, declared, context);
    if (found !== null) return { ...found, path: `.${name}${found.path}` };
  }
  return null;
}

/** Whether an observed member failed when it was read. */
export function isErrorState(value: State[string]): value is { error: ErrorOutcome } {
  return typeof value === "object" && value !== null && "error" in value;
}

/**
 * Nested objects: the members that both sides observed. Errors of getters are left to the step that reads them, and
 * another default of such objects to the step that makes one.
 */
function compareStates(
  owner: string,
  left: State | undefined,
  right: State | undefined,
  context: Context,
): Mismatch | null {
  if (left === undefined || right === undefined) return null;
  const { lookup } = context;
  const others = new Map(Object.entries(right).map(([name, value]) => [lookup.memberKey(context.right, name), value]));
  for (const [name, value] of Object.entries(left)) {
    const other = others.get(lookup.memberKey(context.left, name));
    if (name.startsWith("__") || other === undefined || isErrorState(value) || isErrorState(other)) continue;
    const found = compareValues(value, other, undefined, context);
    if (
      found === null ||
      (found.path === "" && context.births.isKnown(owner, lookup.canonicalMember(context.left, name), found))
    )
      continue;
    return { ...found, path: `.${name}${found.path}` };
  }
  return null;
}

/** Whether a declared type is an integer and nothing wider. */
export function isDeclaredInt(type: Declared): boolean {
  return isOfKind(type, "int") && !isOfKind(type, "float", "number");
}
