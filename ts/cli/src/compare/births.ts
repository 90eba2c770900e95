/** Members that differ from the birth of an object on, whatever it is made of: the two bindings have other defaults. */
import type { Step } from "../program/program.ts";

/** Births of a class after which a member that differed in all of them is known to. */
const ENOUGH = 8;

/** Counts how objects of each class begin, over all programs of a run. */
export class Births {
  readonly #made: Map<string, number>;
  readonly #apart: Map<string, number>;

  constructor(known?: Births) {
    this.#made = new Map(known === undefined ? [] : known.#made);
    this.#apart = new Map(known === undefined ? [] : known.#apart);
  }

  /** Take in that both sides made an object of a class. */
  made(className: string): void {
    count(this.#made, className);
  }

  /**
   * Take in that a member of a new object differs. Whether that is another default, which is told once while everything
   * else such objects do is compared: an object that is made of nothing, or the same in every one so far.
   */
  differs(step: Extract<Step, { new: string }>, member: string): boolean {
    const apart = count(this.#apart, `${step.new}.${member}`);
    const isBare = (step.args ?? []).length === 0 && Object.keys(step.kwargs ?? {}).length === 0;
    return isBare || (apart >= ENOUGH && apart >= (this.#made.get(step.new) ?? 0));
  }
}

function count(counts: Map<string, number>, key: string): number {
  const next = (counts.get(key) ?? 0) + 1;
  counts.set(key, next);
  return next;
}
