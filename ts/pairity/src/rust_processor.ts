import { inspect } from "node:util";
import { type Handle, type Integer, native } from "./native.ts";

/**
 * Doubles integers, between two hooks that a subclass overrides.
 *
 * The hooks get an array of their own, in which integers beyond ±(2^53 − 1) are bigints, and return an array of
 * integers of 64 bits, numbers or bigints.
 *
 * @example
 * class PlusOne extends RustProcessor {
 *   override postprocess(items: number[]): number[] {
 *     return items.map((item) => item + 1);
 *   }
 * }
 * new PlusOne().process([1, 2, 3]); // [3, 5, 7]
 */
export class RustProcessor {
  readonly #handle: Handle<"RustProcessor">;

  /** Creates a processor. */
  constructor() {
    this.#handle = native.rustProcessorNew();
  }

  /**
   * Runs the items through `preprocess`, doubles each, and runs them through `postprocess`.
   *
   * Throws whatever a hook throws, a TypeError when one returns no array of integers, `ERR_OVERFLOW` when a doubled item
   * does not fit in 64 bits, and `ERR_UNSAFE_INTEGER` for an item of the result beyond ±(2^53 − 1).
   */
  process(items: readonly Integer[]): number[] {
    return native.rustProcessorProcess(this.#handle, items, this);
  }

  /** As {@link process}, exact beyond the safe integers. It calls the hooks as well. */
  processBigInt(items: readonly Integer[]): bigint[] {
    return native.rustProcessorProcessBigInt(this.#handle, items, this);
  }

  /** Returns the items to double: an array of those that were given, unless a subclass knows better. */
  preprocess(items: Integer[]): Integer[] {
    return native.rustProcessorPreprocess(this.#handle, items);
  }

  /** Returns the items that `process` returns: an array of the doubled ones, unless a subclass knows better. */
  postprocess(items: Integer[]): Integer[] {
    return native.rustProcessorPostprocess(this.#handle, items);
  }

  /** Returns `RustProcessor()`. */
  toString(): string {
    return native.rustProcessorText(this.#handle);
  }

  /** Frees the native processor now; every later call throws `ERR_STATE`. Inside a call of it, so does this one. */
  close(): void {
    native.rustProcessorClose(this.#handle);
  }

  /** As {@link close}: `using processor = new RustProcessor()`. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** What `console.log` shows: as {@link toString}. */
  [inspect.custom](): string {
    return this.toString();
  }
}
