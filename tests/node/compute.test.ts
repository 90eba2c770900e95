/** What only Node has of the module compute: the subpath, the BigInt twin, and errors by code. */
import { isPairityError as above } from "pairity";
import { countWords, fib, fibBig, fibBigInt, primes, type TextStatistics, textStatistics } from "pairity/compute";
import { isPairityError } from "pairity/errors";
import { describe, expect, expectTypeOf, it } from "vitest";

describe("pairity/compute", () => {
  it("refuses what a number cannot hold, and names the twin that returns it", () => {
    expect(() => fib(79)).toThrow("14472334024676221 is not a safe integer; fibBigInt returns it exactly");
    expect(fibBigInt(79)).toBe(14472334024676221n);
    expect(fibBigInt(92n)).toBe(7540113804746346429n);
  });

  it("takes bigint as it takes numbers", () => {
    expect(fib(10n)).toBe(55);
  });

  it("throws the errors of the library", () => {
    const thrown = (() => {
      try {
        return fib(-1);
      } catch (error) {
        return error;
      }
    })();
    expect(thrown).toBeInstanceOf(RangeError);
    expect(isPairityError(thrown, "ERR_VALUE")).toBe(true);
  });
});

describe("pairity/errors", () => {
  it("offers the guard of the package itself", () => {
    expect(isPairityError).toBe(above);
  });
});

describe("what compute returns in JavaScript", () => {
  it("is a bigint where a number may be of any size", () => {
    const number = fibBig(10_000);
    expect(number.toString(2).length).toBe(6942);
    expect(fibBig(10_002)).toBe(number + fibBig(10_001));
    expect(fibBig(0)).toBe(0n);
  });

  it("is an array of numbers for primes", () => {
    expect(primes(20n)).toEqual([2, 3, 5, 7, 11, 13, 17, 19]);
  });

  it("is an object with names for a text, whose words are pairs", () => {
    const found = textStatistics("b a b");
    expect(found).toEqual({
      chars: 5,
      words: 3,
      lines: 1,
      frequencies: [
        ["b", 2],
        ["a", 1],
      ],
    });
    expectTypeOf(found).toEqualTypeOf<TextStatistics>();
    expect(new Map(countWords(["2 10", "2"]))).toEqual(
      new Map([
        ["2", 2],
        ["10", 1],
      ]),
    );
  });

  it("refuses options that it does not know", () => {
    // @ts-expect-error: the types refuse it as well.
    expect(() => countWords([], { threads: 2 })).toThrow("Unknown option 'threads'");
  });
});
