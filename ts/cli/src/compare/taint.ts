/** Handles whose later answers follow from a difference that was told already. */
import type { Step } from "../program/program.ts";
import { handlesOf } from "./handles.ts";

/**
 * A set of handles, closed under relation: an object that came out of another one, or went into it, may share its state,
 * so that a difference in one of them explains a difference in the other.
 */
export class Taint {
  readonly #tainted = new Set<string>();
  /** Steps whose relations have not been needed yet: most programs never taint anything. */
  #pending: Step[] = [];
  /** Handles by the representative of their group. */
  readonly #parents = new Map<string, string>();

  /** Whether nothing is tainted. */
  get isEmpty(): boolean {
    return this.#tainted.size === 0;
  }

  /** Whether a handle is tainted, or related to one that is. */
  has(handle: string): boolean {
    return this.#tainted.size > 0 && this.#tainted.has(this.#root(handle));
  }

  /** Taint a handle and all that is related to it. */
  add(handle: string): void {
    for (const step of this.#pending) this.#relate(step);
    this.#pending = [];
    this.#tainted.add(this.#root(handle));
  }

  /** Take in that a step relates the handles it names with the one it makes. */
  relate(step: Step): void {
    if (this.isEmpty) this.#pending.push(step);
    else this.#relate(step);
  }

  #relate(step: Step): void {
    const made = "as" in step ? step.as : undefined;
    const used = handlesOf(step);
    const first = made ?? used[0];
    if (first === undefined) return;
    for (const other of used) this.#join(first, other);
  }

  #join(a: string, b: string): void {
    const [left, right] = [this.#root(a), this.#root(b)];
    if (left === right) return;
    this.#parents.set(right, left);
    if (this.#tainted.has(right)) this.#tainted.add(left);
  }

  #root(handle: string): string {
    let root = handle;
    for (let next = this.#parents.get(root); next !== undefined; next = this.#parents.get(root)) root = next;
    return root;
  }
}
