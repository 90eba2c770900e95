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

/**
 * Returns the `n`-th Fibonacci number, however large.
 *
 * Throws a RangeError when `n` is negative, and `ERR_LIMIT` when it is more than 1,000,000.
 *
 * @example
 * fibBig(100); // 354224848179261915075n
 */
export function fibBig(n: Integer): bigint {
  return native.computeFibBig(n);
}

/**
 * Returns the prime numbers up to and with `limit`, in order.
 *
 * Throws a RangeError when `limit` is negative, and `ERR_LIMIT` when it is more than 10,000,000.
 *
 * @example
 * primes(11); // [2, 3, 5, 7, 11]
 */
export function primes(limit: Integer): number[] {
  return native.computePrimes(limit);
}

/**
 * Returns the product of two matrices, each an array of its rows.
 *
 * Each number is the sum of the products in the order of the columns of `left`, rounded after each addition. Without
 * rows a matrix has no columns. Throws a RangeError when a row is not as long as the first, when `left` has not as many
 * columns as `right` has rows, and when the product has more than 2^24 numbers.
 *
 * @example
 * matrixMultiply([[1, 2]], [[3], [4]]); // [[11]]
 */
export function matrixMultiply(
  left: readonly (readonly number[])[],
  right: readonly (readonly number[])[],
): number[][] {
  return native.computeMatrixMultiply(left, right);
}

/** A word and how often it stands there. */
export type WordCount = [word: string, count: number];

/** What {@link textStatistics} returns. */
export interface TextStatistics {
  /** Unicode scalar values: what `[...text].length` counts, and not `text.length`. */
  chars: number;
  /** Words, as {@link countWords} finds them. */
  words: number;
  /** Lines: `\n` or `\r\n` ends one, and what stands after the last end is one more. */
  lines: number;
  /** How often each word stands in the text, the most frequent first. */
  frequencies: WordCount[];
}

/**
 * Returns how many chars, words and lines a text has, and how often each word stands in it.
 *
 * @example
 * textStatistics("One two. Two!"); // { chars: 13, words: 3, lines: 1, frequencies: [["two", 2], ["one", 1]] }
 */
export function textStatistics(text: string): TextStatistics {
  const [chars, words, lines, frequencies] = native.computeTextStatistics(text);
  return { chars, words, lines, frequencies };
}

/** How {@link countWords} works. */
export interface CountOptions {
  /** On as many threads as there are processors, which is so when absent; else on this one, with the same result. */
  parallel?: boolean;
  /** Keeps Python's interpreter lock, to be compared with; Node has none, and nothing changes. */
  keepLock?: boolean;
}

/**
 * Returns how often each word stands in all texts together: pairs, the most frequent first, equals by their text.
 *
 * A word is what the word boundaries of Unicode (UAX #29) enclose and has a letter or a digit in it; it is counted in
 * lower case. Each text is mapped to its counts, which are reduced to their sums.
 *
 * @example
 * countWords(["to be or", "not to be"]); // [["be", 2], ["to", 2], ["not", 1], ["or", 1]]
 */
export function countWords(texts: readonly string[], options?: CountOptions): WordCount[] {
  return native.computeCountWords(texts, options);
}
