import { inspect } from "node:util";
import { type Handle, type Integer, native } from "./native.ts";

/** What {@link Base.toJSON} returns. Integers beyond ±(2^53 − 1) are decimal strings. */
export interface BaseData {
  value: number | string;
}

/**
 * A 64-bit value, and what `process` makes of it, to extend.
 *
 * Two objects are equal when they are the same. Once set, the value does not change. A result beyond ±(2^53 − 1) throws
 * `ERR_UNSAFE_INTEGER`; the `…BigInt` member of the same name returns it exactly.
 *
 * @example
 * class PlusOne extends Base {
 *   override process(): number {
 *     return super.process() + 1;
 *   }
 * }
 * new PlusOne(3).process(); // 7
 */
export class Base {
  readonly #handle: Handle<"Base">;

  /** Creates an object with a value of 64 bits. */
  constructor(value: Integer) {
    this.#handle = native.baseNew(value);
  }

  /** The value. */
  get value(): number {
    return native.baseValue(this.#handle);
  }

  /** The value, exact beyond the safe integers. */
  get valueBigInt(): bigint {
    return native.baseValueBigInt(this.#handle);
  }

  /** Returns twice the value, unless a subclass knows better. Throws `ERR_OVERFLOW` when that does not fit in 64 bits. */
  process(): number {
    return native.baseProcess(this.#handle);
  }

  /** As {@link process} of this class, exact beyond the safe integers; a subclass that overrides one overrides both. */
  processBigInt(): bigint {
    return native.baseProcessBigInt(this.#handle);
  }

  /** Returns `Base(value=N)`. */
  toString(): string {
    return native.baseText(this.#handle);
  }

  /** Returns the value as a plain object, safe for `JSON.stringify`. */
  toJSON(): BaseData {
    return { value: native.baseState(this.#handle) };
  }

  /** Frees the native object now; every later call throws `ERR_STATE`. */
  close(): void {
    native.baseClose(this.#handle);
  }

  /** As {@link close}: `using base = new Base(3)`. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** What `console.log` shows: as {@link toString}. */
  [inspect.custom](): string {
    return this.toString();
  }
}
