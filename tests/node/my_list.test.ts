/** What only TypeScript has: MyList beside Array, its iterators, and who keeps its values alive. */
import { setImmediate } from "node:timers/promises";
import { inspect } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Counter, isPairityError, MyList } from "pairity";
import { describe, expect, it } from "vitest";
import { thrownBy } from "./thrown.ts";

/** Every whole number from −6 to 6. */
const ENDS = Array.from({ length: 13 }, (_, index) => index - 6);
const LISTS = Array.from({ length: 5 }, (_, length) => Array.from({ length }, (_, index) => index));

describe("where MyList and Array have a name in common", () => {
  it("slice is that of Array", () => {
    for (const values of LISTS) {
      for (const start of [...ENDS, undefined]) {
        for (const stop of [...ENDS, undefined]) {
          expect([...new MyList(values).slice(start, stop)]).toEqual(values.slice(start, stop));
        }
      }
    }
  });

  it("splice is that of Array", () => {
    for (const values of LISTS) {
      for (const start of ENDS) {
        for (const count of ENDS) {
          const [list, array] = [new MyList(values), [...values]];
          expect([...list.splice(start, count, 8, 9)]).toEqual(array.splice(start, count, 8, 9));
          expect([...list]).toEqual(array);
          expect([...list.splice(start)]).toEqual(array.splice(start));
          expect([...list]).toEqual(array);
        }
      }
    }
  });

  it("indexOf, lastIndexOf and includes are those of Array", () => {
    const values = [0, "a", Number.NaN, null, "a", undefined, true, 1, -0];
    const list = new MyList<unknown>(values);
    for (const value of [...values, "b", false, 2]) {
      expect(list.includes(value)).toBe(values.includes(value as never));
      expect(list.lastIndexOf(value)).toBe(values.lastIndexOf(value as never));
      for (const start of ENDS) {
        expect(list.indexOf(value, start)).toBe(values.indexOf(value as never, start));
        expect(list.lastIndexOf(value, start)).toBe(values.lastIndexOf(value as never, start));
      }
    }
  });

  it("sort by a comparing function is that of Array, and sort and reverse return the list", () => {
    const values = Array.from({ length: 50 }, (_, n): [number, number] => [(n * 7919) % 5, n]);
    const compare = (left: [number, number], right: [number, number]) => right[0] - left[0];
    const list = new MyList(values);
    expect(list.sort(compare)).toBe(list);
    expect([...list]).toEqual([...values].sort(compare));
    expect([...list.reverse()]).toEqual([...values].sort(compare).reverse());
  });

  it("an item that is not there is an error, not undefined", () => {
    const list = new MyList<number>();
    for (const action of [() => list.at(0), () => list.pop(), () => list.set(0, 1), () => list.delete(0)]) {
      const error = thrownBy(action);
      expect(error).toBeInstanceOf(RangeError);
      expect(isPairityError(error, "ERR_INDEX")).toBe(true);
    }
  });

  it("orders sets by what they hold, as Python does", () => {
    const sets = [new Set([1, 2, 3]), new Set([1]), new Set([1, 2]), new Set<number>()];
    expect([...new MyList(sets).sort()].map((set) => set.size)).toEqual([0, 1, 2, 3]);
    // Of these, none holds the other: they keep their order.
    expect([...new MyList([new Set([1]), new Set([2])]).sort()]).toEqual([new Set([1]), new Set([2])]);
  });

  it("sort without a comparing function orders numbers by value", () => {
    expect([...new MyList([10, 9, 1n, true]).sort()]).toEqual([1n, true, 9, 10]);
  });
});

it("iterates, spreads, and destructures", () => {
  const list = new MyList(new Set(["a", "b"]));
  const [first] = list;
  expect([first, ...list, Math.max(...new MyList([1, 3]))]).toEqual(["a", "a", "b", 3]);
  expect(Array.from(list, (item) => item + item)).toEqual(["aa", "bb"]);
});

it("an iterator goes on after a break", () => {
  const iterator = new MyList([1, 2, 3])[Symbol.iterator]();
  for (const item of iterator) if (item === 1) break;
  expect([...iterator]).toEqual([2, 3]);
});

it("an iteration sees what changes", () => {
  const list = new MyList([1, 2, 3]);
  const seen: number[] = [];
  for (const item of list) {
    seen.push(item);
    if (item === 1) list.remove(1);
    if (seen.length < 4) list.append(9);
  }
  expect(seen).toEqual([1, 3, 9, 9, 9]);
});

