/** One program while it runs. */
import type { Lowered, LoweredStep, Outcome, Step, Value } from "../../program/program.ts";
import { derived } from "./answers.ts";
import { assign } from "./assign.ts";
import { Decoder } from "./decode.ts";
import { drive, isThenable, type Steps } from "./drive.ts";
import { Encoder, MAX_OBJECTS, opaque } from "./encode.ts";
import { faultOf, isUnsafeInteger, Malformed, Missing, mentionsBigint, NotAwaited, safely } from "./faults.ts";
import type { Files } from "./files.ts";
import { Handles } from "./handles.ts";
import { type Bag, type Callable, callMember, keyOf, type Library } from "./library.ts";
import { Scripts } from "./scripts.ts";
import { splice } from "./splice.ts";
import { isTrap } from "./trap.ts";

/** What a run of steps ended with; `failure` is the unexpected error that ended a scope. */
export interface Ended {
  outcomes: Outcome[];
  failure?: { error: unknown };
}

/** A container argument as it was before the call. */
interface Tracked {
  key: string;
  value: unknown;
  before: string;
}

type CallStep = Extract<Step, { call: string } | { new: string }> & Lowered;

const ABSENT = Symbol("absent");

/** Executes steps. `run` is a generator that yields what has to be awaited; its driver decides how. */
export class Program {
  readonly library: Library;
  readonly handles: Handles;
  readonly encoder: Encoder;
  readonly decoder: Decoder;
  /** The outcome of the step that is running. */
  outcome: Outcome | undefined;
  /** A WebAssembly trap came up: its instance lies from now on, and is asked nothing more. */
  poisoned = false;
  readonly #files: Files;
  readonly #trace: ((step: number) => void) | undefined;
  readonly #scripts: Scripts;
  #tracked: Tracked[] | undefined;

  constructor(library: Library, files: Files, trace?: (step: number) => void) {
    this.library = library;
    this.#files = files;
    this.#trace = trace;
    this.handles = new Handles(library);
    const scripts = new Scripts(this);
    this.#scripts = scripts;
    this.encoder = new Encoder(library, this.handles, files, scripts.known);
    this.decoder = new Decoder(library, this.handles, files, scripts);
  }

  /** Run re-entrant steps where they can be awaited. */
  async execute(steps: Step[]): Promise<Outcome[]> {
    return (await drive(this.run(steps, false))).outcomes;
  }

  /** Execute steps; with `observing` the state of the handles is read after each. */
  *run(steps: LoweredStep[], observing: boolean, scoped = false): Steps<Ended> {
    const outcomes: Outcome[] = [];
    for (let index = 0; index < steps.length; index++) {
      const step = steps[index]!;
      if (this.#trace !== undefined && observing && !scoped) this.#trace(index);
      const outcome: Outcome = { step: index };
      outcomes.push(outcome);
      if (this.poisoned) {
        outcome.skipped = true;
        continue;
      }
      const outer = this.outcome;
      this.outcome = outcome;
      let failure: { error: unknown } | undefined;
      let tracked: Tracked[] | undefined;
      try {
        let result: unknown;
        this.#tracked = undefined;
        try {
          if ("call" in step || "new" in step) result = this.#call(step, outcome);
          else if ("get" in step) result = this.#owner(step)[keyOf(step.get) as string];
          else if ("set" in step) {
            if (assign(this.handles.get(step.on), step, this.decoder)) outcome.took = "bigint";
            result = ABSENT;
          } else result = yield* this.#rare(step, outcome);
          tracked = this.#tracked;
          if (isThenable(result)) {
            outcome.async = true;
            result = yield result;
          }
        } catch (error) {
          tracked ??= this.#tracked;
          if (!isUnsafeInteger(error)) throw error;
          result = this.#exact(step, error);
          if (isThenable(result)) result = yield result;
          outcome.via = "bigint";
        }
        if (result !== ABSENT) this.#settle(step, outcome, result);
      } catch (error) {
        const fault = faultOf(error);
        if (fault instanceof Malformed) throw fault;
        if (fault instanceof Missing) outcome.skipped = true;
        else if (fault instanceof NotAwaited) {
          delete outcome.async;
          outcome.value = opaque("awaitable");
        } else {
          if (safely(() => isTrap(error))) this.poisoned = true;
          outcome.error = this.encoder.error(error);
          failure = { error };
        }
      }
      this.outcome = outer;
      if (tracked !== undefined) this.#compare(tracked, outcome);
      if (observing && !this.poisoned && this.handles.live.size > 0) {
        const state = this.handles.changes(this.encoder);
        if (state !== undefined) outcome.state = { ...outcome.state, ...state };
      }
      if (failure !== undefined && scoped && !("throws" in step)) return { outcomes, failure };
    }
    return { outcomes };
  }

  #owner(step: { on?: string; of?: string; get: string }): Bag {
    if (step.on !== undefined) return this.handles.get(step.on) as Bag;
    if (step.of !== undefined) return this.library.find(step.of) as Bag;
    return { [step.get]: this.library.find(step.get) };
  }

