import { inspect } from "node:util";
import { type Handle, native } from "./native.ts";

/** A stored {@link Point}. JSON has no NaN and no infinities: `JSON.stringify` writes null for them. */
export interface PointData {
  x: number;
  y: number;
}

/** The handle that the next constructor call takes over instead of making one. */
let adopted: Handle<"Point"> | undefined;

/**
 * A point of two 64-bit floats, which do not change. Equal and hashed by both.
 *
 * @example
 * new Point(1, 2).toString(); // "Point(x=1.0, y=2.0)"
 */
export class Point {
  readonly #handle: Handle<"Point">;

  /** Creates the point (`x`, `y`). */
  constructor(x: number, y: number) {
    this.#handle = adopted ?? native.pointNew(x, y);
    adopted = undefined;
  }

  /**
   * Builds a point from what {@link toJSON} returned.
   * Throws `ERR_KEY` when a coordinate is absent, and a RangeError when a field is unknown.
   */
  static fromJSON(data: PointData): Point {
    adopted = native.pointFromJson(data);
    return new Point(0, 0);
  }

  /** The first coordinate. */
  get x(): number {
    return native.pointX(this.#handle);
  }

  /** The second coordinate. */
  get y(): number {
    return native.pointY(this.#handle);
  }

  /** Returns whether `other` is a point with the same coordinates: −0 equals 0, NaN equals nothing. */
  equals(other: unknown): boolean {
    const isPoint = typeof other === "object" && other !== null && #handle in other;
    return isPoint && native.pointEquals(this.#handle, other.#handle);
  }

  /**
   * Returns a hash of 32 bits, the same number as Python's `hash()`.
   * It is the FNV-1a of the bits of both coordinates, lowest byte first; −0 counts as 0.
   */
  hashCode(): number {
    return native.pointHashCode(this.#handle);
  }

  /** Returns `Point(x=…, y=…)`. */
  toString(): string {
    return native.pointText(this.#handle);
  }

  /** Returns the coordinates as a plain object, safe for `structuredClone`. */
  toJSON(): PointData {
    return { x: this.x, y: this.y };
  }

  /** Frees the native point now; every later call throws `ERR_STATE`. */
  close(): void {
    native.pointClose(this.#handle);
  }

  /** As {@link close}: `using point = new Point(1, 2)`. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** What `console.log` shows: as {@link toString}. */
  [inspect.custom](): string {
    return this.toString();
  }
}
