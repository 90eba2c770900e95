/** A difference becomes a class of the taxonomy and a likely cause. */
import type { Death, Program, Step } from "../program/program.ts";
import { splitName } from "../surface/names.ts";
import { depth, oddities } from "./arguments.ts";
import type { CauseId } from "./causes.ts";
import type { Answered, Difference, Severity } from "./difference.ts";
import { handlesOf } from "./handles.ts";
import { refusesArgument } from "./kind.ts";
import type { Declaration, Lookup } from "./lookup.ts";
import { indexUnits } from "./offsets.ts";
import { acceptedCauses, isReadOnly, refusalCauses } from "./refusals.ts";

/** What a difference is called. */
export interface Classified {
  severity: Severity;
  cause: CauseId;
  /** Other causes that the arguments leave open; shrinking decides. */
  alternatives: CauseId[];
}

/** Causes of an argument that one side's conversion turns into another value. */
const CONVERSIONS = new Set<CauseId>([
  "unknown_option_ignored",
  "lone_surrogate",
  "integer_truncation",
  "int_beyond_2_53",
  "integer_wrap",
  "bool_as_number",
  "null_undefined",
  "missing_argument",
  "type_coercion",
]);

/** Hints that stand whatever the arguments were. */
const CERTAIN = new Set<CauseId>([
  "panic",
  "uncatchable",
  "null_undefined",
  "lone_surrogate",
  "int_beyond_2_53",
  "integer_wrap",
  "integer_truncation",
  "negative_zero",
  "float_kind",
  "float_bits",
  "object_identity",
  "object_text",
  "map_order",
  "async_one_side",
  "callback_calls",
  "argument_mutated",
  "early_exhaustion",
  "error_kind",
  "error_code",
  "error_class",
  "error_message",
  "error_cause",
  "error_fields",
]);

/** What V8 says of traps; Python has a RuntimeError of its own. */
const TRAP =
  /^(unreachable|memory access out of bounds|table index is out of bounds|null function or function signature mismatch|divide by zero|integer overflow|indirect call to null|invalid conversion to integer|float unrepresentable in integer range|divide result unrepresentable|remainder by zero|dereferencing a null pointer|operation does not support unaligned accesses)/;

const STYLE = new Set<CauseId>(["object_identity", "object_text", "async_one_side", "null_undefined", "key_spelling"]);

/** Name the class and the cause of a difference of a program. */
export function classify(difference: Difference, program: Program, lookup: Lookup): Classified {
  const step = stepAt(program, difference.at);
  switch (difference.aspect) {
    case "death":
      return one("crash", wrapsField(step, program, lookup) ? "integer_wrap" : deathCause(difference, program));
    case "catchable":
      return one("crash", difference.hint ?? "uncatchable");
    default:
  }
  // After a trap of WebAssembly its instance lies: for the caller that is a crash, whatever can be caught of it.
  if (isTrap(difference.left) || isTrap(difference.right))
    return one("crash", isDeep(program) ? "deep_nesting" : "panic");
  switch (difference.aspect) {
    case "acceptance":
      return acceptance(difference, program, step, lookup);
    case "error kind":
    case "error identity":
    case "message":
    case "error fields":
    case "cause":
      return bothFail(difference, program, step, lookup);
    case "async":
      return one("style", "async_one_side");
    case "expectation":
      return one(severityOfExpectation(difference), difference.hint ?? "value");
    default:
      return wrongValue(difference, program, step, lookup);
  }
}

function isTrap(answer: Answered): boolean {
  return "error" in answer && answer.error.classes[0] === "RuntimeError" && TRAP.test(answer.error.message);
}

function one(severity: Severity, cause: CauseId): Classified {
  return { severity, cause, alternatives: [] };
}

function severityOfExpectation(difference: Difference): Severity {
  const { hint } = difference;
  if (hint === "error_message") return "message";
  if (hint === "error_kind" || hint === "error_code") return "error_identity";
  if (hint === "acceptance" || hint === "error_swallowed") return "acceptance";
  return "wrong_value";
}

/** Both sides fail. When only one of them turned the argument away, the other took it and failed later, of something else. */
function bothFail(difference: Difference, program: Program, step: Step | undefined, lookup: Lookup): Classified {
  const { left, right, hint, aspect } = difference;
  if ("error" in left && "error" in right) {
    const [a, b] = [refusalCauses(left.error), refusalCauses(right.error)];
    const odd = odditiesOf(step, difference, program, lookup);
    const cause = odd.find((one) => a.includes(one) !== b.includes(one));
    if (cause !== undefined) return one("error_identity", cause);
  }
  if (aspect === "message" && hint !== "error_cause") return one("message", hint ?? "error_message");
  return one("error_identity", hint ?? "error_kind");
}

/** One side fails where the other answers. */
function acceptance(difference: Difference, program: Program, step: Step | undefined, lookup: Lookup): Classified {
  const failed =
    "error" in difference.left ? difference.left.error : "error" in difference.right ? difference.right.error : null;
  if (failed?.outside === true && wrapsField(step, program, lookup)) return one("acceptance", "integer_wrap");
  // A panic, or anything that `except Exception` does not catch, is a crash for the caller.
  if (failed?.outside === true) return one("crash", /panic/i.test(failed.classes.join(" ")) ? "panic" : "uncatchable");
  if (failed !== null && step !== undefined && "set" in step && isReadOnly(failed))
    return one("acceptance", "read_only");
  const odd = odditiesOf(step, difference, program, lookup);
  const told = failed === null ? [] : acceptedCauses(failed);
  const sure = odd.find((cause) => told.includes(cause));
  if (sure !== undefined) return one("acceptance", sure);
  const [first, ...rest] = odd;
  if (first !== undefined) return { severity: "acceptance", cause: first, alternatives: rest };
  if (step !== undefined && throwsFromCallback(step, program)) return one("acceptance", "callback_error");
  if (failed !== null && /recursion|stack/i.test(failed.message) && isDeep(program))
    return one("acceptance", "deep_nesting");
  // What nothing declares the refusal itself may name.
  const named = (["type_coercion", "unknown_option_ignored"] as const).find((cause) => told.includes(cause));
  if (named !== undefined) return one("acceptance", named);
  const isRefusal = failed !== null && (refusesArgument(failed, "python") || refusesArgument(failed, "node"));
  return one("acceptance", isRefusal || failed === null ? "acceptance" : "error_swallowed");
}

