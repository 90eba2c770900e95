/**
 * A plain seeded generator of random numbers (sfc32).
 *
 * Programs are drawn from it directly rather than from fast-check's combinators: a program is a walk over live
 * handles, which combinators can only express as deep chains, and one stream a program, keyed by seed and index,
 * makes every program reproducible without those before it.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  /** The stream number `index` of a seed. */
  constructor(seed: number, index: number) {
    this.#a = seed | 0;
    this.#b = (seed / 2 ** 32) | 0;
    this.#c = index | 0;
    for (let warmUp = 0; warmUp < 12; warmUp++) this.next();
  }

  /** 32 random bits, unsigned. */
  next(): number {
    const sum = (this.#a + this.#b + this.#counter++) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum;
    return sum >>> 0;
  }

  /** An integer in [0, limit). */
  below(limit: number): number {
    return Math.floor((this.next() / 2 ** 32) * limit);
  }

  /** An integer in [low, high]. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  /** True with this probability. */
  chance(probability: number): boolean {
    return this.next() < probability * 2 ** 32;
  }

  /** One of the items; there must be one. */
  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }

  /** Any 64 bits as a float: all magnitudes, infinities and NaN among them. */
  float(): number {
    bits[0] = this.next();
    bits[1] = this.next();
    return float[0]!;
  }
}

const float = new Float64Array(1);
const bits = new Uint32Array(float.buffer);
