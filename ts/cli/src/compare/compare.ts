/** Comparison of what two subjects answered to one program, step by step. */
import type { Death, Outcome, Program, Result, Step, Transcript, Value } from "../program/program.ts";
import { type Answered, type Difference, note } from "./difference.ts";
import { compareErrors } from "./errors.ts";
import { excuse } from "./excuses.ts";
import { Handles, handlesOf } from "./handles.ts";
import { incidental } from "./incidental.ts";
import { compareState, StateTable } from "./states.ts";
import { Taint } from "./taint.ts";
import { sameInHostWords } from "./texts.ts";
import { isOfKind } from "./types.ts";
import { type Context, compareValues } from "./values.ts";

/** The differences of one program, and how many steps were compared. */
export interface Comparison {
  differences: Difference[];
  compared: number;
}

const NONE: Difference[] = [];

/** Protocols whose result is a text of the object. */
const TEXT = new Set(["__repr__", "__str__", "__format__"]);

/** Compare two results of one program. `context.left` and `context.right` name their hosts. */
export function compareResults(program: Program, left: Result, right: Result, context: Context): Comparison {
  if ("death" in left || "death" in right) return compareDeaths(program, left, right, context);
  const walk = new Walk(context);
  walk.steps(program.steps, left.transcript, right.transcript, []);
  return { differences: walk.differences ?? NONE, compared: walk.compared };
}

function compareDeaths(program: Program, left: Result, right: Result, context: Context): Comparison {
  const dead = [left, right].filter((one): one is Death => "death" in one);
  const at = Math.min(Math.max(0, dead[0]?.step ?? program.steps.length - 1), program.steps.length - 1);
  if (
    dead.length === 2 &&
    dead[0]?.death === dead[1]?.death &&
    (dead[0]?.death === "hang" || dead[0]?.death === "memory")
  ) {
    // A size that is too much for both is no disagreement; neither side was wrong.
    note(context.idioms, dead[0].death === "hang" ? "both hang" : "both out of memory");
    return { differences: NONE, compared: 0 };
  }
  const capped = context.left === "python" ? left : context.right === "python" ? right : null;
  if (capped !== null && "death" in capped && capped.death === "memory") {
    // Python's cap counts address space, Node's counts pages in use: only the latter shows what the library really takes.
    note(context.idioms, "memory cap");
    return { differences: NONE, compared: 0 };
  }
  const handles = new Handles(context.lookup);
  for (const step of program.steps.slice(0, at)) handles.bind(step, undefined);
  const step = program.steps[at];
  const show = (one: Result): Answered => {
    if ("death" in one) return { death: one };
    const outcome = one.transcript[at];
    // A step that was skipped since an object could not be made is answered by that refusal.
    const refusal =
      outcome?.skipped === true ? one.transcript.slice(0, at).findLast((earlier) => earlier.error) : outcome;
    return refusal === undefined ? { absent: true } : answered(refusal);
  };
  const member = step === undefined ? "" : handles.declaration(step).label;
  const difference: Difference = { at: [at], member, aspect: "death", path: "", left: show(left), right: show(right) };
  return { differences: [difference], compared: 0 };
}

/** What an outcome answers, for a report. */
export function answered(outcome: Outcome): Answered {
  if (outcome.error !== undefined) return { error: outcome.error };
  return outcome.value === undefined ? { absent: true } : { value: outcome.value };
}

/**
 * One walk over a program.
 * After a difference the handles that took part are tainted: what they answer later follows from the first difference
 * and is not compared, while the rest of the program is.
 */
class Walk {
  differences: Difference[] | undefined;
  compared = 0;
  readonly #context: Context;
  readonly #handles: Handles;
  readonly #tainted = new Taint();
  /** How often anything was told, excused or tainted. */
  #disturbances = 0;
  /** Plain objects that the other side refused to make. */
  readonly #unchecked = new Map<string, { answer: Answered; blame: number[]; member: string }>();
  /** Plain objects that the program itself wrote down: what they hold in Node is no answer of the library. */
  readonly #written = new Set<string>();
  /** Members of handles that differ from their birth, as `handle.member`. */
  readonly #apart = new Set<string>();
  readonly #states: StateTable;

  constructor(context: Context) {
    this.#context = context;
    this.#handles = new Handles(context.lookup);
    this.#states = new StateTable();
  }

