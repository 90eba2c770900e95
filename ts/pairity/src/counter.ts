import { inspect } from "node:util";
import { type Handle, type Integer, native } from "./native.ts";

/** A stored {@link Counter}; the ends of the range go together. Integers beyond ±(2^53 − 1) are decimal strings. */
export interface CounterData {
  value: Integer | string;
  minimum?: Integer | string | null;
  maximum?: Integer | string | null;
}

/** The handle that the next constructor call takes over instead of making one. */
let adopted: Handle<"Counter"> | undefined;

/**
 * A 64-bit counter with an optional range.
 *
 * Arithmetic is exact: without a range a result beyond 64 bits throws `ERR_OVERFLOW` and changes nothing, with a range
 * it is clamped. A result beyond ±(2^53 − 1) throws `ERR_UNSAFE_INTEGER` and changes nothing; the `…BigInt` member of
 * the same name returns it exactly.
 *
 * @example
 * const counter = new Counter(3);
 * counter.add(4); // 7
 */
export class Counter {
  readonly #handle: Handle<"Counter">;

  /** Creates a counter at `value` (an integer of 64 bits), without a range. */
  constructor(value: Integer = 0) {
    this.#handle = adopted ?? native.counterNew(value);
    adopted = undefined;
  }

  /**
   * Builds a counter from what {@link toJSON} returned.
   * Throws `ERR_KEY` when `value` is absent, and a RangeError when a field is unknown, only one end of the range is
   * given, or the ends are reversed.
   */
  static fromJSON(data: CounterData): Counter {
    return Counter.#adopt(native.counterFromJson(data));
  }

  static #adopt(handle: Handle<"Counter">): Counter {
    adopted = handle;
    return new Counter();
  }

  static #is(value: unknown): value is Counter {
    return typeof value === "object" && value !== null && #handle in value;
  }

  /** The current value; a value that is set is clamped to the range. */
  get value(): number {
    return native.counterValue(this.#handle);
  }

  set value(value: Integer) {
    native.counterSet(this.#handle, value);
  }

  /** The current value, exact beyond the safe integers. */
  get valueBigInt(): bigint {
    return native.counterValueBigInt(this.#handle);
  }

  /** Returns the current value. */
  get(): number {
    return native.counterValue(this.#handle);
  }

  /** Returns the current value, exact beyond the safe integers. */
  getBigInt(): bigint {
    return native.counterValueBigInt(this.#handle);
  }

  /** Sets the value, clamped to the range when one is set. */
  set(value: Integer): void {
    native.counterSet(this.#handle, value);
  }

  /** Sets the value to 0, clamped to the range, and returns it. */
  reset(): number {
    return native.counterReset(this.#handle);
  }

  /** As {@link reset}, exact beyond the safe integers. */
  resetBigInt(): bigint {
    return native.counterResetBigInt(this.#handle);
  }

  /** Adds 1 and returns the new value. Throws `ERR_OVERFLOW` as {@link add} does. */
  increment(): number {
    return native.counterIncrement(this.#handle);
  }

  /** As {@link increment}, exact beyond the safe integers. */
  incrementBigInt(): bigint {
    return native.counterIncrementBigInt(this.#handle);
  }

  /** Subtracts 1 and returns the new value. Throws `ERR_OVERFLOW` as {@link add} does. */
  decrement(): number {
    return native.counterDecrement(this.#handle);
  }

  /** As {@link decrement}, exact beyond the safe integers. */
  decrementBigInt(): bigint {
    return native.counterDecrementBigInt(this.#handle);
  }

  /**
   * Adds `n` and returns the new value: the exact sum, clamped to the range when one is set.
   * Throws `ERR_OVERFLOW` when no range is set and the sum does not fit in 64 bits; the value is unchanged.
   */
  add(n: Integer): number {
    return native.counterAdd(this.#handle, n);
  }

  /** As {@link add}, exact beyond the safe integers. */
  addBigInt(n: Integer): bigint {
    return native.counterAddBigInt(this.#handle, n);
  }

  /** Returns the value divided by `divisor`. Throws `ERR_DIVISION_BY_ZERO`. */
  divide(divisor: Integer): number {
    return native.counterDivide(this.#handle, divisor);
  }

  /**
   * Clamps the value to `minimum` … `maximum`, both included, now and after every later change.
   * Throws a RangeError when `minimum > maximum`; nothing changes.
   */
  setRange(minimum: Integer, maximum: Integer): void {
    native.counterSetRange(this.#handle, minimum, maximum);
  }

  /** Removes the range; the value stays. */
  clearRange(): void {
    native.counterClearRange(this.#handle);
  }

  /** Returns whether `other` is a counter with the same value; ranges do not count. */
  equals(other: unknown): boolean {
    return Counter.#is(other) && native.counterEquals(this.#handle, other.#handle);
  }

  /** Returns an independent copy, its range included. */
  clone(): Counter {
    return Counter.#adopt(native.counterClone(this.#handle));
  }

  /** Returns `Counter(value=N)`. */
  toString(): string {
    return native.counterText(this.#handle);
  }

  /** Returns the value and the ends of the range as a plain object, safe for `structuredClone` and `JSON.stringify`. */
  toJSON(): Required<CounterData> {
    const [value, minimum, maximum] = native.counterState(this.#handle);
    return { value, minimum, maximum };
  }

  /** Frees the native counter now; every later call throws `ERR_STATE`. */
  close(): void {
    native.counterClose(this.#handle);
  }

  /** As {@link close}: `using counter = new Counter()`. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** What `console.log` shows: as {@link toString}. */
  [inspect.custom](): string {
    return this.toString();
  }
}
