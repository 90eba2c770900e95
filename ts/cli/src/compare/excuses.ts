/** Disagreements about one step that come from the nature of the hosts and that no binding can mend. */
import type { ErrorOutcome, Outcome, Step, Value } from "../program/program.ts";
import type { AlignedParameter } from "../surface/surface.ts";
import { hasExtraArguments } from "./arguments.ts";
import type { Idiom } from "./difference.ts";
import type { Declaration } from "./lookup.ts";
import { isNumber } from "./numbers.ts";
import { refusalCauses } from "./refusals.ts";
import { alternative, type Declared, isOfKind, itemType } from "./types.ts";
import type { Context } from "./values.ts";

/** Why the two answers of a step, of which at least one is an error, are no difference; null when they are one. */
export function excuse(
  step: Step,
  left: Outcome,
  right: Outcome,
  declaration: Declaration,
  owner: string | null,
  context: Context,
): Idiom | null {
  const failed = left.error ?? right.error;
  const accepted = left.error === undefined ? left : right;
  if (failed?.code === "ERR_UNSAFE_INTEGER" && isBeyondSafe(accepted.value)) {
    // Named in the mirror rules: a result that a JavaScript number cannot hold is refused, never rounded.
    return "explained by int-53";
  }
  if (context.left === context.right) return null;
  const [python, node] = context.left === "python" ? [left, right] : [right, left];
  // The cap of the worker, not the library, refused; the other side's memory is measured in another way.
  if (python.error?.classes[0] === "MemoryError") return "memory cap";
  // A generator does nothing before its first item is asked for.
  if ("iterate" in step && step.limit === 0) return "lazy iteration";
  if ("set" in step && owner !== null && context.lookup.isPlain(owner)) return "plain objects are unchecked";
  if (python.error !== undefined && node.error !== undefined && isArity(python.error)) {
    // Python looks at names and count first. Both refuse the call, and no text or code of it is the library's.
    return "both refuse the argument";
  }
  if (python.error?.classes.includes("TypeError")) {
    if (hasExtraArguments(step, declaration)) return "extra arguments ignored";
    if (someArgument(step, declaration, isUndefined)) return "undefined is absent";
    if (someArgument(step, declaration, isTupleForList)) return "tuple as array";
  }
  // Python goes on with the float, which may be refused for what it is.
  if (node.error?.classes.includes("TypeError") && hasUnsafeForFloat(step, declaration)) return "integer as bigint";
  return null;
}

function isArity(error: ErrorOutcome): boolean {
  if (error.classes[0] !== "TypeError") return false;
  const causes = refusalCauses(error);
  return causes.includes("unknown_option_ignored") || causes.includes("missing_argument");
}

type Judge = (value: Value, parameter: AlignedParameter | undefined) => boolean;

function someArgument(step: Step, declaration: Declaration, judge: Judge): boolean {
  if (!("new" in step || "call" in step)) return false;
  const parameters = declaration.signatures.flatMap((one) => one.parameters);
  const positional = declaration.signatures[0]?.parameters.filter((one) => one.passing === "position") ?? [];
  if ((step.args ?? []).some((value, index) => judge(value, positional[index]))) return true;
  return Object.entries(step.kwargs ?? {}).some(([name, value]) =>
    judge(
      value,
      parameters.find((one) => one.name === name),
    ),
  );
}

/** Python has no undefined: what JavaScript takes as "not given" is an explicit None there. */
function isUndefined(value: Value): boolean {
  return typeof value === "object" && value !== null && "undefined" in value;
}

/** JavaScript has no tuples: it sees the array that was asked for. */
function isTupleForList(value: Value, parameter: AlignedParameter | undefined): boolean {
  const isTuple = typeof value === "object" && value !== null && "tuple" in value;
  return isTuple && isOfKind(parameter?.type, "list") && !isOfKind(parameter?.type, "tuple");
}

function hasUnsafeForFloat(step: Step, declaration: Declaration): boolean {
  if ("set" in step) return holdsUnsafeForFloat(step.to, declaration.returns);
  return someArgument(step, declaration, isUnsafeForFloat);
}

/** An integer that only a bigint holds is none of JavaScript's numbers; Python turns it into a float. */
function isUnsafeForFloat(value: Value, parameter: AlignedParameter | undefined): boolean {
  return holdsUnsafeForFloat(value, parameter?.type);
}

function holdsUnsafeForFloat(value: Value, type: Declared): boolean {
  if (isNumber(value)) {
    if (!("int" in value) || Number.isSafeInteger(Number(value.int))) return false;
    return isOfKind(type, "float", "number") && !isOfKind(type, "int");
  }
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) return value.some((item, index) => holdsUnsafeForFloat(item, itemType(type, index)));
  if ("tuple" in value) return holdsUnsafeForFloat(value.tuple, type);
  if (!("map" in value)) return false;
  const struct = alternative(type, "struct");
  const map = alternative(type, "map");
  return value.map.some(([name, item]) => {
    return holdsUnsafeForFloat(item, struct?.fields.find((field) => field.name === name)?.type ?? map?.value);
  });
}

/** Whether a value is, or holds, an integer that a JavaScript number cannot hold. */
function isBeyondSafe(value: Value | undefined): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) return value.some(isBeyondSafe);
  if ("int" in value) return !Number.isSafeInteger(Number(value.int));
  if ("tuple" in value) return value.tuple.some(isBeyondSafe);
  if ("map" in value) return value.map.flat().some(isBeyondSafe);
  return false;
}
