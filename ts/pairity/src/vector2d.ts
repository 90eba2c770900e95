import { inspect } from "node:util";
import { type Handle, native } from "./native.ts";

/** A stored {@link Vector2D}. JSON has no NaN and no infinities: `JSON.stringify` writes null for them. */
export interface Vector2DData {
  x: number;
  y: number;
}

/** The handle that the next constructor call takes over instead of making one. */
let adopted: Handle<"Vector2D"> | undefined;

/** Makes a vector of a handle; for the classes of this package. */
export function vector2DOf(handle: Handle<"Vector2D">): Vector2D {
  adopted = handle;
  return new Vector2D(0, 0);
}

/**
 * A mutable vector of two 64-bit floats.
 *
 * Arithmetic is that of IEEE 754: nothing overflows into an error, and NaN and infinities go through.
 *
 * @example
 * const vector = new Vector2D(3, 4);
 * vector.magnitude; // 5
 * const [x, y] = vector.scale(2); // 6, 8
 */
export class Vector2D {
  readonly #handle: Handle<"Vector2D">;

  /** Creates the vector (`x`, `y`). */
  constructor(x: number, y: number) {
    this.#handle = adopted ?? native.vector2DNew(x, y);
    adopted = undefined;
  }

  /**
   * Builds a vector from what {@link toJSON} returned.
   * Throws `ERR_KEY` when a component is absent, and a RangeError when a field is unknown.
   */
  static fromJSON(data: Vector2DData): Vector2D {
    return vector2DOf(native.vector2DFromJson(data));
  }

  static #is(value: unknown): value is Vector2D {
    return typeof value === "object" && value !== null && #handle in value;
  }

  /** The handle of an argument; what is no vector goes to the border as it is, which refuses it by name. */
  static #of(value: Vector2D): Handle<"Vector2D"> {
    return Vector2D.#is(value) ? value.#handle : (value as never);
  }

  /** The first component. */
  get x(): number {
    return native.vector2DX(this.#handle);
  }

  set x(x: number) {
    native.vector2DSetX(this.#handle, x);
  }

  /** The second component. */
  get y(): number {
    return native.vector2DY(this.#handle);
  }

  set y(y: number) {
    native.vector2DSetY(this.#handle, y);
  }

  /** The length: `hypot(x, y)`, which neither overflows nor underflows on the way. */
  get magnitude(): number {
    return native.vector2DMagnitude(this.#handle);
  }

  /** The angle to the x axis in radians, from −π to π: `atan2(y, x)`. */
  get angle(): number {
    return native.vector2DAngle(this.#handle);
  }

  /** Returns the scalar product: `x·other.x + y·other.y`. */
  dot(other: Vector2D): number {
    return native.vector2DDot(this.#handle, Vector2D.#of(other));
  }

  /** Returns the third component of the vector product: `x·other.y − y·other.x`. */
  cross(other: Vector2D): number {
    return native.vector2DCross(this.#handle, Vector2D.#of(other));
  }

  /** Returns the length of the difference. */
  distanceTo(other: Vector2D): number {
    return native.vector2DDistanceTo(this.#handle, Vector2D.#of(other));
  }

  /**
   * Returns the point between this vector (`t` = 0) and the other (`t` = 1), or beyond them for other values of `t`.
   * It is `(1 − t)·self + t·other`, exact at both ends.
   */
  lerp(other: Vector2D, t: number): Vector2D {
    return vector2DOf(native.vector2DLerp(this.#handle, Vector2D.#of(other), t));
  }

  /**
   * Returns the vector of length 1 in the same direction: both components divided by the magnitude.
   * Infinities and NaN follow the division: an infinite component becomes NaN and a finite one beside it 0, and with a
   * NaN and no infinity both become NaN. Throws a RangeError for the zero vector.
   */
  normalized(): Vector2D {
    return vector2DOf(native.vector2DNormalized(this.#handle));
  }

  /** Returns the sum of both vectors. */
  add(other: Vector2D): Vector2D {
    return vector2DOf(native.vector2DAdd(this.#handle, Vector2D.#of(other)));
  }

  /** Returns this vector without the other. */
  sub(other: Vector2D): Vector2D {
    return vector2DOf(native.vector2DSub(this.#handle, Vector2D.#of(other)));
  }

  /** Returns the vector with both components times `factor`. */
  scale(factor: number): Vector2D {
    return vector2DOf(native.vector2DScale(this.#handle, factor));
  }

  /** Returns the opposite vector. */
  neg(): Vector2D {
    return vector2DOf(native.vector2DNeg(this.#handle));
  }

  /** Adds `other` in place and returns this vector: every name of it sees the change. */
  addAssign(other: Vector2D): this {
    native.vector2DAddAssign(this.#handle, Vector2D.#of(other));
    return this;
  }

  /** Subtracts `other` in place and returns this vector: every name of it sees the change. */
  subAssign(other: Vector2D): this {
    native.vector2DSubAssign(this.#handle, Vector2D.#of(other));
    return this;
  }

  /** Whether `other` is a vector with the same components: −0 equals 0, NaN equals nothing. */
  equals(other: unknown): boolean {
    return Vector2D.#is(other) && native.vector2DEquals(this.#handle, other.#handle);
  }

  /** Returns an independent copy. */
  clone(): Vector2D {
    return vector2DOf(native.vector2DClone(this.#handle));
  }

  /** Returns `Vector2D(x=1.0, y=2.0)`, with numbers as Python writes floats. */
  toString(): string {
    return native.vector2DText(this.#handle);
  }

  /** Returns the components as a plain object, safe for `structuredClone`; JSON itself has null for what is not finite. */
  toJSON(): Vector2DData {
    const [x, y] = native.vector2DParts(this.#handle);
    return { x, y };
  }

  /** Frees the native vector now; every later call throws `ERR_STATE`. */
  close(): void {
    native.vector2DClose(this.#handle);
  }

  /** As {@link close}: `using vector = new Vector2D(1, 2)`. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** Iterates over the two components, read at one moment: `const [x, y] = vector`. */
  [Symbol.iterator](): IterableIterator<number> {
    return native.vector2DParts(this.#handle)[Symbol.iterator]();
  }

  /** What `console.log` shows: as {@link toString}. */
  [inspect.custom](): string {
    return this.toString();
  }
}
