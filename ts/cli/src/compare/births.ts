/** Members that differ from the birth of an object on, whatever it is made of: the two bindings have other defaults. */
import type { Step } from "../program/program.ts";
import type { Difference } from "./difference.ts";

/** Births of a class after which a member that differed in all of them is known to. */
const ENOUGH = 8;

/** Ways of one member to differ that are remembered: a default has few, and what has many is no default. */
const MANY = 8;

/** Counts how objects of each class begin, over all programs of a run. */
export class Births {
  readonly #made: Map<string, number>;
  readonly #apart: Map<string, number>;
  /** How a member of an object that is made of nothing differed first, and those that differ in another way each time. */
  readonly #bare: Map<string, string>;
  readonly #random: Set<string>;
  /** How members differed that were found to have another default: objects inside of others have it as well. */
  readonly #defaults: Map<string, Set<string>>;

  constructor(known?: Births) {
    this.#made = new Map(known === undefined ? [] : known.#made);
    this.#apart = new Map(known === undefined ? [] : known.#apart);
    this.#bare = new Map(known === undefined ? [] : known.#bare);
    this.#random = new Set(known === undefined ? [] : known.#random);
    this.#defaults = new Map(
      [...(known === undefined ? [] : known.#defaults)].map(([key, hows]) => [key, new Set(hows)]),
    );
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
    const isDefault = isBare || (apart >= ENOUGH && apart >= (this.#made.get(step.new) ?? 0));
    if (isDefault) this.#remember(key, how);
    return isDefault;
  }

  /** Whether a member of an object that stands in another one differs as it does from the birth of such objects on. */
  isKnown(className: string, member: string, found: Pick<Difference, "left" | "right">): boolean {
    return this.#defaults.get(`${className}.${member}`)?.has(JSON.stringify([found.left, found.right])) ?? false;
  }

  #remember(key: string, how: string): void {
    const hows = this.#defaults.get(key) ?? new Set();
    if (hows.size < MANY) this.#defaults.set(key, hows.add(how));
  }
}

function count(counts: Map<string, number>, key: string): number {
  const next = (counts.get(key) ?? 0) + 1;
  counts.set(key, next);
  return next;
}