  #call(step: CallStep, outcome: Outcome): unknown {
    const { callee, invoke } = this.#callee(step);
    const { decoder, library } = this;
    decoder.integers = 0;
    decoder.mask = (callee === undefined ? undefined : library.bigints.get(callee)) ?? 0;
    const learned = decoder.mask;
    try {
      const args = this.#arguments(step);
      const { integers } = decoder;
      decoder.mask = 0;
      if (learned !== 0) outcome.took = "bigint";
      try {
        return invoke(args);
      } catch (error) {
        if (integers === 0 || callee === undefined || isUnsafeInteger(error) || !mentionsBigint(error)) throw error;
        return this.#withBigints(step, outcome, callee, invoke, integers, error);
      }
    } finally {
      decoder.mask = 0;
    }
  }

  /** The library refused a number where it wants a bigint: find which integers those are, and remember. */
  #withBigints(
    step: CallStep,
    outcome: Outcome,
    callee: Callable,
    invoke: (args: unknown[]) => unknown,
    integers: number,
    refusal: unknown,
  ): unknown {
    const all = 2 ** Math.min(integers, 4) - 1;
    for (let mask = all; mask > 0; mask--) {
      this.decoder.integers = 0;
      this.decoder.mask = mask;
      const args = this.#arguments(step);
      this.decoder.mask = 0;
      let refused = false;
      try {
        return invoke(args);
      } catch (error) {
        refused = safely(() => error instanceof TypeError) || mentionsBigint(error);
        if (!refused) throw error;
      } finally {
        if (!refused) {
          this.library.bigints.set(callee, mask);
          outcome.took = "bigint";
        }
      }
    }
    throw refusal;
  }

  /** What a step calls: the function, for what is known about it, and how. */
  #callee(step: CallStep): { callee: Callable | undefined; invoke: (args: unknown[]) => unknown } {
    if ("new" in step && step.factory === undefined && step.plain !== true)
      return constructing(this.library.findCallable(step.new));
    if ("new" in step && step.plain === true) return { callee: undefined, invoke: (args) => args.at(-1) ?? {} };
    const { call: name, of, on } = ("new" in step ? step.factory : step) as { call: string; of?: string; on?: string };
    if (on === undefined && of === undefined) {
      const callee = this.library.findCallable(name);
      return { callee, invoke: (args) => callee(...args) };
    }
    const target = on === undefined ? this.library.find(of!) : this.handles.get(on);
    const callee = (target as Bag)[keyOf(name)] as Callable | undefined;
    return {
      callee: typeof callee === "function" ? callee : undefined,
      invoke: (args) => ("splice" in step ? splice(target, args) : callMember(target, name, args)),
    };
  }

  /** Decode the arguments; names become one options object at the end. Containers are remembered as they are. */
  #arguments(step: CallStep): unknown[] {
    const args: unknown[] = [];
    this.#tracked = undefined;
    if (step.args !== undefined) {
      for (let index = 0; index < step.args.length; index++)
        args.push(this.#argument(String(index), step.args[index]!));
    }
    if (step.kwargs !== undefined) {
      const options: Bag = {};
      for (const [name, wire] of Object.entries(step.kwargs)) options[name] = this.#argument(name, wire);
      args.push(options);
    }
    return args;
  }

  #argument(key: string, wire: Value): unknown {
    const value = this.decoder.decode(wire);
    if (typeof value === "object" && value !== null && this.#isContainer(value)) {
      this.#tracked ??= [];
      this.#tracked.push({ key, value, before: JSON.stringify(this.encoder.readable(value)) });
    }
    return value;
  }

  #isContainer(value: object): boolean {
    if (Array.isArray(value) || value instanceof Map || value instanceof Set || value instanceof Float64Array)
      return true;
    return Object.getPrototypeOf(value) === Object.prototype && !this.#scripts.known.has(value);
  }

  #compare(tracked: Tracked[], outcome: Outcome): void {
    for (const { key, value, before } of tracked) {
      const now = this.encoder.readable(value);
      if (JSON.stringify(now) === before) continue;
      outcome.mutated ??= {};
      outcome.mutated[key] = now;
    }
  }

  /** Call the BigInt twin of a member whose result is beyond the safe integers; without one the error stands. */
  #exact(step: LoweredStep, error: unknown): unknown {
    if ("get" in step) {
      const owner =
        step.on === undefined ? (step.of === undefined ? null : this.library.find(step.of)) : this.handles.get(step.on);
      const twin = this.library.twin(owner, step.get);
      if (twin === undefined) throw error;
      const member = (owner as Bag)[twin];
      return typeof member === "function" ? callMember(owner, twin, []) : member;
    }
    if (!("call" in step)) throw error;
    const owner =
      step.on === undefined ? (step.of === undefined ? null : this.library.find(step.of)) : this.handles.get(step.on);
    const twin = this.library.twin(owner, step.call);
    if (twin === undefined) throw error;
    return owner === null
      ? this.library.findCallable(twin)(...this.#arguments(step))
      : callMember(owner, twin, this.#arguments(step));
  }

  /** Note a result in the outcome, and bind it where the step asks for it. */
  #settle(step: LoweredStep, outcome: Outcome, returned: unknown): void {
    if ("new" in step) {
      this.handles.bind(step.as, returned);
      return;
    }
    if (step.quiet === true) return;
    if (step.inPlace === true && "call" in step && step.on !== undefined) {
      // A method that changes its object may return it, or nothing; without one, `x += y` binds the name again.
      if (typeof returned === "object" && returned !== null && returned !== this.handles.get(step.on)) {
        this.handles.bind(step.on, returned);
      }
      outcome.value = { ref: step.on };
      return;
    }
    let result = returned;
    if (step.answer !== undefined) {
      if (step.answer === "next") {
        const { done, value } = Object(returned) as IteratorResult<unknown>;
        if (done === true) {
          outcome.done = true;
          return;
        }
        result = value;
      } else result = derived(returned, step.answer);
    }
    const as = "as" in step ? step.as : undefined;
    // The state of an observed object follows as the state of its handle.
    const observed =
      as !== undefined &&
      typeof result === "object" &&
      result !== null &&
      this.library.observed(result).names.length > 0;
    outcome.value = this.encoder.encode(result, observed ? MAX_OBJECTS : 0);
    if (as !== undefined) this.handles.bind(as, result);
  }

  /** Execute the kinds of step that need more than one call. */
  *#rare(step: LoweredStep, outcome: Outcome): Steps<typeof ABSENT> {
    if ("iterate" in step) yield* this.#iterate(this.handles.get(step.iterate), step.limit ?? 1000, outcome);
    else if ("scope" in step) yield* this.#scope(step, outcome);
    else if ("drop" in step) {
      this.handles.drop(step.drop);
      outcome.state = { [step.drop]: null };
    } else if ("file" in step) this.#files.do(step);
    else throw new Malformed(`not a step: ${JSON.stringify(step).slice(0, 200)}`);
    return ABSENT;
  }

  /** Take items, synchronously where the object can, and never close the iterator. */
  *#iterate(target: unknown, limit: number, outcome: Outcome): Steps<void> {
    const iterable = target as Partial<Iterable<unknown> & AsyncIterable<unknown>>;
    const open = iterable[Symbol.iterator] ?? iterable[Symbol.asyncIterator];
    const iterator = (open === undefined ? target : Reflect.apply(open, target, [])) as Iterator<unknown>;
    if (typeof iterator?.next !== "function") throw new TypeError("the object is not iterable");
    const items: Value[] = [];
    outcome.value = items;
    outcome.done = false;
    // Also when no item is taken, as in Python.
    if (iterable[Symbol.iterator] === undefined && open !== undefined) outcome.async = true;
    for (let taken = 0; taken < limit; taken++) {
      let next: unknown;
      try {
        next = iterator.next();
      } catch (error) {
        const twin = isUnsafeInteger(error) ? this.library.twin(iterator, "next") : undefined;
        if (twin === undefined) throw error;
        next = callMember(iterator, twin, []);
        outcome.via = "bigint";
      }
      if (isThenable(next)) {
        outcome.async = true;
        next = yield next;
      }
      const { done, value } = next as IteratorResult<unknown>;
      if (done === true) {
        outcome.done = true;
        return;
      }
      items.push(this.encoder.encode(value));
    }
  }

  /** Run the steps and dispose of the object after them, as `using` and `await using` do. */
  *#scope(step: LoweredStep & { scope: string }, outcome: Outcome): Steps<void> {
    const { steps, as, async: isAsync } = step as { steps: LoweredStep[]; as?: string; async?: true };
    const target = this.handles.get(step.scope);
    if (step.within !== undefined) {
      yield* this.#within(step, target, step.within, outcome);
      return;
    }
    const ways = isAsync === true ? ["@@asyncDispose"] : ["@@dispose", "@@asyncDispose", "close"];
    const leave = ways.find((name) => typeof (target as Bag)[keyOf(name)] === "function");
    if (leave === undefined) throw new TypeError("the object is not disposable");
    if (as !== undefined) this.handles.bind(as, target);
    const { outcomes, failure } = yield* this.run(steps, true, true);
    outcome.inner = outcomes;
    const left = callMember(target, leave, []);
    if (isThenable(left) || isAsync === true) {
      outcome.async = true;
      yield left;
    }
    if (failure !== undefined) throw failure.error;
  }

  /** Run the steps in the callback of the method that enters and leaves around it. */
  *#within(step: LoweredStep & { scope: string }, target: unknown, enter: string, outcome: Outcome): Steps<void> {
    const { steps, as } = step as { steps: LoweredStep[]; as?: string };
    const left = callMember(target, enter, [
      (entered: unknown) => {
        if (as !== undefined) this.handles.bind(as, entered);
        const end = ({ outcomes, failure }: Ended): void => {
          outcome.inner = outcomes;
          if (failure !== undefined) throw failure.error;
        };
        const ended = drive(this.run(steps, true, true));
        return ended instanceof Promise ? ended.then(end) : end(ended);
      },
    ]);
    if (isThenable(left)) {
      outcome.async = true;
      yield left;
    }
  }
}

function constructing(callee: Callable): { callee: Callable; invoke: (args: unknown[]) => unknown } {
  return { callee, invoke: (args) => Reflect.construct(callee, args) };
}
