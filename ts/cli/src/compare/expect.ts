/** Comparison of one subject's transcript with what a hand-written case expects of it. */
import type { ErrorOutcome, ExpectedError, Outcome, Program, Result, State, Step, Value } from "../program/program.ts";
import type { CauseId } from "./causes.ts";
import { answered } from "./compare.ts";
import type { Answered, Difference } from "./difference.ts";
import { Handles } from "./handles.ts";
import { type Host, kindsOf } from "./kind.ts";
import { foldName } from "./names.ts";
import { sameMessage } from "./texts.ts";
import { type Context, compareValues, isErrorState } from "./values.ts";

/** Where one subject does not do what its case says; `left` is the expectation, `right` the answer. */
export function compareWithCase(program: Program, result: Result, host: Host, context: Context): Difference[] {
  const found: Difference[] = [];
  if ("death" in result) {
    const at = Math.min(result.step ?? 0, program.steps.length - 1);
    const handles = new Handles(context.lookup);
    for (const step of program.steps.slice(0, at)) handles.bind(step, undefined);
    found.push({
      at: [at],
      member: handles.declaration(program.steps[at]!).label,
      aspect: "death",
      path: "",
      left: { absent: true },
      right: { death: result },
      host,
    });
    return found;
  }
  const view: Context = { ...context, left: "python", right: host };
  new Check(host, view, found).walk(program.steps, result.transcript, []);
  return found;
}

/** One walk over a case; it keeps the state of handles, of which workers send only what changed. */
class Check {
  readonly #host: Host;
  readonly #context: Context;
  readonly #found: Difference[];
  readonly #handles: Handles;
  readonly #states = new Map<string, State | null>();

  constructor(host: Host, context: Context, found: Difference[]) {
    this.#host = host;
    this.#context = context;
    this.#found = found;
    this.#handles = new Handles(context.lookup);
  }

  walk(steps: Step[], outcomes: Outcome[], prefix: number[]): void {
    steps.forEach((step, index) => {
      const outcome = outcomes[index];
      const at = [...prefix, index];
      if (outcome === undefined) {
        this.#miss(step, at, "an answer", { absent: true }, { absent: true }, "value");
        return;
      }
      if ("scope" in step) this.walk(step.steps, outcome.inner ?? [], at);
      for (const [handle, state] of Object.entries(outcome.state ?? {})) this.#states.set(handle, state);
      this.#step(step, outcome, at);
      this.#handles.bind(step, outcome.value);
    });
  }

  #step(step: Step, outcome: Outcome, at: number[]): void {
    if (outcome.skipped === true) {
      // What failed before is the reason; only where no expectation has told it, this step does.
      if (this.#found.length === 0)
        this.#miss(step, at, "an answer", { absent: true }, { absent: true }, "error_swallowed");
      return;
    }
    if (step.throws !== undefined) this.#error(step, step.throws, outcome, at);
    if (step.returns !== undefined) this.#result(step, step.returns, outcome, at);
    if (step.calls !== undefined) {
      const mismatch = compareValues(showCalls(step.calls), showCalls(outcome.calls), undefined, this.#context);
      if (mismatch !== null) {
        this.#miss(step, at, "the calls", mismatch.left, mismatch.right, "callback_calls");
      }
    }
    for (const [handle, members] of Object.entries(step.state ?? {})) this.#state(step, handle, members, at);
  }

  #error(step: Step, throws: ExpectedError, outcome: Outcome, at: number[]): void {
    const wanted: Answered = { error: shown(throws) };
    const got = answered(outcome);
    const { error } = outcome;
    if (error === undefined) {
      this.#miss(step, at, "an error", wanted, got, "error_swallowed");
    } else {
      this.#sameError(step, throws, error, at, [wanted, got]);
    }
  }

  #sameError(
    step: Step,
    throws: ExpectedError,
    error: ErrorOutcome,
    at: number[],
    [wanted, got]: [Answered, Answered],
  ): void {
    if (throws.kind !== undefined && !kindsOf(error, this.#host).includes(throws.kind)) {
      this.#miss(step, at, `an error of kind ${throws.kind}`, wanted, got, "error_kind");
    } else if (throws.code !== undefined && throws.code !== error.code) {
      this.#miss(step, at, `the code ${throws.code ?? "none"}`, wanted, got, "error_code");
    } else if (throws.message !== undefined && !sameMessage(throws.message, error.message)) {
      this.#miss(step, at, `the message ${JSON.stringify(throws.message)}`, wanted, got, "error_message");
    } else if (!this.#hasFields(throws.fields ?? {}, error)) {
      this.#miss(step, at, "the fields of the error", wanted, got, "error_fields");
    } else if (throws.cause !== undefined) {
      if (error.cause === null) this.#miss(step, at, "a cause", wanted, got, "error_cause");
      else this.#sameError(step, throws.cause, error.cause, at, [wanted, got]);
    }
  }

  #hasFields(wanted: Record<string, Value>, error: ErrorOutcome): boolean {
    const fields = new Map(Object.entries(error.fields ?? {}).map(([name, value]) => [foldName(name), value]));
    return Object.entries(wanted).every(
      ([name, value]) => compareValues(value, fields.get(foldName(name)), undefined, this.#context) === null,
    );
  }

  #miss(step: Step, at: number[], asked: string, left: Answered, right: Answered, hint: CauseId, path = ""): void {
    const member = this.#handles.declaration(step).label;
    this.#found.push({ at, member, aspect: "expectation", path, left, right, hint, asked, host: this.#host });
  }

  #result(step: Step, wanted: Value, outcome: Outcome, at: number[]): void {
    if (outcome.error !== undefined) {
      this.#miss(step, at, "a result", { value: wanted }, answered(outcome), "acceptance");
      return;
    }
    const mismatch = compareValues(wanted, outcome.value, undefined, this.#context);
    if (mismatch === null || isFoldedNothing(wanted, outcome.value, this.#host)) return;
    const { path, hint, left, right } = mismatch;
    this.#miss(step, at, "the result", left, right, hint, path);
  }

  #state(step: Step, handle: string, members: Record<string, Value>, at: number[]): void {
    const { lookup, right } = this.#context;
    const state = Object.entries(this.#states.get(handle) ?? {});
    for (const [name, wanted] of Object.entries(members)) {
      const key = lookup.memberKey("python", name);
      const got = state.find(([other]) => lookup.memberKey(right, other) === key)?.[1];
      const asked = `${handle}.${name}`;
      if (got !== undefined && isErrorState(got)) {
        this.#miss(step, at, asked, { value: wanted }, got, "acceptance");
        continue;
      }
      const mismatch = compareValues(wanted, got, undefined, this.#context);
      if (mismatch !== null) this.#miss(step, at, asked, mismatch.left, mismatch.right, "state");
    }
  }
}

/** An expected error as an outcome; what is not asked for has the plainest form. */
function shown({ kind = "error", code = null, message = "", fields, cause }: ExpectedError): ErrorOutcome {
  const inner = cause === undefined ? null : shown(cause);
  return { classes: [kind], code, message, cause: inner, ...(fields !== undefined && { fields }) };
}

function showCalls(calls: Outcome["calls"]): Value {
  return (calls ?? []).map((call) => ({ tuple: [call.callback, call.args] }));
}

/** Python has one nothing: a case that writes null means either of JavaScript's two. */
function isFoldedNothing(wanted: Value, got: Value | undefined, host: Host): boolean {
  return host === "node" && wanted === null && typeof got === "object" && got !== null && "undefined" in got;
}
