import { inspect } from "node:util";
import { type Handle, native } from "./native.ts";
import { Point, type PointData } from "./point.ts";

/** Native points that were closed, for the next ones; at most {@link SIZE} of them. */
const pool: Handle<"PooledPoint">[] = [];

const SIZE = 256;

/** What every closed point holds. */
const CLOSED = native.pooledPointNew(0, 0);
native.pooledPointClose(CLOSED);

/**
 * A point whose native memory, of up to 256 points that were closed, is used again by the next ones. Otherwise as
 * {@link Point}.
 *
 * The pool gives something only to points that are closed; those that are collected go the way of any other. What it
 * gives is measured by `npm run bench`.
 *
 * @example
 * const point = new PooledPoint(1, 2);
 * point.close();
 */
export class PooledPoint {
  #handle: Handle<"PooledPoint">;

  /** Creates the point (`x`, `y`). */
  constructor(x: number, y: number) {
    const pooled = pool.at(-1);
    if (pooled === undefined) {
      this.#handle = native.pooledPointNew(x, y);
    } else {
      // Arguments that are refused leave the pool as it is.
      native.pooledPointRenew(pooled, x, y);
      pool.pop();
      this.#handle = pooled;
    }
  }

  /**
   * Builds a point from what {@link toJSON} returned.
   * Throws `ERR_KEY` when a coordinate is absent, and a RangeError when a field is unknown.
   */
  static fromJSON(data: PointData): PooledPoint {
    const { x, y } = Point.fromJSON(data);
    return new PooledPoint(x, y);
  }

  /** The first coordinate. */
  get x(): number {
    return native.pooledPointX(this.#handle);
  }

  /** The second coordinate. */
  get y(): number {
    return native.pooledPointY(this.#handle);
  }

  /** Returns whether `other` is a pooled point with the same coordinates: −0 equals 0, NaN equals nothing. */
  equals(other: unknown): boolean {
    const isPooled = typeof other === "object" && other !== null && #handle in other;
    return isPooled && native.pooledPointEquals(this.#handle, other.#handle);
  }

  /** Returns a hash of 32 bits, the same number as Python's `hash()` and as that of the {@link Point}. */
  hashCode(): number {
    return native.pooledPointHashCode(this.#handle);
  }

  /** Returns `PooledPoint(x=…, y=…)`. */
  toString(): string {
    return native.pooledPointText(this.#handle);
  }

  /** Returns the coordinates as a plain object, safe for `structuredClone`. */
  toJSON(): PointData {
    return { x: this.x, y: this.y };
  }

  /** Gives the native point back to the pool; every later call of this object throws `ERR_STATE`. */
  close(): void {
    if (this.#handle === CLOSED) return;
    if (pool.length < SIZE) pool.push(this.#handle);
    else native.pooledPointClose(this.#handle);
    this.#handle = CLOSED;
  }

  /** As {@link close}: `using point = new PooledPoint(1, 2)`. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** What `console.log` shows: as {@link toString}. */
  [inspect.custom](): string {
    return this.toString();
  }
}