it("values before an exception of the iterable stay", () => {
  function* values() {
    yield 1;
    throw new Error("boom");
  }
  const list = new MyList([0]);
  expect(() => list.extend(values())).toThrow("boom");
  expect([...list]).toEqual([0, 1]);
});

it("the order of keys is that of numbers, texts, dates, arrays and bytes, and what has none throws", () => {
  const sorted = (...items: unknown[]) => [...new MyList(items).sort()];
  const [early, late] = [new Date(1), new Date(2)];
  expect(sorted(late, early)).toEqual([early, late]);
  expect(sorted([1, "b"], [1, "a"], [0], [])).toEqual([[], [0], [1, "a"], [1, "b"]]);
  expect(sorted([[2], 1], [[1], 2], [[1], 1])).toEqual([
    [[1], 1],
    [[1], 2],
    [[2], 1],
  ]);
  expect(sorted(new Uint8Array([2]), new Uint8Array([1, 9]))).toEqual([new Uint8Array([1, 9]), new Uint8Array([2])]);
  for (const [left, right, text] of [
    [1, "a", "Cannot order a string and an integer"],
    [null, null, "Cannot order null and null"],
    [{}, 1.5, "Cannot order a number and an object"],
    [new Counter(), [], "Cannot order a list and Counter"],
  ] as const) {
    const error = thrownBy(() => new MyList<unknown>([left, right]).sort());
    expect(error).toBeInstanceOf(TypeError);
    expect(error).toMatchObject({ code: "ERR_TYPE", message: text });
  }
});

it("an exception of equals, compareTo and an inspecting item passes through", () => {
  const broken = {
    equals: () => {
      throw new Error("equals");
    },
    compareTo: () => {
      throw new Error("compareTo");
    },
    [inspect.custom]: () => {
      throw new Error("inspect");
    },
  };
  const list = new MyList<unknown>([broken, 1]);
  expect(() => list.includes(5)).toThrow("equals");
  expect(() => list.sort()).toThrow("compareTo");
  for (let times = 0; times < 2; times += 1) expect(() => String(list)).toThrow("inspect");
  expect([...list]).toEqual([broken, 1]);
});

it("a subclass is iterated and compared by its items", () => {
  class Stack<T> extends MyList<T> {
    top(): T {
      return this.at(-1);
    }
  }
  const stack = new Stack([1, 2]);
  expect(stack.top()).toBe(2);
  expect(stack.equals(new MyList([1, 2]))).toBe(true);
  expect(stack.slice()).not.toBeInstanceOf(Stack);
});

it("shows itself, and is an array as JSON", () => {
  const list = new MyList<unknown>(["a", 1.5, -0, null, [1], 10n ** 20n]);
  expect(inspect(list)).toBe("MyList(['a', 1.5, -0.0, null, [ 1 ], 100000000000000000000])");
  expect(JSON.stringify(new MyList(["a", 1]))).toBe('["a",1]');
});

it("a closed list throws", () => {
  const list = new MyList([1]);
  list.close();
  list.close();
  for (const action of [() => list.length, () => list.append(1), () => [...list], () => list.extend(5 as never)]) {
    expect(isPairityError(thrownBy(action), "ERR_STATE")).toBe(true);
  }
});

it("only a list is added to a list", () => {
  expect(thrownBy(() => new MyList([1]).add([2] as never))).toMatchObject({
    code: "ERR_TYPE",
    message: "other must be MyList, got a list",
  });
});

it("lists that hold each other are collected, and what left a list is", async () => {
  setFlagsFromString("--expose-gc");
  const gc = runInNewContext("gc") as () => void;
  const kept = new MyList<unknown>([]);
  const references = (() => {
    const [one, two, left] = [new MyList<unknown>(), new MyList<unknown>(), { item: true }];
    one.append(two);
    two.extend([one, one[Symbol.iterator]()]);
    for (const remove of [
      () => kept.pop(),
      () => kept.delete(0),
      () => kept.set(0, null),
      () => kept.clear(),
      () => kept.splice(0),
      () => kept.remove(left),
      () => kept.repeatAssign(0),
    ]) {
      kept.append(left);
      remove();
    }
    kept.clear();
    return [one, two, left].map((value) => new WeakRef(value));
  })();
  for (let turn = 0; turn < 10 && references.some((reference) => reference.deref() !== undefined); turn += 1) {
    await setImmediate();
    gc();
  }
  expect(references.map((reference) => reference.deref())).toEqual([undefined, undefined, undefined]);
  expect(kept.length).toBe(0);
});
