import { inspect } from "node:util";
import { type Handle, type Integer, native } from "./native.ts";

/**
 * A stored {@link Range}; `position` is the next item, and without it the range starts afresh.
 * Integers beyond ±(2^53 − 1) are decimal strings.
 */
export interface RangeData {
  start: Integer | string;
  end: Integer | string;
  position?: Integer | string | null;
}

/** How many items are fetched at once: a call for each would cost more than the rest of a loop. */
const CHUNK = 256;

/** Where every range puts its first items: most ranges are short, and an array of its own costs more than such a one. */
const shared = new Float64Array(CHUNK);

/** How often the shared chunk was filled. A range finds its items there until the next one needs the place. */
let fillings = 0;

/** The handle that the next constructor call takes over instead of making one. */
let adopted: Handle<"Range"> | undefined;

/**
 * The integers from `start` up to, but not including, `end`: an iterator, which iterating uses up.
 *
 * A range whose start is not below its end has no items. A loop that is left with `break` can be continued. An item
 * beyond ±(2^53 − 1) throws `ERR_UNSAFE_INTEGER` and is not taken; {@link nextBigInt} takes it.
 *
 * @example
 * const numbers = new Range(0, 5);
 * numbers.next().value; // 0
 * [...numbers]; // [1, 2, 3, 4]
 */
export class Range implements IterableIterator<number, undefined> {
  readonly #handle: Handle<"Range">;

  // Items are fetched ahead, but the native range counts them only when they are given out: it is told before it is
  // asked anything (`#settled`), so that nobody sees what was fetched and not used.
  #chunk = shared;
  #filling = 0;
  #fetched = 0;
  #given = 0;
  #told = 0;

  /** Creates a range over the integers (of 64 bits) from `start` up to, but not including, `end`. */
  constructor(start: Integer, end: Integer) {
    this.#handle = adopted ?? native.rangeNew(start, end);
    adopted = undefined;
  }

  /**
   * Builds a range from what {@link toJSON} returned; without `position` it starts afresh.
   * Throws `ERR_KEY` when an end is absent, and a RangeError when a field is unknown or the position lies outside of
   * the range.
   */
  static fromJSON(data: RangeData): Range {
    return Range.#adopt(native.rangeFromJson(data));
  }

  static #adopt(handle: Handle<"Range">): Range {
    adopted = handle;
    return new Range(0, 0);
  }

  static #is(value: unknown): value is Range {
    return typeof value === "object" && value !== null && #handle in value;
  }

  /** The handle, once the native range knows which items were given out. */
  #settled(): Handle<"Range"> {
    if (this.#given > this.#told) {
      native.rangeSkip(this.#handle, this.#given - this.#told);
      this.#told = this.#given;
    }
    return this.#handle;
  }

  #forget(): void {
    this.#fetched = 0;
    this.#given = 0;
    this.#told = 0;
  }

  /** The first item of the whole range. */
  get start(): number {
    return native.rangeStart(this.#handle);
  }

  /** The first item of the whole range, exact beyond the safe integers. */
  get startBigInt(): bigint {
    return native.rangeStartBigInt(this.#handle);
  }

  /** The end of the range, which is no item. */
  get end(): number {
    return native.rangeEnd(this.#handle);
  }

  /** The end of the range, exact beyond the safe integers. */
  get endBigInt(): bigint {
    return native.rangeEndBigInt(this.#handle);
  }

  /** How many items are left. */
  get remaining(): number {
    return native.rangeRemaining(this.#settled());
  }

  /** How many items are left, exact beyond the safe integers. */
  get remainingBigInt(): bigint {
    return native.rangeRemainingBigInt(this.#settled());
  }

  /** Takes the next item. */
  next(): IteratorResult<number, undefined> {
    const isLost = this.#chunk === shared && this.#filling !== fillings;
    if ((isLost || this.#given === this.#fetched) && !this.#fetch()) return { done: true, value: undefined };
    return { done: false, value: this.#chunk[this.#given++] as number };
  }

  /** Fetches the next items; false when there are none. Lost items are fetched again: they were not taken. */
  #fetch(): boolean {
    const handle = this.#settled();
    // A long range, or one that lost its items, is worth a chunk of its own.
    if (this.#chunk === shared && (this.#fetched === CHUNK || this.#given < this.#fetched)) {
      this.#chunk = new Float64Array(CHUNK);
    }
    if (this.#chunk === shared) this.#filling = ++fillings;
    this.#forget();
    this.#fetched = native.rangePeek(handle, this.#chunk);
    return this.#fetched > 0;
  }

  /** As {@link next}, exact beyond the safe integers. */
  nextBigInt(): IteratorResult<bigint, undefined> {
    const value = native.rangeNextBigInt(this.#settled());
    this.#forget();
    return value === null ? { done: true, value: undefined } : { done: false, value };
  }

  /** Returns this very range: iterating uses it up. */
  [Symbol.iterator](): this {
    return this;
  }

  /** Returns whether `other` is a range with the same ends and the same items left. */
  equals(other: unknown): boolean {
    return Range.#is(other) && native.rangeEquals(this.#settled(), other.#settled());
  }

  /** Returns an independent copy with the same items left. */
  clone(): Range {
    return Range.#adopt(native.rangeClone(this.#settled()));
  }

  /** Returns `Range(start=0, end=5)`, however many items are left. */
  toString(): string {
    return native.rangeText(this.#handle);
  }

  /** Returns the ends and the next item as a plain object, safe for `structuredClone` and `JSON.stringify`. */
  toJSON(): { start: number | string; end: number | string; position: number | string } {
    const [start, end, position] = native.rangeState(this.#settled());
    return { start, end, position };
  }

  /** Frees the native range now; every later call throws `ERR_STATE`. */
  close(): void {
    native.rangeClose(this.#handle);
    this.#forget();
  }

  /** As {@link close}: `using numbers = new Range(0, 5)`. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** What `console.log` shows: as {@link toString}. */
  [inspect.custom](): string {
    return this.toString();
  }
}
