/** Arguments on their way to a host: by position or by name there, with the keys of structs as that host names them. */
import { floatText } from "../subject/worker/numbers.ts";
import { camelCase, fold } from "../surface/names.ts";
import type { AlignedParameter, AlignedSignature, Type } from "../surface/surface.ts";
import { alternatives } from "../surface/type.ts";
import type { Host } from "./members.ts";
import type { Arguments, Value } from "./program.ts";

/** Lowers what a value holds: callbacks, ducks and class names. */
export type LowerValue = (value: Value) => Value;

const NONE: Arguments = {};
const ABSENT: Value = { undefined: true };

/** Lower the arguments of a call. */
export function lowerArguments(
  given: Arguments,
  signatures: readonly AlignedSignature[],
  host: Host,
  lowerValue: LowerValue,
): Arguments {
  const { args, kwargs } = given;
  if (args === undefined && kwargs === undefined) return NONE;
  if (host === "python") {
    return forPython(given, signatures, lowerValue);
  }
  return forNode(args ?? [], kwargs ?? {}, fitting(signatures, args ?? [], kwargs ?? {}), lowerValue);
}

function forPython(
  { args, kwargs }: Arguments,
  signatures: readonly AlignedSignature[],
  lowerValue: LowerValue,
): Arguments {
  const parameters = fitting(signatures, args ?? [], kwargs ?? {})?.parameters ?? [];
  const byPosition = parameters.filter((one) => one.python.kind !== "keyword");
  const lowered: Arguments = {};
  if (args !== undefined) {
    lowered.args = args.map((value, index) => asBytes(lowerValue(value), byPosition[index]?.type, "python"));
  }
  if (kwargs !== undefined) {
    const typeOf = (name: string) => parameters.find((one) => one.name === name)?.type;
    lowered.kwargs = Object.fromEntries(
      Object.entries(kwargs).map(([name, value]) => [name, asBytes(lowerValue(value), typeOf(name), "python")]),
    );
  }
  return lowered;
}

/** A text as its bytes, for the host that takes those in its place; a lone surrogate has none, and stays what it is. */
function asBytes(value: Value, type: Type | undefined, host: Host): Value {
  if (Array.isArray(value)) return value.map((item, index) => asBytes(item, itemType(type, index), host));
  if (typeof value !== "string" || type === undefined || alternative(type, "string")?.utf8 !== host) return value;
  return value.isWellFormed() ? { bytes: Buffer.from(value).toString("base64") } : value;
}

function forNode(
  args: readonly Value[],
  kwargs: Readonly<Record<string, Value>>,
  signature: AlignedSignature | undefined,
  lowerValue: LowerValue,
): Arguments {
  const parameters = signature?.parameters ?? [];
  const byPosition = parameters.filter((one) => one.python.kind !== "keyword");
  const placed: (Value | undefined)[] = [];
  const options: Record<string, Value> = {};
  let hasOptions = false;
  const place = (parameter: AlignedParameter, value: Value, offset = 0) => {
    const lowered = fit(lowerValue(value), { node: parameter.node.type, shared: parameter.type });
    if (parameter.passing === "position") placed[parameter.nodePosition + offset] = lowered;
    else {
      options[parameter.node.name] = lowered;
      hasOptions = true;
    }
  };
  args.forEach((value, index) => {
    const rest = byPosition.at(-1);
    const parameter = byPosition[index];
    if (parameter !== undefined) place(parameter, value);
    else if (rest?.python.kind === "rest") place(rest, value, index - byPosition.length + 1);
    // One too many: it stays one too many.
    else placed[Math.max(placed.length, index)] = lowerValue(value);
  });
  for (const [name, value] of Object.entries(kwargs)) {
    const parameter = parameters.find((one) => one.name === name);
    if (parameter !== undefined) place(parameter, value);
    else {
      options[optionName(name)] = lowerValue(value);
      hasOptions = true;
    }
  }
  // Whoever gives none passes an empty object where Node declares it as required.
  const required = signature?.requiresOptions;
  if (required !== undefined && placed.length <= required) hasOptions = true;
  if (!hasOptions) return { args: filled(placed) };
  // The options object stands after all positional parameters, given or not.
  const option = parameters.find((one) => one.passing === "option");
  const positions = parameters.filter((one) => one.passing === "position").map((one) => one.nodePosition + 1);
  const at = Math.max(option?.nodePosition ?? required ?? Math.max(0, ...positions), placed.length);
  placed.length = at;
  return { args: filled(placed), kwargs: options };
}

