/** What the comparison says: where two subjects disagree, and what each of them answered. */
import type { Death, ErrorOutcome, Value } from "../program/program.ts";
import type { CauseId } from "./causes.ts";
import type { Host } from "./kind.ts";

/** The taxonomy of differences, the gravest first. */
export const SEVERITIES = ["wrong_value", "crash", "acceptance", "error_identity", "message", "style"] as const;

/** A class of the taxonomy. */
export type Severity = (typeof SEVERITIES)[number];

/** The class in words, as reports print it. */
export const SEVERITY_TITLES: Record<Severity, string> = {
  wrong_value: "silent wrong value",
  crash: "crash",
  acceptance: "accept/reject",
  error_identity: "error identity",
  message: "message",
  style: "style",
};

/** What one side answered at the place of a difference. */
export type Answered = { value: Value } | { error: ErrorOutcome } | { death: Death } | { absent: true };

/** Which part of two outcomes disagrees. */
export type Aspect =
  | "value"
  | "acceptance"
  | "death"
  | "catchable"
  | "error kind"
  | "error identity"
  | "message"
  | "cause"
  | "error fields"
  | "state"
  | "exhaustion"
  | "calls"
  | "mutation"
  | "async"
  | "law"
  | "expectation";

/** A disagreement of two subjects over one step, or of one subject with a case's expectation. */
export interface Difference {
  /** Index of the step; inside scopes the indices from outside in. */
  at: number[];
  /** The member, canonical: `Counter.add`, `Counter()`, `inline`. */
  member: string;
  aspect: Aspect;
  /** Where in the value: `[0].line`, or the observed member of a state; empty for the whole. */
  path: string;
  left: Answered;
  right: Answered;
  /** The step whose arguments are to blame, where it is another: a plain object is checked when it is used. */
  blame?: number[];
  /** What the comparison itself already knows about the cause. */
  hint?: CauseId;
  /** For a law or an expectation: in words what was asked. */
  asked?: string;
  /** The one subject that is concerned, where it is not both. */
  host?: Host;
}

/** Things that hosts do differently by nature; counted, never a difference. */
export type Idiom =
  | "explained by int-53"
  | "null for undefined"
  | "both refuse the argument"
  | "extra arguments ignored"
  | "tuple as array"
  | "object as plain object"
  | "key spelling"
  | "bytes for text"
  | "enum member as its value"
  | "number kind"
  | "integer as bigint"
  | "milliseconds"
  | "asynchronous on one side, as declared"
  | "integer-like keys first"
  | "not comparable"
  | "hash not compared"
  | "both hang"
  | "both out of memory"
  | "memory cap"
  | "undefined is absent"
  | "absent is undefined"
  | "lazy iteration"
  | "accepted by policy"
  | "plain objects are unchecked"
  | "chained calls"
  | "iterators of each host"
  | "host words in a text";

/** How often each idiom was met. */
export type Idioms = Partial<Record<Idiom, number>>;

/** Count an idiom. */
export function note(idioms: Idioms, idiom: Idiom, count = 1): void {
  idioms[idiom] = (idioms[idiom] ?? 0) + count;
}
