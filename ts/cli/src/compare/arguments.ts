/** What is odd about the arguments of a step: the usual reasons for two conversion layers to disagree. */
import type { Step, Value } from "../program/program.ts";
import type { AlignedParameter, AlignedSignature } from "../surface/surface.ts";
import type { CauseId } from "./causes.ts";
import type { Declaration } from "./lookup.ts";
import { isNumber, parseFloatText } from "./numbers.ts";
import { hasLoneSurrogate } from "./texts.ts";
import { alternative, type Declared, isOfKind, isUndeclared, itemType } from "./types.ts";

const DEEP = 100;

/** The oddities of a step's arguments, each once, the likeliest culprit first. */
export function oddities(step: Step, declaration: Declaration): CauseId[] {
  const found = new Set<CauseId>();
  if ("set" in step) {
    inspect(step.to, declaration.returns, found);
    return [...found];
  }
  if (!("new" in step || "call" in step)) return [];
  const signature = bestSignature(step.args ?? [], step.kwargs ?? {}, declaration.signatures);
  const positional = signature?.parameters.filter((one) => one.passing === "position") ?? [];
  (step.args ?? []).forEach((value, index) => {
    const parameter = positional[index] ?? rest(positional);
    if (signature !== undefined && parameter === undefined) found.add("acceptance");
    inspect(value, parameter?.type, found, parameter?.optional);
  });
  // `**context` knows every name.
  const open = signature?.parameters.find((one) => one.python.kind === "keyword_rest");
  for (const [name, value] of Object.entries(step.kwargs ?? {})) {
    const parameter = signature?.parameters.find((one) => one.name === name);
    if (signature !== undefined && parameter === undefined && open === undefined) found.add("unknown_option_ignored");
    const type = parameter?.type ?? (open?.type.kind === "map" ? open.type.value : undefined);
    inspect(value, type, found, parameter?.optional);
  }
  const given = step.args?.length ?? 0;
  const options = signature?.parameters.filter((one) => one.passing === "option") ?? [];
  const missing = [...positional.slice(given), ...options].some(
    (one) => !one.optional && one.python.kind !== "rest" && step.kwargs?.[one.name] === undefined,
  );
  if (signature !== undefined && missing) found.add("missing_argument");
  found.delete("acceptance");
  return [...found];
}

/** Whether arguments are given that no overload has a place for: positional ones too many, or options where none are known. */
export function hasExtraArguments(step: Step, declaration: Declaration): boolean {
  if (!("new" in step || "call" in step) || declaration.signatures.length === 0) return false;
  const given = step.args?.length ?? 0;
  const names = Object.keys(step.kwargs ?? {});
  return declaration.signatures.every(({ parameters }) => {
    const positional = parameters.filter((one) => one.passing === "position");
    if (rest(positional) === undefined && given > positional.length) return true;
    const takesOptions = parameters.some((one) => one.passing === "option" || one.python.kind === "keyword_rest");
    return !takesOptions && names.some((name) => !parameters.some((one) => one.name === name));
  });
}

/** Whether all arguments that are missing could be of any type: what JavaScript passes for them, undefined, is of it. */
export function lacksOpenArguments(step: Step, declaration: Declaration): boolean {
  if (!("new" in step || "call" in step)) return false;
  const given = step.args?.length ?? 0;
  return declaration.signatures.some(({ parameters }) => {
    const positional = parameters.filter((one) => one.passing === "position");
    const missing = positional.slice(given).filter((one) => !one.optional && step.kwargs?.[one.name] === undefined);
    return missing.length > 0 && missing.every((one) => isUndeclared(one.type));
  });
}

function rest(parameters: AlignedParameter[]): AlignedParameter | undefined {
  const last = parameters.at(-1);
  return last !== undefined && (last.python.kind === "rest" || last.node.kind === "rest") ? last : undefined;
}

/** The overload that the arguments were meant for: the one with the fewest of them unexplained. */
function bestSignature(
  args: Value[],
  kwargs: Record<string, Value>,
  signatures: AlignedSignature[],
): AlignedSignature | undefined {
  let best: AlignedSignature | undefined;
  let bestScore = Number.POSITIVE_INFINITY;
  for (const one of signatures) {
    const positional = one.parameters.filter((parameter) => parameter.passing === "position");
    const odd = new Set<CauseId>();
    args.forEach((value, index) => {
      inspect(value, (positional[index] ?? rest(positional))?.type, odd);
    });
    const isOpen = one.parameters.some((parameter) => parameter.python.kind === "keyword_rest");
    const unknown = Object.keys(kwargs).filter(
      (name) => !isOpen && !one.parameters.some((parameter) => parameter.name === name),
    );
    const score = odd.size + unknown.length * 2 + Math.max(0, args.length - positional.length) * 2;
    if (score < bestScore) {
      best = one;
      bestScore = score;
    }
  }
  return best;
}

