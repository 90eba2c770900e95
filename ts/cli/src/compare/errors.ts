/** Identity of errors, by levels: catchable, kind, code or class, message, cause. Only the first level that differs is told. */
import type { ErrorOutcome } from "../program/program.ts";
import type { CauseId } from "./causes.ts";
import { type Aspect, note } from "./difference.ts";
import { type Host, kindsOf, libraryClass, libraryCode, refusesArgument } from "./kind.ts";
import { foldErrorName, foldName } from "./names.ts";
import { isDefaultText, sameMessage } from "./texts.ts";
import { type Context, compareValues } from "./values.ts";

/** The first level at which two errors differ. */
export interface ErrorMismatch {
  aspect: Extract<Aspect, "catchable" | "error kind" | "error identity" | "message" | "error fields" | "cause">;
  hint: CauseId;
}

/** Compare the errors of one step; null when callers of both hosts can treat them alike. */
export function compareErrors(left: ErrorOutcome, right: ErrorOutcome, context: Context): ErrorMismatch | null {
  if ((left.outside === true) !== (right.outside === true))
    return { aspect: "catchable", hint: outsideCause(left, right) };
  if (left.outside === true && isPanic(left, context.left) && isPanic(right, context.right)) {
    return { aspect: "catchable", hint: "panic" };
  }
  const leftCode = libraryCode(left);
  const rightCode = libraryCode(right);
  const bothCoded = leftCode !== null && rightCode !== null;
  // A refused argument is the host's own affair unless both sides gave it a code of the library.
  if (!bothCoded && refusesArgument(left, context.left) && refusesArgument(right, context.right)) {
    note(context.idioms, "both refuse the argument");
    return null;
  }
  if (bothCoded && leftCode !== rightCode && foldErrorName(leftCode) !== foldErrorName(rightCode)) {
    return { aspect: "error identity", hint: "error_code" };
  }
  const rightKinds = kindsOf(right, context.right);
  if (!kindsOf(left, context.left).some((kind) => rightKinds.includes(kind))) {
    return { aspect: "error kind", hint: "error_kind" };
  }
  // The same code of the platform on both sides (`ENOENT`) is as good an identity as one of the library.
  if (!bothCoded && (left.code === null || left.code !== right.code)) {
    const leftName = leftCode ?? libraryClass(left, context.left);
    const rightName = rightCode ?? libraryClass(right, context.right);
    if ((leftName === null) !== (rightName === null)) return { aspect: "error identity", hint: "error_class" };
    if (leftName !== null && rightName !== null && foldErrorName(leftName) !== foldErrorName(rightName)) {
      return { aspect: "error identity", hint: "error_class" };
    }
  }
  if (!sameMessage(left.message, right.message)) return { aspect: "message", hint: messageCause(left, right) };
  if (!sameFields(left, right, context)) return { aspect: "error fields", hint: "error_fields" };
  if ((left.cause === null) !== (right.cause === null)) return { aspect: "cause", hint: "error_cause" };
  if (left.cause !== null && right.cause !== null && compareErrors(left.cause, right.cause, context) !== null) {
    return { aspect: "cause", hint: "error_cause" };
  }
  return null;
}

/** Whether the attributes that both errors have are equal: each host gives its errors others besides. */
function sameFields(left: ErrorOutcome, right: ErrorOutcome, context: Context): boolean {
  const others = new Map(Object.entries(right.fields ?? {}).map(([name, value]) => [foldName(name), value]));
  return Object.entries(left.fields ?? {}).every(([name, value]) => {
    const other = others.get(foldName(name));
    return other === undefined || compareValues(value, other, undefined, context) === null;
  });
}

/** Whether the error is a panic of the library, whichever way it crossed the border. */
export function isPanic(error: ErrorOutcome, host: Host): boolean {
  return kindsOf(error, host).includes("panic") && (host === "python" || error.classes[0] !== "Error");
}

function outsideCause(left: ErrorOutcome, right: ErrorOutcome): CauseId {
  const outside = left.outside === true ? left : right;
  return /panic/i.test(outside.classes.join(" ")) ? "panic" : "uncatchable";
}

function messageCause(left: ErrorOutcome, right: ErrorOutcome): CauseId {
  // One side flattens its chain into the text, or shows only the outermost link.
  const chain = (error: ErrorOutcome): string[] => [error.message, ...(error.cause === null ? [] : chain(error.cause))];
  const [a, b] = [chain(left), chain(right)];
  const joined = (one: string[], other: string[]) => one.length > 1 && one.every((text) => other[0]!.includes(text));
  if (joined(a, b) || joined(b, a)) return "error_cause";
  if (isDefaultText(left.message) !== isDefaultText(right.message)) return "object_text";
  return "error_message";
}