/** Both sides answer, and the answers or what they leave behind differ. */
function wrongValue(difference: Difference, program: Program, step: Step | undefined, lookup: Lookup): Classified {
  const { hint } = difference;
  const units = indexUnits(difference, program);
  // Offsets that mean the same place in each host's own string are right in both, and still cannot be exchanged.
  if (units !== null) return one(units.samePlace ? "style" : "wrong_value", "string_index_unit");
  if (hint !== undefined && CERTAIN.has(hint)) return one(STYLE.has(hint) ? "style" : "wrong_value", hint);
  const odd = odditiesOf(step, difference, program, lookup);
  const [first, ...rest] = odd;
  const own = hint ?? (difference.aspect === "state" ? "state" : "value");
  // The arguments are the likelier reason than the member's own work; without them it is the member's.
  if (first !== undefined) return { severity: "wrong_value", cause: first, alternatives: [...rest, own] };
  return one("wrong_value", own);
}

function odditiesOf(step: Step | undefined, difference: Difference, program: Program, lookup: Lookup): CauseId[] {
  if (step === undefined) return [];
  const blamed = difference.blame === undefined ? step : (stepAt(program, difference.blame) ?? step);
  const found = new Set(oddities(blamed, declarationOf(blamed, difference, lookup)));
  // A plain object carries the oddities of its making to where it is used.
  const used = handlesOf(step);
  for (const other of program.steps) {
    if (!("new" in other) || !used.includes(other.as) || !lookup.isPlain(other.new)) continue;
    for (const cause of oddities(other, lookup.construction(other.new))) found.add(cause);
  }
  return [...found].filter((cause) => CONVERSIONS.has(cause) || cause === "deep_nesting");
}

/** Whether a step uses an object whose field was set to an integer that one side's conversion turns into another one. */
function wrapsField(step: Step | undefined, program: Program, lookup: Lookup): boolean {
  const used = step === undefined ? [] : handlesOf(step);
  return program.steps.some((other) => {
    if (!("set" in other) || !used.includes(other.on) || other === step) return false;
    const owner = lookup.alignment.classes.find(
      (one) => lookup.isPlain(one.canonical) && lookup.member(one.canonical, other.set) !== undefined,
    );
    return (
      owner !== undefined && oddities(other, lookup.declaration(owner.canonical, other.set)).includes("integer_wrap")
    );
  });
}

function declarationOf(step: Step, difference: Difference, lookup: Lookup): Declaration {
  if ("new" in step) return lookup.construction(step.new);
  const [owner, name] = split(difference.member, lookup);
  return lookup.declaration(owner, "call" in step ? step.call : name);
}

/** The class of a label and its member; a function of the module, or of a submodule, has no class. */
function split(label: string, lookup: Lookup): [string | null, string] {
  const { prefix, local } = splitName(label);
  return prefix === null || lookup.member(null, label) !== undefined ? [null, label] : [prefix, local];
}

function deathCause(difference: Difference, program: Program): CauseId {
  const deaths = [difference.left, difference.right].filter((side): side is { death: Death } => "death" in side);
  const death = deaths[0]!.death;
  const text = deaths.map((side) => side.death.stderr).join("\n");
  if (death.death === "hang") return "hang";
  if (death.death === "memory") return "memory";
  if (death.death === "exit") return "exit";
  if (/stack overflow|has overflowed its stack/i.test(text) || isDeep(program)) return "deep_nesting";
  if (/memory allocation|capacity overflow|out of memory|alloc/i.test(text)) return "allocation";
  if (/panicked at|panic/i.test(text)) return "panic_abort";
  if (deaths.length === 1) {
    const other = deaths[0] === difference.left ? difference.right : difference.left;
    if ("error" in other && /panic/i.test(other.error.classes.join(" "))) return "panic_abort";
  }
  return "abort";
}

function isDeep(program: Program): boolean {
  return program.steps.some((step) => {
    const values = "args" in step ? [...(step.args ?? []), ...Object.values(step.kwargs ?? {})] : [];
    return values.some((value) => depth(value) > 50 || JSON.stringify(value).includes('"cycle"'));
  });
}

/** Whether a callback that throws is among the arguments of a step, or of what made the objects it uses. */
function throwsFromCallback(step: Step, program: Program): boolean {
  const used = handlesOf(step);
  const makers = program.steps.filter((other) => "new" in other && used.includes(other.as));
  return [step, ...makers].some((one) => /"callback":\{[^}]*"throws"/.test(JSON.stringify(one)));
}

/** The step at an index path. */
export function stepAt(program: Program, at: number[]): Step | undefined {
  let steps = program.steps;
  let step: Step | undefined;
  for (const index of at) {
    step = steps[index];
    steps = step !== undefined && "scope" in step ? step.steps : [];
  }
  return step;
}

/** Whether an answer is a failure. */
export function isFailure(answer: Answered): boolean {
  return "error" in answer || "death" in answer;
}
