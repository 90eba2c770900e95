/** Arguments on their way to a host: by position or by name there, with the keys of structs as that host names them. */
import { camelCase, fold } from "../surface/names.ts";
import type { AlignedParameter, AlignedSignature, Type } from "../surface/surface.ts";
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
    const lowered: Arguments = {};
    if (args !== undefined) lowered.args = args.map(lowerValue);
    if (kwargs !== undefined) lowered.kwargs = mapValues(kwargs, lowerValue);
    return lowered;
  }
  return forNode(args ?? [], kwargs ?? {}, fitting(signatures, args ?? [], kwargs ?? {}), lowerValue);
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
    const lowered = lowerStruct(lowerValue(value), parameter.node.type);
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
  if (!hasOptions) return { args: filled(placed) };
  // The options object stands after all positional parameters, given or not.
  const option = parameters.find((one) => one.passing === "option");
  const positions = parameters.filter((one) => one.passing === "position").map((one) => one.nodePosition + 1);
  const at = Math.max(option?.nodePosition ?? Math.max(0, ...positions), placed.length);
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

/** Rename the keys of a map where Node declares a struct; plain maps are data and stay. */
function lowerStruct(value: Value, type: Type): Value {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const item = itemType(type);
    return item === undefined ? value : value.map((one) => lowerStruct(one, item));
  }
  if (!("map" in value)) return value;
  const struct = alternative(type, "struct");
  if (struct !== undefined) {
    const renamed = value.map.map(([key, item]): [Value, Value] => {
      if (typeof key !== "string") return [key, item];
      const field = struct.fields.find((one) => fold(one.name) === fold(key));
      return field === undefined ? [optionName(key), item] : [field.name, lowerStruct(item, field.type)];
    });
    return { map: renamed };
  }
  const map = alternative(type, "map");
  if (map === undefined) return value;
  return { map: value.map.map(([key, item]): [Value, Value] => [key, lowerStruct(item, map.value)]) };
}

/** What an undeclared name becomes in Node: only what looks like a name of Python's is renamed, all else is data. */
function optionName(name: string): string {
  return /^[a-z][a-z\d]*(_[a-z\d]+)+$/.test(name) ? camelCase(name) : name;
}

function alternative<K extends Type["kind"]>(type: Type, kind: K): (Type & { kind: K }) | undefined {
  if (type.kind === kind) return type as Type & { kind: K };
  if (type.kind !== "union") return undefined;
  for (const part of type.of) {
    const found = alternative(part, kind);
    if (found !== undefined) return found;
  }
  return undefined;
}

function itemType(type: Type): Type | undefined {
  const list = alternative(type, "list");
  return list?.kind === "list" ? list.of : undefined;
}

function mapValues<T, U>(record: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}
