import { inspect } from "node:util";
import { type Integer, native } from "./native.ts";
import { Vector2D, vector2DOf } from "./vector2d.ts";

/** A vector, or its two components. */
export type Vector2DRow = Vector2D | readonly [x: number, y: number];

/** A stored {@link Vector2DArray}: its rows as pairs. */
export interface Vector2DArrayData {
  rows: readonly (readonly [x: number, y: number])[];
}

/** How {@link Vector2DArray.fromBuffer} uses its buffer. */
export interface FromBufferOptions {
  /** Copy the floats instead of sharing their memory; false when absent. */
  copy?: boolean;
}

/** The memory that the next constructor call takes over instead of making some. */
let adopted: Float64Array | undefined;

function adopt(values: Float64Array): Vector2DArray {
  adopted = values;
  return new Vector2DArray();
}

/** The components of a vector; anything else goes to the border as it is. */
function plain(row: Vector2DRow): readonly number[] {
  return row instanceof Vector2D ? [...row] : row;
}

/**
 * Vectors in one piece of memory: rows of interleaved floats, x₀, y₀, x₁, y₁, … Its length is fixed.
 *
 * The memory is a Float64Array, which {@link fromBuffer} and {@link toFloat64Array} share without a copy. When its
 * buffer is transferred elsewhere, every later call throws `ERR_STATE`. What is read from the array is a copy: a
 * `Vector2D` does not change when its row does.
 *
 * @example
 * const vectors = new Vector2DArray([[3, 4], [6, 8]]);
 * vectors.sum().toString(); // "Vector2D(x=9.0, y=12.0)"
 * vectors.magnitudes(); // Float64Array [5, 10]
 */
export class Vector2DArray {
  #values: Float64Array | undefined;

  /** Creates an array of `rows`: vectors, or arrays of two numbers. */
  constructor(rows: readonly Vector2DRow[] = []) {
    this.#values = adopted ?? native.vector2DArrayFrom(Array.isArray(rows) ? rows.map(plain) : (rows as never));
    adopted = undefined;
  }

  /** Returns an array of `n` rows, all zero. Throws a RangeError when `n` is negative or more than 2^27. */
  static zeros(n: Integer): Vector2DArray {
    return adopt(new Float64Array(native.vector2DArrayFloatsIn(n)));
  }

  /**
   * Returns an array that uses the memory of `buffer`, or with `copy` its own copy of the floats.
   * Throws a RangeError when the buffer holds other elements, is of odd length, or is shared between threads, and
   * `ERR_STATE` when it is detached.
   */
  static fromBuffer(buffer: Float64Array, options?: FromBufferOptions): Vector2DArray {
    return adopt(native.vector2DArrayIsCopied(buffer, options) ? new Float64Array(buffer) : buffer);
  }

  /**
   * Builds an array from what {@link toJSON} returned.
   * Throws `ERR_KEY` when `rows` is absent, and a RangeError when a field is unknown.
   */
  static fromJSON(data: Vector2DArrayData): Vector2DArray {
    return adopt(native.vector2DArrayFromJson(data));
  }

  static #is(value: unknown): value is Vector2DArray {
    return typeof value === "object" && value !== null && #values in value;
  }

  /** The memory of an argument; what is no array goes to the border, which refuses it by name. */
  static #of(other: Vector2DArray): Float64Array | undefined {
    if (!Vector2DArray.#is(other)) native.vector2DArrayRefuse(other);
    return other.#values;
  }

  *#rows(length: number): IterableIterator<Vector2D> {
    for (let index = 0; index < length; index += 1) yield this.at(index);
  }

  /** The number of rows. */
  get length(): number {
    return native.vector2DArrayLength(this.#values);
  }

  /** Returns the row at `index`; a negative index counts from the end. Throws `ERR_INDEX`. */
  at(index: Integer): Vector2D {
    return vector2DOf(native.vector2DArrayGet(this.#values, index));
  }

  /** Returns the floats in the memory of this array: writing to them writes to it. */
  toFloat64Array(): Float64Array {
    native.vector2DArrayLength(this.#values);
    return this.#values as Float64Array;
  }

  /**
   * Returns the scalar product of each row with the same row of `other`.
   * Throws a RangeError when the arrays differ in length.
   */
  dot(other: Vector2DArray): Float64Array {
    const result = new Float64Array(this.length);
    const values = Vector2DArray.#of(other);
    native.vector2DArrayDot(this.#values, values, result);
    return result;
  }

  /** Returns the length of each row. */
  magnitudes(): Float64Array {
    const result = new Float64Array(this.length);
    native.vector2DArrayMagnitudes(this.#values, result);
    return result;
  }

  /**
   * Returns the sum of all rows; of no rows it is zero.
   *
   * The order of the additions is fixed: eight running sums from 0, of which sum k takes the rows k, k + 8, k + 16 and
   * so on; they are then added in pairs, 0 + 4, 1 + 5, 2 + 6, 3 + 7, and those in pairs again, 0 + 2, 1 + 3, and those
   * two; and last the rows beyond the last whole eight, in their order.
   */
  sum(): Vector2D {
    return vector2DOf(native.vector2DArraySum(this.#values));
  }

  /** Replaces the row at `index`; a negative index counts from the end. Throws `ERR_INDEX`. */
  set(index: Integer, value: Vector2DRow): void {
    native.vector2DArraySet(this.#values, index, plain(value));
  }

  /** Returns a new array of the sums of the rows of both arrays. Throws a RangeError when they differ in length. */
  add(other: Vector2DArray): Vector2DArray {
    const result = new Float64Array(2 * this.length);
    const values = Vector2DArray.#of(other);
    native.vector2DArrayAdd(this.#values, values, result);
    return adopt(result);
  }

  /** Returns a new array of the rows times `factor`. */
  scale(factor: number): Vector2DArray {
    const result = new Float64Array(2 * this.length);
    native.vector2DArrayScale(this.#values, factor, result);
    return adopt(result);
  }

  /** Whether `other` is an array with equal rows: −0 equals 0, NaN equals nothing. */
  equals(other: unknown): boolean {
    return Vector2DArray.#is(other) && native.vector2DArrayEquals(this.#values, other.#values);
  }

  /** Returns an array with its own copy of the floats. */
  clone(): Vector2DArray {
    return adopt(new Float64Array(this.toFloat64Array()));
  }

  /** Returns `Vector2DArray([(1.0, 2.0), …])`, with the first vectors and how many more there are. */
  toString(): string {
    return native.vector2DArrayText(this.#values);
  }

  /** Returns the rows as a plain object, safe for `structuredClone`; JSON itself has null for what is not finite. */
  toJSON(): Vector2DArrayData {
    return { rows: native.vector2DArrayPairs(this.#values) };
  }

  /** Lets go of the memory now; every later call throws `ERR_STATE`. Those who have the Float64Array keep it. */
  close(): void {
    this.#values = undefined;
  }

  /** As {@link close}: `using vectors = Vector2DArray.zeros(3)`. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** Iterates over the rows; each is read when it is asked for. */
  [Symbol.iterator](): IterableIterator<Vector2D> {
    return this.#rows(this.length);
  }

  /** What `console.log` shows: as {@link toString}. */
  [inspect.custom](): string {
    return this.toString();
  }
}
