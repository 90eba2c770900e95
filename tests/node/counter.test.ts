/** What only JavaScript has of Counter: construction, subclasses, `using`, inspection, plain forms and types. */
import { execFileSync } from "node:child_process";
import { inspect } from "node:util";
import { Counter, isPairityError } from "pairity";
import { describe, expect, expectTypeOf, it } from "vitest";
import { PYTHON, ROOT } from "../../scripts/run.mjs";
import { thrownBy } from "./thrown.ts";

/** The code of the error that `body` throws, which has to be one of the library. */
function codeOf(body: () => unknown): string {
  const error = thrownBy(body);
  if (isPairityError(error)) return error.code;
  throw error;
}

class Named extends Counter {
  readonly label: string;

  constructor(label: string) {
    super(5);
    this.label = label;
  }

  override increment(): number {
    return super.increment() + 100;
  }
}

describe("Counter in JavaScript", () => {
  it("cannot be called without new", () => {
    expect(() => Reflect.apply(Counter, undefined, [1])).toThrow(/without 'new'/);
  });

  it("is its own class and no other", () => {
    const counter = new Counter(1);
    expect(counter).toBeInstanceOf(Counter);
    expect({}).not.toBeInstanceOf(Counter);
    expect(Object.prototype.toString.call(counter)).toBe("[object Object]");
  });

  it("refuses a receiver that is no counter, even one with its prototype", () => {
    for (const receiver of [{}, Object.create(Counter.prototype), null, 3]) {
      expect(() => Counter.prototype.increment.call(receiver)).toThrow(TypeError);
    }
  });

  it("can be extended; methods are overridden and super is called", () => {
    const named = new Named("clicks");
    expect(named).toBeInstanceOf(Counter);
    expect([named.increment(), named.value, named.label]).toEqual([106, 6, "clicks"]);
    expect(named.equals(new Counter(6))).toBe(true);
    expect(new Counter(6).equals(named)).toBe(true);
  });

  it("is closed by using, and every later call says so", () => {
    let outside: Counter;
    {
      using counter = new Counter(3);
      outside = counter;
      expect(counter.increment()).toBe(4);
    }
    expect(codeOf(() => outside.value)).toBe("ERR_STATE");
    expect(() => outside.add(1)).toThrow("Counter is closed");
    expect(() => new Counter().equals(outside)).toThrow("Counter is closed");
  });

  it("is closed by using when the block throws", () => {
    const opened: Counter[] = [];
    expect(() => {
      using counter = new Counter(3);
      opened.push(counter);
      throw new Error("inside");
    }).toThrow("inside");
    expect(codeOf(() => opened[0]?.get())).toBe("ERR_STATE");
  });

  it("can be closed twice", () => {
    const counter = new Counter(3);
    counter.close();
    expect(() => counter.close()).not.toThrow();
  });

  it("shows itself in console.log and in template texts", () => {
    const counter = new Counter(3);
    expect(inspect(counter)).toBe("Counter(value=3)");
    expect(inspect({ deep: [counter] })).toBe("{ deep: [ Counter(value=3) ] }");
    expect(`${counter}`).toBe("Counter(value=3)");
  });

  it("has a plain form that JSON and structuredClone keep, while the object itself has none", () => {
    const counter = new Counter(3);
    counter.setRange(0, 10);
    expect(JSON.stringify({ counter })).toBe('{"counter":{"value":3,"minimum":0,"maximum":10}}');
    const restored = Counter.fromJSON(structuredClone(counter.toJSON()));
    expect([restored.value, restored.add(99)]).toEqual([3, 10]);
    expect(structuredClone(counter)).toEqual({});
  });

  it("goes through Python and back without losing a bit", () => {
    const counter = new Counter(9007199254740993n);
    counter.setRange(-(2n ** 63n), 2n ** 63n - 1n);
    const script = `
import json, sys
from pairity import Counter
counter = Counter.from_dict(json.load(sys.stdin))
counter.increment()
print(json.dumps({key: str(value) for key, value in counter.to_dict().items()}))`;
    const input = JSON.stringify(counter);
    const output = execFileSync(PYTHON, ["-c", script], { cwd: ROOT, input, encoding: "utf8" });
    const restored = Counter.fromJSON(JSON.parse(output));
    expect(restored.valueBigInt).toBe(9007199254740994n);
    expect(restored.toJSON()).toEqual({
      value: "9007199254740994",
      minimum: "-9223372036854775808",
      maximum: "9223372036854775807",
    });
  });

  it("takes bigints wherever it takes integers, and negative zero for zero", () => {
    const counter = new Counter(3n);
    expect([counter.add(4n), counter.add(-0), counter.divide(2n)]).toEqual([7, 7, 3.5]);
    expect(Object.is(new Counter(-0).value, 0)).toBe(true);
  });

  it("refuses an unsafe number, which may have lost its last digits already", () => {
    expect(codeOf(() => new Counter(2 ** 53))).toBe("ERR_TYPE");
    expect(new Counter(2n ** 53n).valueBigInt).toBe(2n ** 53n);
  });

  it("refuses an unsafe result before anything changes, and names the member that returns it", () => {
    const counter = new Counter(Number.MAX_SAFE_INTEGER);
    expect(codeOf(() => counter.increment())).toBe("ERR_UNSAFE_INTEGER");
    expect(() => counter.increment()).toThrow("incrementBigInt");
    expect(counter.value).toBe(Number.MAX_SAFE_INTEGER);
    expect(counter.incrementBigInt()).toBe(9007199254740992n);
    expect(() => counter.value).toThrow("valueBigInt");
    expect(counter.decrementBigInt()).toBe(9007199254740991n);
  });

  it("has a twin for every member that returns an integer", () => {
    const counter = new Counter(2n ** 60n);
    expect([counter.valueBigInt, counter.getBigInt(), counter.addBigInt(1)]).toEqual([
      2n ** 60n,
      2n ** 60n,
      2n ** 60n + 1n,
    ]);
    counter.setRange(2n ** 60n, 2n ** 61n);
    expect(() => counter.reset()).toThrow("resetBigInt");
    expect(counter.resetBigInt()).toBe(2n ** 60n);
  });

  it("takes an argument that is undefined for one that was left out", () => {
    expect(new Counter(undefined).value).toBe(0);
  });

  it("throws the built-in errors, which isPairityError tells from those of others", () => {
    const counter = new Counter();
    expect(() => counter.divide(0)).toThrow(RangeError);
    expect(() => counter.add(1.5)).toThrow(TypeError);
    expect(isPairityError(new RangeError("Division by zero"))).toBe(false);
    const error = thrownBy(() => counter.divide(0));
    expect(isPairityError(error, "ERR_DIVISION_BY_ZERO")).toBe(true);
    expect(isPairityError(error, "ERR_VALUE")).toBe(false);
  });

  it("lets the exception of a getter pass through unchanged", () => {
    const thrown = new Error("of the caller");
    const data = {
      get value(): number {
        throw thrown;
      },
    };
    expect(thrownBy(() => Counter.fromJSON(data))).toBe(thrown);
  });

  it("has full types", () => {
    expectTypeOf<ConstructorParameters<typeof Counter>>().toEqualTypeOf<[value?: number | bigint | undefined]>();
    expectTypeOf<Counter["value"]>().toEqualTypeOf<number>();
    expectTypeOf<Counter["addBigInt"]>().returns.toEqualTypeOf<bigint>();
    expectTypeOf<Counter["equals"]>().parameters.toEqualTypeOf<[other: unknown]>();
  });
});
