/** Laws that one host must keep by itself: equality, hash, order and exhaustion. Values of the other host are not asked. */
import type { Outcome, Program, Result, Step, Value } from "../program/program.ts";
import type { CauseId } from "./causes.ts";
import type { Difference } from "./difference.ts";
import { handlesOf } from "./handles.ts";

type New = Extract<Step, { new: string }>;

/** A relation that was observed between two handles while neither changed. */
interface Observed {
  step: number;
  answer: Value;
}

const ORDER = new Set(["__lt__", "__le__", "__gt__", "__ge__"]);

/** Whether the program asks anything that a law speaks of. */
export function speaksOfLaws(program: Program): boolean {
  let constructions = 0;
  let iterations = 0;
  for (const step of program.steps) {
    if ("new" in step) constructions++;
    else if ("iterate" in step) iterations++;
    else if ("call" in step) {
      if (step.call === "__eq__" || step.call === "__hash__" || ORDER.has(step.call)) return true;
    } else if ("set" in step && constructions > 1) return true;
  }
  return iterations > 1;
}

/** A NaN in a value, or in the text of an object. */
const NAN = /\bnan\b/i;

/** What the laws ask of the surface. */
export interface Questions {
  /** Whether a class is its own iterator. */
  isIterator: (className: string) => boolean;
  /** The position of a constructor's parameter. */
  place: (className: string, parameter: string) => number | undefined;
}

/** Check the laws over one subject's transcript. */
export function checkLaws(program: Program, result: Result, questions: Questions): Difference[] {
  if ("death" in result) return [];
  const check = new Laws(questions);
  program.steps.forEach((step, index) => {
    const outcome = result.transcript[index];
    if (outcome !== undefined) check.step(step, outcome, index);
  });
  return check.found;
}

class Laws {
  readonly found: Difference[] = [];
  readonly #isIterator: Questions["isIterator"];
  readonly #place: Questions["place"];
  readonly #made = new Map<string, New>();
  readonly #refused: { step: New; outcome: Outcome }[] = [];
  readonly #classes = new Map<string, string>();
  /** Handles by how often they may have changed: what was said about another version does not count. */
  readonly #versions = new Map<string, number>();
  readonly #relations = new Map<string, Observed>();
  readonly #hashes = new Map<string, Observed>();
  readonly #ended = new Map<string, number>();
  /** How each handle was made, and its last state. */
  readonly #shown = new Map<string, unknown[]>();

  constructor({ isIterator, place }: Questions) {
    this.#isIterator = isIterator;
    this.#place = place;
  }

  step(step: Step, outcome: Outcome, index: number): void {
    if ("new" in step) {
      this.#classes.set(step.as, step.new);
      this.#shown.set(step.as, [step]);
    }
    for (const [handle, state] of Object.entries(outcome.state ?? {})) {
      this.#versions.set(handle, (this.#versions.get(handle) ?? 0) + 1);
      this.#shown.set(handle, [...(this.#shown.get(handle) ?? []).slice(0, 1), state]);
    }
    if ("new" in step) this.#constructed(step, outcome);
    if (outcome.error !== undefined || outcome.skipped === true) return;
    if ("iterate" in step) this.#exhaustion(step.iterate, outcome, index);
    else if ("call" in step && step.on !== undefined) {
      if (step.call === "__hash__") this.#hash(step.on, outcome, index);
      else if (step.call === "__eq__" || ORDER.has(step.call)) this.#relation(step.call, step.on, step, outcome, index);
      else this.#changed(step);
    } else if ("set" in step) {
      this.#setter(step, index);
      this.#changed(step);
    }
  }

