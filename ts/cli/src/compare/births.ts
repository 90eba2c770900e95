/** Members that differ from the birth of an object on, whatever it is made of: the two bindings have other defaults. */
import type { Step } from "../program/program.ts";
import type { Difference } from "./difference.ts";

/** Births of a class after which a member that differed in all of them is known to. */
const ENOUGH = 8;

/** Counts how objects of each class begin, over all programs of a run. */
export class Births {
  readonly #made: Map<string, number>;
  readonly #apart: Map<string, number>;
  /** How a member of an object that is made of nothing differed first, and those that differ in another way each time. */
  readonly #bare: Map<string, string>;
  readonly #random: Set<string>;

  constructor(known?: Births) {
    this.#made = new Map(known === undefined ? [] : known.#made);
    this.#apart = new Map(known === undefined ? [] : known.#apart);
    this.#bare = new Map(known === undefined ? [] : known.#bare);
    this.#random = new Set(known === undefined ? [] : known.#random);
  }

  /** Take in that both sides made an object of a class. */
  made(className: string): void {
    count(this.#made, className);
  }

  /**
   * Take in that a member of a new object differs, and how. Whether that is another default, which is told once while
   * everything else such objects do is compared: an object that is made of nothing, or the same in every one so far.
   * What is drawn anew for each object is no default: all that follows from it differs as well.
   */
  differs(step: Extract<Step, { new: string }>, found: Pick<Difference, "member" | "left" | "right">): boolean {
    const key = `${step.new}.${found.member}`;
    const how = JSON.stringify([found.left, found.right]);
    const apart = count(this.#apart, key);
    const isBare = (step.args ?? []).length === 0 && Object.keys(step.kwargs ?? {}).length === 0;
    if (isBare) {
      const first = this.#bare.get(key) ?? how;
      this.#bare.set(key, first);
      if (first !== how) this.#random.add(key);
    }
    if (this.#random.has(key)) return false;
    return isBare || (apart >= ENOUGH && apart >= (this.#made.get(step.new) ?? 0));
  }
}

function count(counts: Map<string, number>, key: string): number {
  const next = (counts.get(key) ?? 0) + 1;
  counts.set(key, next);
  return next;
}
