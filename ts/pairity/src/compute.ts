/** Functions that compute: the same results, errors and texts as `pairity.compute` in Python. */
import { type Integer, native } from "./native.ts";

export type { Integer } from "./native.ts";

/**
 * Returns the `n`-th Fibonacci number: `fib(0)` is 0, `fib(1)` is 1.
 *
 * Throws a RangeError when `n` is negative, `ERR_OVERFLOW` from 93 on, where the number does not fit in 64 bits, and
 * `ERR_UNSAFE_INTEGER` from 79 on, where {@link fibBigInt} returns it exactly.
 *
 * @example
 * fib(10); // 55
 */
export function fib(n: Integer): number {
  return native.computeFib(n);
}

/** As {@link fib}, exact beyond the safe integers. */
export function fibBigInt(n: Integer): bigint {
  return native.computeFibBigInt(n);
}
