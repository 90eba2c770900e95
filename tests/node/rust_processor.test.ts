/** What only Node has of Base and RustProcessor: subclasses of several levels, mix-in functions, bigints in hooks, stacks. */
import { Base, type Integer, isPairityError, RustProcessor } from "pairity";
import { describe, expect, it } from "vitest";
import { thrownBy } from "./thrown.ts";

/** The subclass of the documentation. */
class PlusOne extends RustProcessor {
  override postprocess(items: number[]): number[] {
    return items.map((item) => item + 1);
  }
}

// biome-ignore lint/suspicious/noExplicitAny: TypeScript asks for exactly this in the constructor of a mix-in
type Constructor<T> = new (...args: any[]) => T;

/** A mix-in that drops what is not positive, then hands on. */
function Positive<Class extends Constructor<RustProcessor>>(base: Class) {
  return class extends base {
    override preprocess(items: Integer[]): Integer[] {
      return super.preprocess(items.filter((item) => item > 0));
    }
  };
}

/** A mix-in with state of its own. */
function Logged<Class extends Constructor<RustProcessor>>(base: Class) {
  return class extends base {
    readonly log: Integer[][] = [];

    override postprocess(items: Integer[]): Integer[] {
      this.log.push(items);
      return super.postprocess(items);
    }
  };
}

/** A second level, in TypeScript, over the native class. */
class Named extends Base {
  readonly name: string;

  constructor(name: string, value: Integer) {
    super(value);
    this.name = name;
  }

  override process(): number {
    return super.process() + 1;
  }
}

class Third extends Named {
  override process(): number {
    return super.process() * 10;
  }
}

describe("RustProcessor", () => {
  it("makes 3, 5, 7 of 1, 2, 3 with an identity and plus one", () => {
    expect(new PlusOne().process([1, 2, 3])).toEqual([3, 5, 7]);
  });

  it("asks mix-ins in the order of their functions", () => {
    const processor = new (Logged(Positive(PlusOne)))();
    expect(processor.process([-1, 1, 0, 2])).toEqual([3, 5]);
    expect(processor.log).toEqual([[2, 4]]);
    expect([processor instanceof PlusOne, processor instanceof RustProcessor]).toEqual([true, true]);
  });

  it("gives its hooks bigints where numbers would not be exact, and takes either", () => {
    const seen: Integer[] = [];
    class Exact extends RustProcessor {
      override postprocess(items: Integer[]): Integer[] {
        seen.push(...items);
        return items.map((item) => BigInt(item) - 1n);
      }
    }
    expect(new Exact().processBigInt([2 ** 52, 2n ** 61n, 1])).toEqual([2n ** 53n - 1n, 2n ** 62n - 1n, 1n]);
    expect(seen).toEqual([2n ** 53n, 2n ** 62n, 2]);
    expect(new Exact().process([2 ** 52])).toEqual([2 ** 53 - 1]);
    expect(thrownBy(() => new RustProcessor().process([1, 2 ** 52]))).toMatchObject({
      name: "RangeError",
      code: "ERR_UNSAFE_INTEGER",
      message: "9007199254740992 is not a safe integer; processBigInt returns it exactly",
    });
  });

  it("gives its hooks arrays of their own", () => {
    class Keeping extends RustProcessor {
      override preprocess(items: Integer[]): Integer[] {
        items.push(9);
        return items;
      }
    }
    const given = Object.freeze([1, 2]);
    expect(new Keeping().process(given)).toEqual([2, 4, 18]);
    expect(given).toEqual([1, 2]);
  });

  it("keeps the stack of what a hook throws, and what an item of an array throws", () => {
    class Failing extends PlusOne {
      override preprocess(): never {
        throw new TypeError("mine");
      }
    }
    const error = thrownBy(() => new Failing().process([1])) as Error;
    expect([error.message, isPairityError(error)]).toEqual(["mine", false]);
    expect(error.stack).toMatch(/at Failing\.preprocess[\s\S]*at .*process/);
    const thrown = { not: "an error" };
    class Hostile extends RustProcessor {
      override postprocess(items: Integer[]): Integer[] {
        return Object.defineProperty(items, 0, {
          get() {
            throw thrown;
          },
        });
      }
    }
    expect(thrownBy(() => new Hostile().process([1]))).toBe(thrown);
  });

  it("refuses what a hook should have awaited, and typed arrays", () => {
    const processor = new RustProcessor();
    for (const [value, got] of [
      [Promise.resolve([1]), "an object"],
      [new Float64Array(2), "a buffer of 64-bit floats"],
    ] as const) {
      Object.defineProperty(processor, "preprocess", { value: () => value, configurable: true });
      expect(thrownBy(() => processor.process([1]))).toMatchObject({
        code: "ERR_TYPE",
        message: `preprocess() must be a list, got ${got}`,
      });
    }
  });

  it("ends endless recursion through a hook with JavaScript's RangeError", () => {
    class Endless extends RustProcessor {
      override postprocess(items: Integer[]): Integer[] {
        return this.process(items);
      }
    }
    const error = thrownBy(() => new Endless().process([0]));
    expect(error).toBeInstanceOf(RangeError);
    expect(String(error)).toBe("RangeError: Maximum call stack size exceeded");
  });

  it("cannot be closed by a hook", () => {
    class Leaving extends RustProcessor {
      override preprocess(items: Integer[]): Integer[] {
        this.close();
        return items;
      }
    }
    const leaving = new Leaving();
    expect(thrownBy(() => leaving.process([1]))).toMatchObject({ message: "RustProcessor is in use" });
    leaving.close();
    expect(thrownBy(() => leaving.process([1]))).toMatchObject({ message: "RustProcessor is closed" });
  });
});

describe("Base", () => {
  it("is called down and up through three levels", () => {
    const third = new Third("three", 4);
    expect([third.process(), third.value, third.name]).toEqual([90, 4, "three"]);
    expect([Named.prototype.process.call(third), Base.prototype.process.call(third)]).toEqual([9, 8]);
  });

  it("has an exact twin, which a subclass overrides for itself", () => {
    const third = new Third("three", 2n ** 61n);
    expect(third.processBigInt()).toBe(2n ** 62n);
    expect(third.valueBigInt).toBe(2n ** 61n);
    expect(() => third.process()).toThrow(/processBigInt returns it exactly/);
  });

  it("stores integers that a number cannot hold as text", () => {
    expect(JSON.stringify([new Base(3), new Base(2n ** 60n)])).toBe('[{"value":3},{"value":"1152921504606846976"}]');
  });
});