  steps(steps: Step[], left: Transcript, right: Transcript, prefix: number[]): void {
    const length = Math.min(left.length, right.length);
    for (let index = 0; index < length; index++) {
      const step = steps[left[index]!.step] ?? steps[index];
      if (step !== undefined) this.#step(step, left[index]!, right[index]!, prefix, index);
    }
    if (left.length === right.length) return;
    // One side stopped in the middle of a scope, since a step of it failed there: that step has been told.
    for (const step of steps.slice(length)) this.#taint(step);
    this.#disturbances++;
  }

  #step(step: Step, left: Outcome, right: Outcome, prefix: number[], index: number): void {
    if (left.skipped === true || right.skipped === true) {
      if (left.skipped !== right.skipped && !("drop" in step)) this.#lateRefusal(step, left, right, [...prefix, index]);
      // A handle is missing that an earlier step failed to make; what binds to it is as lost as it is.
      this.#taint(step);
      // What one side alone did inside may have changed objects that are as they were on the other.
      if ("scope" in step) this.#taintAll(step.steps);
      this.#handles.bind(step, undefined);
      return;
    }
    const before = this.differences?.length ?? 0;
    const wasTainted = this.#touchesTainted(step);
    if (wasTainted) this.#disturbances++;
    if ("set" in step) this.#apart.delete(`${step.on}.${step.set}`);
    const tainted = ("scope" in step && this.#isScopeDisturbed(step, left, right, [...prefix, index])) || wasTainted;
    const isPlain =
      "new" in step && this.#context.left !== this.#context.right && this.#context.lookup.isPlain(step.new);
    if (isPlain) this.#written.add(step.as);
    if (!tainted && this.#readsWritten(step)) this.#leave(step);
    else if (!tainted && "get" in step && this.#apart.has(`${step.on}.${step.get}`)) this.#taintResult(step);
    else if (!tainted) {
      // Where Node writes an object down, nothing of the library was asked there.
      if (!isPlain) this.compared++;
      this.#count(step, left, right);
      this.#outcome(step, left, right, prefix, index);
    }
    this.#handles.bind(step, left.value ?? right.value);
    this.#tainted.relate(step);
    const changed = (this.differences?.length ?? 0) > before;
    this.#compareStates(step, left, right, prefix, index, changed || tainted);
    if (tainted && "as" in step && step.as !== undefined) this.#tainted.add(step.as);
  }

  /**
   * Compare what ran inside a scope, before the scope itself: its own outcome and state come after theirs.
   * When something differed there, how the scope ended only follows from it.
   */
  #isScopeDisturbed(step: Extract<Step, { scope: string }>, left: Outcome, right: Outcome, prefix: number[]): boolean {
    this.#handles.bind(step, undefined);
    this.#tainted.relate(step);
    const before = this.#disturbances;
    this.steps(step.steps, left.inner ?? [], right.inner ?? [], prefix);
    if (this.#disturbances === before) return false;
    this.#taint(step);
    return true;
  }

  /**
   * One side refused to make an object that the other makes as a plain one, unchecked.
   * Its first use tells whether the other side refuses it too.
   */
  #lateRefusal(step: Step, left: Outcome, right: Outcome, at: number[]): void {
    const handle = handlesOf(step).find((one) => this.#unchecked.has(one));
    if (handle === undefined || this.#tainted.has(handle)) return;
    if (this.#readsWritten(step)) {
      note(this.#context.idioms, "plain objects are unchecked");
      return;
    }
    const { answer, blame, member } = this.#unchecked.get(handle)!;
    const used = left.skipped === true ? right : left;
    if (used.error !== undefined) {
      note(this.#context.idioms, "both refuse the argument");
      return;
    }
    const [a, b] = left.skipped === true ? [answer, answered(used)] : [answered(used), answer];
    this.differences ??= [];
    this.differences.push({ at, blame, member, aspect: "acceptance", path: "", left: a, right: b });
  }

  /** Whether a step reads a field of a plain object that the program itself wrote. */
  #readsWritten(step: Step): boolean {
    return "get" in step && step.on !== undefined && this.#written.has(step.on);
  }

  /** Let a step be: the library has no part in it on one side. */
  #leave(step: Step): void {
    note(this.#context.idioms, "plain objects are unchecked");
    this.#taintResult(step);
  }

  #taintResult(step: Step): void {
    if ("as" in step && step.as !== undefined) this.#tainted.add(step.as);
  }

  #count(step: Step, left: Outcome, right: Outcome): void {
    if ("drop" in step || "file" in step) return;
    const { label, returns } = this.#handles.declaration(step);
    const { exercised } = this.#context;
    let counts = exercised.get(label);
    if (counts === undefined) {
      counts = { calls: 0, answers: 0 };
      exercised.set(label, counts);
    }
    counts.calls++;
    // What never returns does what it is there for when it fails as its case expects.
    const isMeant = step.throws !== undefined && isOfKind(returns, "void");
    if (left.error === undefined || right.error === undefined || isMeant) counts.answers++;
  }

  #outcome(step: Step, left: Outcome, right: Outcome, prefix: number[], index: number): void {
    const context = this.#context;
    const at = () => [...prefix, index];
    if (left.error !== undefined && right.error !== undefined) {
      const found = compareErrors(left.error, right.error, context);
      if (found !== null) {
        if (this.#isExcused(step, left, right)) {
          this.#taint(step);
          return;
        }
        this.#report(step, at(), found.aspect, "", { error: left.error }, { error: right.error }, found.hint);
        // Who fails earlier calls nobody: that follows from where each of them fails.
        if ((left.calls === undefined) !== (right.calls === undefined)) return;
      } else if ((left.calls === undefined) !== (right.calls === undefined) && this.#isExcused(step, left, right)) {
        this.#taint(step);
        return;
      }
    } else if (left.error !== undefined || right.error !== undefined) {
      this.#oneFailed(step, left, right, at());
      return;
    } else {
      if (left.via === "bigint" || right.via === "bigint") note(context.idioms, "explained by int-53");
      if (left.took === "bigint" || right.took === "bigint") note(context.idioms, "integer as bigint");
      this.#value(step, left, right, at);
    }
    if (left.calls !== undefined || right.calls !== undefined) this.#calls(step, left, right, at());
    if (left.mutated !== undefined || right.mutated !== undefined) this.#mutations(step, left, right, at());
    if ((left.async === true) !== (right.async === true) && left.error === undefined && right.error === undefined) {
      const { async } = this.#handles.declaration(step);
      // Who declares it means it: threads wait where event loops must not.
      if (async.python === (left.async === true) && async.node === (right.async === true)) {
        note(context.idioms, "asynchronous on one side, as declared");
        return;
      }
      const show = (outcome: Outcome): Answered => ({ value: outcome.async === true ? "awaited" : "at once" });
      this.#report(step, at(), "async", "", show(left), show(right), "async_one_side");
    }
  }

  #value(step: Step, left: Outcome, right: Outcome, at: () => number[]): void {
    const context = this.#context;
    if ("drop" in step || "file" in step || "set" in step || "new" in step) return;
    if (left.value === undefined && right.value === undefined) return;
    const custom = incidental(step, left, right, context);
    if (custom !== null) {
      note(context.idioms, custom);
      return;
    }
    const declaration = this.#handles.declaration(step);
    const isText = "call" in step && TEXT.has(step.call);
    const type = "iterate" in step ? undefined : declaration.returns;
    const view: Context = declaration.isSerialised ? { ...context, isSerialised: true } : context;
    const normalise = context.normalise?.[declaration.label];
    const [a, b] = [left.value, right.value].map((value, side) =>
      normalise === undefined || value === undefined
        ? value
        : normalise(value, side === 0 ? context.left : context.right),
    );
    const found = compareValues(a, b, type, view, declaration.nodeReturns);
    if (found !== null && isText && isInHostWords(a, b, context)) return;
    if (found !== null) {
      const own = declaration.isIdentity ? "object_identity" : found.hint;
      const hint = isText && found.hint === "value" ? "object_text" : own;
      this.#report(step, at(), "value", found.path, found.left, found.right, hint);
      if (hint !== "object_identity" && hint !== "object_text") this.#taint(step);
      if ("as" in step && step.as !== undefined) this.#tainted.add(step.as);
      return;
    }
    if ((left.done === true) !== (right.done === true)) {
      const show = (outcome: Outcome): Answered => ({ value: outcome.done === true ? "ended" : "has more" });
      this.#report(step, at(), "exhaustion", "", show(left), show(right), "early_exhaustion");
      this.#taint(step);
    }
  }