/** Add what is odd about one value under its declared type. */
function inspect(value: Value, type: Declared, found: Set<CauseId>, optional = false): void {
  if (depth(value) > DEEP) found.add("deep_nesting");
  if (holdsLoneSurrogate(value)) found.add("lone_surrogate");
  if (value === null || isUndefined(value)) {
    if (optional || !isOfKind(type, "null", "undefined", "any", "void")) found.add("null_undefined");
    return;
  }
  if (isNumber(value)) {
    inspectNumber(value, type, found);
    return;
  }
  if (typeof value === "boolean") {
    if (isUndeclared(type) || isOfKind(type, "boolean", "literal")) return;
    found.add(isOfKind(type, "int", "float", "number") ? "bool_as_number" : "type_coercion");
    return;
  }
  if (!fits(value, type)) {
    found.add("type_coercion");
    return;
  }
  const children = Array.isArray(value) ? value : typeof value === "object" && "tuple" in value ? value.tuple : null;
  children?.forEach((child, index) => {
    inspect(child, itemType(type, index), found);
  });
  if (typeof value === "object" && !Array.isArray(value) && "map" in value) {
    const struct = alternative(type, "struct");
    const map = alternative(type, "map");
    for (const [name, child] of value.map) {
      const field = struct?.fields.find((one) => one.name === name);
      if (struct !== undefined && field === undefined) found.add("unknown_option_ignored");
      inspect(child, field?.type ?? map?.value, found, field?.optional);
    }
  }
}

function inspectNumber(
  value: { int: string } | { float: string } | { num: string },
  type: Declared,
  found: Set<CauseId>,
): void {
  const takesInt = isOfKind(type, "int");
  const takesFloat = isOfKind(type, "float", "number");
  if ("int" in value) {
    const exact = BigInt(value.int);
    const beyondDouble = exact > 9007199254740991n || exact < -9007199254740991n;
    // −1 alone is odd for an unsigned parameter only, which no stub declares: it is the likeliest culprit where sides disagree.
    if (takesInt && !takesFloat) {
      if (exact < 0n || exact > 0x7fffffffn) found.add(beyondDouble ? "int_beyond_2_53" : "integer_wrap");
    } else if (beyondDouble) found.add("int_beyond_2_53");
    if (!isUndeclared(type) && !takesInt && !takesFloat) found.add("type_coercion");
    return;
  }
  const number = parseFloatText("float" in value ? value.float : value.num);
  if (takesInt && !takesFloat) {
    found.add(Number.isInteger(number) && Math.abs(number) > 0x7fffffff ? "integer_wrap" : "integer_truncation");
  } else if (!isUndeclared(type) && !takesInt && !takesFloat) found.add("type_coercion");
}

function fits(value: Exclude<Value, null | boolean>, type: Declared): boolean {
  if (isUndeclared(type) || isNumber(value)) return true;
  if (typeof value === "string") return isOfKind(type, "string", "path", "literal", "enum");
  if (Array.isArray(value)) return isOfKind(type, "list", "tuple", "iterator", "set", "buffer", "struct");
  if ("map" in value) return isOfKind(type, "map", "struct", "class");
  if ("tuple" in value) return isOfKind(type, "list", "tuple", "iterator");
  if ("set" in value) return isOfKind(type, "set", "list", "iterator");
  if ("bytes" in value || "floats" in value) return isOfKind(type, "bytes", "buffer", "list", "string");
  if ("datetime" in value) return isOfKind(type, "datetime");
  if ("duration" in value) return isOfKind(type, "duration");
  if ("callback" in value) return isOfKind(type, "callback");
  if ("path" in value || "fixture" in value) return isOfKind(type, "path", "string");
  if ("nested" in value) return isOfKind(type, value.nested.in === "list" ? "list" : "map", "struct");
  return true;
}

function isUndefined(value: Value): boolean {
  return typeof value === "object" && value !== null && "undefined" in value;
}

function holdsLoneSurrogate(value: Value): boolean {
  if (typeof value === "string") return hasLoneSurrogate(value);
  return typeof value === "object" && value !== null && /\\u[dD][89a-fA-F]/.test(JSON.stringify(value));
}

/** How deep collections nest. */
export function depth(value: Value): number {
  let deepest = 0;
  const stack: [Value, number][] = [[value, 0]];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const [one, level] = top;
    if (level > deepest) deepest = level;
    if (typeof one !== "object" || one === null) continue;
    if ("nested" in one) {
      stack.push([one.nested.of, level + one.nested.depth]);
      continue;
    }
    const children = Array.isArray(one)
      ? one
      : "tuple" in one
        ? one.tuple
        : "set" in one
          ? one.set
          : "map" in one
            ? one.map.flat()
            : [];
    for (const child of children) stack.push([child, level + 1]);
  }
  return deepest;
}