  #constructed(step: New, outcome: Outcome): void {
    if (outcome.error === undefined) this.#made.set(step.as, step);
    // What the conversion layer refused has not reached the class; a setter converts in its own way.
    else if (!/^(TypeError|Unicode)/.test(outcome.error.classes[0] ?? "")) this.#refused.push({ step, outcome });
  }

  /** A setter has to refuse what the constructor refuses for the parameter of its name. */
  #setter(step: Extract<Step, { set: string }>, index: number): void {
    const made = this.#made.get(step.on);
    if (made === undefined) return;
    const text = (one: New) => JSON.stringify([one.args ?? [], one.kwargs ?? {}]);
    for (const { step: refused, outcome } of this.#refused) {
      if (refused.new !== made.new) continue;
      const place = this.#place(refused.new, step.set);
      if (place === undefined) continue;
      const args = [...(made.args ?? [])];
      if (args.length < place) continue;
      args[place] = step.to;
      if (text({ ...made, args }) !== text(refused)) continue;
      const label = `${made.new}.${step.set}`;
      this.found.push({
        at: [index],
        member: label,
        aspect: "law",
        path: "",
        left: { error: outcome.error! },
        right: { absent: true },
        hint: "setter_constructor",
        asked: "a setter refuses what the constructor refuses",
      });
    }
  }

  /** A call may change its receiver and its arguments, whether an observed member shows it or not. */
  #changed(step: Step): void {
    for (const handle of handlesOf(step)) {
      this.#versions.set(handle, (this.#versions.get(handle) ?? 0) + 1);
      this.#ended.delete(handle);
    }
  }

  /** No law of equality or order covers an object that holds a NaN. */
  #holdsNan(handle: string): boolean {
    return NAN.test(JSON.stringify(this.#shown.get(handle) ?? []));
  }

  #version(handle: string): string {
    return `${handle}@${this.#versions.get(handle) ?? 0}`;
  }

  #relation(name: string, left: string, step: Extract<Step, { call: string }>, outcome: Outcome, index: number): void {
    const other = step.args?.[0];
    if (typeof other !== "object" || other === null || !("ref" in other)) return;
    if (typeof outcome.value !== "boolean" || this.#holdsNan(left) || this.#holdsNan(other.ref)) return;
    const [a, b] = [this.#version(left), this.#version(other.ref)];
    this.#relations.set(`${a} ${name} ${b}`, { step: index, answer: outcome.value });
    const label = `${this.#classes.get(left) ?? "?"}.${name}`;
    const answer = (x: string, relation: string, y: string) => this.#relations.get(`${x} ${relation} ${y}`)?.answer;
    if (name === "__eq__") {
      if (left === other.ref && !outcome.value)
        this.#broken(index, label, "an object equals itself", "equality_law", true, false);
      const mirrored = answer(b, "__eq__", a);
      if (mirrored !== undefined && mirrored !== outcome.value) {
        this.#broken(index, label, "a == b is b == a", "equality_law", mirrored, outcome.value);
      }
      if (outcome.value) this.#sameHash(left, other.ref, index, label);
    }
    const isLess = answer(a, "__lt__", b);
    const isGreater = answer(a, "__gt__", b);
    const isEqual = answer(a, "__eq__", b);
    if (isLess === true && (isGreater === true || isEqual === true || answer(b, "__lt__", a) === true)) {
      this.#broken(index, label, "at most one of a < b, a == b, a > b", "order_law", false, true);
    }
  }

  #hash(handle: string, outcome: Outcome, index: number): void {
    if (outcome.value === undefined) return;
    const label = `${this.#classes.get(handle) ?? "?"}.__hash__`;
    const version = this.#version(handle);
    const before = this.#hashes.get(version);
    if (before !== undefined && JSON.stringify(before.answer) !== JSON.stringify(outcome.value)) {
      this.#broken(index, label, "the hash of an unchanged object stays", "hash_law", before.answer, outcome.value);
    }
    this.#hashes.set(version, { step: index, answer: outcome.value });
    for (const [key, relation] of this.#relations) {
      const [left, name, right] = key.split(" ");
      if (name !== "__eq__" || relation.answer !== true || (left !== version && right !== version)) continue;
      this.#sameHash(left!.split("@")[0]!, right!.split("@")[0]!, index, label);
    }
  }

  #sameHash(left: string, right: string, index: number, label: string): void {
    const a = this.#hashes.get(this.#version(left));
    const b = this.#hashes.get(this.#version(right));
    if (a === undefined || b === undefined || JSON.stringify(a.answer) === JSON.stringify(b.answer)) return;
    this.#broken(index, label, "equal objects have equal hashes", "hash_law", a.answer, b.answer);
  }

  #exhaustion(handle: string, outcome: Outcome, index: number): void {
    const className = this.#classes.get(handle);
    if (className === undefined || !this.#isIterator(className)) return;
    const items = Array.isArray(outcome.value) ? outcome.value.length : 0;
    if (this.#ended.has(handle) && items > 0) {
      this.#broken(
        index,
        `${className}.__iter__`,
        "an exhausted iterator stays exhausted",
        "exhaustion_law",
        [],
        outcome.value!,
      );
    }
    if (outcome.done === true) this.#ended.set(handle, index);
  }

  #broken(index: number, member: string, asked: string, hint: CauseId, left: Value, right: Value): void {
    this.found.push({
      at: [index],
      member,
      aspect: "law",
      path: "",
      left: { value: left },
      right: { value: right },
      hint,
      asked,
    });
  }
}
