/** What only JavaScript has of Range: the iterator protocol over items that are fetched ahead, twins, and types. */
import { execFileSync } from "node:child_process";
import { inspect } from "node:util";
import { Range } from "pairity";
import { describe, expect, expectTypeOf, it } from "vitest";
import { PYTHON, ROOT } from "../../scripts/run.mjs";

function upTo(end: number, start = 0): number[] {
  return Array.from({ length: end - start }, (_, index) => start + index);
}

describe("Range in JavaScript", () => {
  it("spreads, destructures and iterates", () => {
    expect([...new Range(0, 5)]).toEqual([0, 1, 2, 3, 4]);
    const [first, second] = new Range(7, 9);
    expect([first, second]).toEqual([7, 8]);
    expect(Array.from(new Range(-1, 2), (item) => item * 2)).toEqual([-2, 0, 2]);
    expect(Math.max(...new Range(0, 10))).toBe(9);
  });

  it("is its own iterator, and answers as the protocol says", () => {
    const range = new Range(0, 1);
    expect(range[Symbol.iterator]()).toBe(range);
    expect(range.next()).toEqual({ done: false, value: 0 });
    expect(range.next()).toEqual({ done: true, value: undefined });
    expect(range.next()).toEqual({ done: true, value: undefined });
  });

  it("has no return: a loop that was left is continued", () => {
    const range = new Range(0, 5);
    expect("return" in range).toBe(false);
    for (const item of range) if (item === 1) break;
    expect([...range]).toEqual([2, 3, 4]);
  });

  it.each([0, 1, 255, 256, 257, 511, 512, 513, 1000])("gives each of %i items once", (count) => {
    expect([...new Range(0, count)]).toEqual(upTo(count));
  });

  it.each([0, 1, 255, 256, 257, 300])("counts what was given out, not what was fetched: after %i items", (count) => {
    const range = new Range(0, 600);
    for (let item = 0; item < count; item += 1) expect(range.next().value).toBe(item);
    expect(range.remaining).toBe(600 - count);
    expect(range.toJSON()).toEqual({ start: 0, end: 600, position: count });
    expect(range.clone().next().value).toBe(count);
    expect(range.equals(Range.fromJSON({ start: 0, end: 600, position: count }))).toBe(true);
    expect([...range]).toEqual(upTo(600, count));
  });

  it("keeps many ranges apart that are iterated in turn, short ones and long ones", () => {
    const ranges = Array.from({ length: 5 }, (_, index) => new Range(index * 1000, index * 1000 + 100 * index));
    const seen: number[][] = ranges.map(() => []);
    for (let turn = 0; turn < 450; turn += 1) {
      ranges.forEach((range, index) => {
        const { done, value } = range.next();
        if (!done) seen[index]?.push(value);
        if (turn % 97 === 0) expect(range.remaining).toBe(100 * index - (seen[index]?.length ?? 0));
      });
    }
    expect(seen).toEqual(ranges.map((_, index) => upTo(index * 1000 + 100 * index, index * 1000)));
  });

  it("keeps the outer range of nested loops", () => {
    const pairs: string[] = [];
    for (const outer of new Range(0, 4)) {
      for (const inner of new Range(0, 300)) if (inner % 299 === 0) pairs.push(`${outer} ${inner}`);
    }
    expect(pairs).toEqual(["0 0", "0 299", "1 0", "1 299", "2 0", "2 299", "3 0", "3 299"]);
  });

  it("does not take an item that a number cannot hold, and goes on with its twin", () => {
    const range = new Range(Number.MAX_SAFE_INTEGER, 2n ** 53n + 1n);
    expect(range.next().value).toBe(Number.MAX_SAFE_INTEGER);
    expect(() => range.next()).toThrow("9007199254740992 is not a safe integer; nextBigInt returns it exactly");
    expect(() => [...range]).toThrow(RangeError);
    expect(range.remaining).toBe(1);
    expect(range.nextBigInt()).toEqual({ done: false, value: 9007199254740992n });
    expect(range.nextBigInt()).toEqual({ done: true, value: undefined });
    expect(range.next()).toEqual({ done: true, value: undefined });
  });

  it("takes from one supply, by next and by its twin", () => {
    const range = new Range(0, 600);
    const seen: bigint[] = [];
    for (let turn = 0; turn < 200; turn += 1) {
      seen.push(BigInt(range.next().value ?? -1), BigInt(range.next().value ?? -1), range.nextBigInt().value ?? -1n);
    }
    expect(seen).toEqual(upTo(600).map(BigInt));
    expect(range.remaining).toBe(0);
  });

  it("has a twin for every member that returns an integer", () => {
    const range = new Range(-(2n ** 63n), 2n ** 63n - 1n);
    expect([range.startBigInt, range.endBigInt, range.remainingBigInt]).toEqual([
      -(2n ** 63n),
      2n ** 63n - 1n,
      2n ** 64n - 1n,
    ]);
    expect(() => range.start).toThrow("startBigInt returns it exactly");
    expect(() => range.end).toThrow("endBigInt returns it exactly");
    expect(() => range.remaining).toThrow("remainingBigInt returns it exactly");
  });

  it("can be extended and inspected", () => {
    class Countdown extends Range {
      override next(): IteratorResult<number, undefined> {
        const { done, value } = super.next();
        return done ? { done, value: undefined } : { done: false, value: -value };
      }
    }
    expect([...new Countdown(1, 4)]).toEqual([-1, -2, -3]);
    expect(inspect(new Range(0, 5))).toBe("Range(start=0, end=5)");
  });

  it("gives nothing any more once it is closed, not even what was fetched", () => {
    const range = new Range(0, 5);
    range.next();
    range.close();
    expect(() => range.next()).toThrow("Range is closed");
    expect(() => range.nextBigInt()).toThrow("Range is closed");
    expect(() => range.remaining).toThrow("Range is closed");
    {
      using scoped = new Range(0, 5);
      scoped.next();
    }
  });

  it("goes through Python and back with its position", () => {
    const range = new Range(0, 2n ** 60n);
    for (const item of range) if (item === 299) break;
    const script = `
import json, sys
from pairity import Range
numbers = Range.from_dict(json.load(sys.stdin))
next(numbers)
print(json.dumps({key: str(value) for key, value in numbers.to_dict().items()}))`;
    const input = JSON.stringify(range);
    const output = execFileSync(PYTHON, ["-c", script], { cwd: ROOT, input, encoding: "utf8" });
    expect(Range.fromJSON(JSON.parse(output)).next().value).toBe(301);
  });

  it("has full types", () => {
    expectTypeOf<Range>().toExtend<IterableIterator<number>>();
    expectTypeOf<Range["nextBigInt"]>().returns.toEqualTypeOf<IteratorResult<bigint, undefined>>();
    expectTypeOf<ConstructorParameters<typeof Range>>().toEqualTypeOf<[start: number | bigint, end: number | bigint]>();
  });
});
