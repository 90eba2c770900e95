/** What only Node has of the module compute: the subpath, the BigInt twin, and errors by code. */
import { isPairityError as above } from "pairity";
import { fib, fibBigInt } from "pairity/compute";
import { isPairityError } from "pairity/errors";
import { describe, expect, it } from "vitest";

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