  #oneFailed(step: Step, left: Outcome, right: Outcome, at: number[]): void {
    const context = this.#context;
    if ("new" in step && context.left !== context.right && context.lookup.isPlain(step.new)) {
      if (this.#isExcused(step, left, right)) return;
      const [failing] = [left, right].filter((one) => one.error !== undefined);
      const member = this.#handles.declaration(step).label;
      this.#unchecked.set(step.as, { answer: answered(failing!), blame: at, member });
      return;
    }
    this.#taint(step);
    if (this.#isExcused(step, left, right)) return;
    this.#report(step, at, "acceptance", "", answered(left), answered(right));
  }

  /** Whether hosts disagree about this step by their nature; counted. */
  #isExcused(step: Step, left: Outcome, right: Outcome): boolean {
    const owner = "on" in step && step.on !== undefined ? this.#handles.classOf(step.on) : null;
    const idiom = excuse(step, left, right, this.#handles.declaration(step), owner, this.#context);
    if (idiom === null) return false;
    note(this.#context.idioms, idiom);
    return true;
  }

  #calls(step: Step, left: Outcome, right: Outcome, at: number[]): void {
    const context = this.#context;
    const show = (outcome: Outcome): Value =>
      (outcome.calls ?? []).map((call) => ({ tuple: [call.callback, call.args] }));
    const found = compareValues(show(left), show(right), undefined, context);
    if (found === null) return;
    this.#report(step, at, "calls", found.path, found.left, found.right, "callback_calls");
  }

  #mutations(step: Step, left: Outcome, right: Outcome, at: number[]): void {
    const show = (outcome: Outcome): Value => ({ map: Object.entries(outcome.mutated ?? {}) });
    const found = compareValues(show(left), show(right), undefined, this.#context);
    if (found === null) return;
    this.#report(step, at, "mutation", found.path, found.left, found.right, "argument_mutated");
    this.#taint(step);
  }

  #compareStates(step: Step, left: Outcome, right: Outcome, prefix: number[], index: number, known: boolean): void {
    if (left.state === undefined && right.state === undefined) return;
    const handles = this.#states.update(left.state, right.state);
    for (const handle of handles) {
      const className = this.#handles.classOf(handle);
      if (className !== null) this.#context.observed.add(className);
      if (this.#tainted.has(handle) || this.#written.has(handle)) continue;
      const [a, b] = this.#states.of(handle);
      const made = "as" in step && step.as === handle;
      if (made && "new" in step && a !== null && b !== null) this.#context.births.made(step.new);
      for (const found of compareState(a, b, className, this.#context)) {
        if (this.#apart.has(`${handle}.${found.member}`)) continue;
        const isText = TEXT.has(found.member);
        if (isText && isInHostWords(answer(found.left), answer(found.right), this.#context)) continue;
        if (made && !isText && "new" in step && this.#context.births.differs(step, found)) {
          this.#apart.add(`${handle}.${found.member}`);
          this.#disturbances++;
        } else if (!isText) this.#tainted.add(handle);
        if (isText && !this.#states.firstTime(className, found.member)) continue;
        // A step that already differs has told its cause; the state only follows from it.
        if (known && !isText) continue;
        const failed = left.error !== undefined && right.error !== undefined;
        const hint = isText ? "object_text" : (found.hint ?? (failed ? "state_after_error" : "state"));
        const member = made || isText ? `${className ?? "?"}.${found.member}` : undefined;
        this.#report(step, [...prefix, index], "state", found.path, found.left, found.right, hint, member);
      }
    }
  }

  #touchesTainted(step: Step): boolean {
    return !this.#tainted.isEmpty && handlesOf(step).some((handle) => this.#tainted.has(handle));
  }

  #taintAll(steps: Step[]): void {
    for (const step of steps) {
      this.#taint(step);
      if ("scope" in step) this.#taintAll(step.steps);
    }
  }

  #taint(step: Step): void {
    this.#disturbances++;
    for (const handle of handlesOf(step)) this.#tainted.add(handle);
    if ("as" in step && step.as !== undefined) this.#tainted.add(step.as);
  }

  #report(
    step: Step,
    at: number[],
    aspect: Difference["aspect"],
    path: string,
    left: Answered,
    right: Answered,
    hint?: Difference["hint"],
    member?: string,
  ): void {
    this.differences ??= [];
    this.#disturbances++;
    const label = member ?? this.#handles.declaration(step).label;
    this.differences.push({ at, member: label, aspect, path, left, right, ...(hint !== undefined && { hint }) });
  }
}

function answer(answered: Answered): Value | undefined {
  return "value" in answered ? answered.value : undefined;
}

/** Whether two texts are one but for the words of the hosts; counted. */
function isInHostWords(left: Value | undefined, right: Value | undefined, context: Context): boolean {
  if (typeof left !== "string" || typeof right !== "string" || context.left === context.right) return false;
  const [python, node] = context.left === "python" ? [left, right] : [right, left];
  if (!sameInHostWords(python, node)) return false;
  note(context.idioms, "host words in a text");
  return true;
}