function filled(placed: readonly (Value | undefined)[]): Value[] {
  return Array.from(placed, (value) => (value === undefined ? ABSENT : value));
}

/** The first overload that has room for the arguments. */
function fitting(
  signatures: readonly AlignedSignature[],
  args: readonly Value[],
  kwargs: Readonly<Record<string, Value>>,
): AlignedSignature | undefined {
  if (signatures.length < 2) return signatures[0];
  const names = Object.keys(kwargs);
  const fits = (one: AlignedSignature) =>
    one.parameters.filter((parameter) => parameter.python.kind !== "keyword").length >= args.length &&
    names.every((name) => one.parameters.some((parameter) => parameter.name === name));
  return signatures.find(fits) ?? signatures[0];
}

/** What is declared for a value: by Node alone, and by both hosts where that is known. */
interface Declared {
  node: Type;
  shared: Type | undefined;
}

/**
 * Fit a value to its declaration: the keys of a struct are renamed (plain maps are data and stay), and an integer where
 * both sides take floats is the number that it is in JavaScript, whatever its size.
 */
function fit(value: Value, type: Declared): Value {
  if (typeof value === "string") return asBytes(value, type.shared, "node");
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return fitItems(value, type);
  if ("int" in value) return fitInteger(value, type);
  if ("tuple" in value) return { tuple: fitItems(value.tuple, type) };
  return "map" in value ? fitMap(value, type) : value;
}

function fitMap(value: { map: [Value, Value][] }, { node, shared }: Declared): Value {
  const struct = alternative(node, "struct");
  const fields = alternative(shared, "struct")?.fields;
  if (struct !== undefined) {
    const renamed = value.map.map(([key, item]): [Value, Value] => {
      if (typeof key !== "string") return [key, item];
      const field = struct.fields.find((one) => fold(one.name) === fold(key));
      if (field === undefined) return [optionName(key), item];
      const other = fields?.find((one) => fold(one.name) === fold(key));
      return [field.name, fit(item, { node: field.type, shared: other?.type })];
    });
    return { map: renamed };
  }
  const map = alternative(node, "map");
  if (map === undefined) return value;
  const item: Declared = { node: map.value, shared: alternative(shared, "map")?.value };
  return { map: value.map.map(([key, one]): [Value, Value] => [key, fit(one, item)]) };
}

function fitItems(items: Value[], type: Declared): Value[] {
  if (itemType(type.node, 0) === undefined) return items;
  return items.map((item, index) => {
    const node = itemType(type.node, index);
    return node === undefined ? item : fit(item, { node, shared: itemType(type.shared, index) });
  });
}

function itemType(type: Type | undefined, index: number): Type | undefined {
  for (const part of type === undefined ? [] : alternatives(type)) {
    if (part.kind === "list") return part.of;
    if (part.kind === "tuple") return part.of[index];
  }
  return undefined;
}

function fitInteger(value: { int: string }, { shared }: Declared): Value {
  const number = Number(value.int);
  if (Number.isSafeInteger(number) || !Number.isFinite(number)) return value;
  const kinds = shared === undefined ? [] : alternatives(shared).map((part) => part.kind);
  const isFloat = kinds.includes("float") && !kinds.includes("int");
  return isFloat ? { float: floatText(number) } : value;
}

/** What an undeclared name becomes in Node: only what looks like a name of Python's is renamed, all else is data. */
function optionName(name: string): string {
  return /^[a-z][a-z\d]*(_[a-z\d]+)+$/.test(name) ? camelCase(name) : name;
}

function alternative<K extends Type["kind"]>(type: Type | undefined, kind: K): Extract<Type, { kind: K }> | undefined {
  const found = type === undefined ? undefined : alternatives(type).find((part) => part.kind === kind);
  return found as Extract<Type, { kind: K }> | undefined;
}
