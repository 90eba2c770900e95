/** What only TypeScript has of the module convert: bigints, undefined, prototypes, buffers, dates, and `cause`. */
import { inspect } from "node:util";
import { runInNewContext } from "node:vm";
import * as convert from "pairity/convert";
import { isPairityError, isQuotaExceeded } from "pairity/errors";
import { describe, expect, it } from "vitest";
import { thrownBy } from "./thrown.ts";

type Anything = (...args: unknown[]) => unknown;
/** The module to a caller whom no type checker keeps from mistakes. */
const unchecked = convert as unknown as Record<string, Anything>;

function refusal(name: string, value: unknown): unknown {
  const { message } = thrownBy(() => unchecked[name]?.(value)) as Error;
  return message;
}

describe("integers", () => {
  const widths = ["I8", "I16", "I32", "I64", "I128", "U8", "U16", "U32", "U64"];

  it.each(widths)("of the width %s are numbers or bigints, and −0 is 0", (width) => {
    const echo = unchecked[`echo${width}`] as Anything;
    expect([echo(5), echo(5n), echo(-0)]).toEqual([5, 5, 0]);
    expect(Object.is(echo(-0), 0)).toBe(true);
  });

  it.each(widths)("of the width %s are no numbers that may have been rounded", (width) => {
    for (const value of [2 ** 53, -(2 ** 53), 1e300, Number.POSITIVE_INFINITY]) {
      expect(refusal(`echo${width}`, value)).toBe("value must be an integer, got a number");
    }
    expect(refusal(`echo${width}`, new Number(1))).toBe("value must be an integer, got an object");
  });

  it.each([
    ["echoI64", 2n ** 63n - 1n],
    ["echoI64", -(2n ** 63n)],
    ["echoU64", 2n ** 64n - 1n],
    ["echoI128", 2n ** 127n - 1n],
    ["echoI128", -(2n ** 127n)],
    ["echoOption", 2n ** 53n],
  ])("%s refuses %s, which its twin returns", (name, value) => {
    expect(thrownBy(() => unchecked[name]?.(value))).toMatchObject({
      name: "RangeError",
      code: "ERR_UNSAFE_INTEGER",
      message: `${value} is not a safe integer; ${name}BigInt returns it exactly`,
    });
    expect(unchecked[`${name}BigInt`]?.(value)).toBe(value);
  });

  it("in a list are all bigints where the twin returns them", () => {
    expect(convert.echoListBigInt([1, 2n ** 60n])).toEqual([1n, 2n ** 60n]);
    expect(refusal("echoList", [1, 2n ** 60n])).toBe(
      `${2n ** 60n} is not a safe integer; echoListBigInt returns it exactly`,
    );
  });

  it.each(["echoI8BigInt", "echoU128", "echoI32BigInt"])("have no function %s", (name) => {
    expect(name in convert).toBe(false);
  });
});

describe("nothing", () => {
  it("is null or undefined, and comes back as null", () => {
    expect([convert.echoNone(), convert.echoNone(null), convert.echoNone(undefined)]).toEqual([null, null, null]);
    expect([convert.echoOption(), convert.echoOptionBigInt(null), convert.echoNested()]).toEqual([null, null, null]);
  });
});

describe("bytes", () => {
  it("are copied from a view, a Buffer, an ArrayBuffer and a DataView", () => {
    const whole = Uint8Array.of(0, 1, 2, 3);
    const views = [
      whole.subarray(1, 3),
      Buffer.from([1, 2]),
      new DataView(whole.buffer, 1, 2),
      whole.slice(1, 3).buffer,
    ];
    for (const view of views) {
      const back = convert.echoBytes(view);
      expect(back).toEqual(Uint8Array.of(1, 2));
      expect(Object.getPrototypeOf(back)).toBe(Uint8Array.prototype);
      expect(back.buffer).not.toBe(whole.buffer);
    }
  });

  it("are neither shared nor detached", () => {
    expect(refusal("echoBytes", new Uint8Array(new SharedArrayBuffer(2)))).toBe("value is shared between threads");
    const gone = new Uint8Array(2);
    structuredClone(gone.buffer, { transfer: [gone.buffer] });
    expect(thrownBy(() => convert.echoBytes(gone))).toMatchObject({ code: "ERR_STATE", message: "value is detached" });
  });

  it("are no other numbers", () => {
    expect(refusal("echoBytes", new Uint16Array(1))).toBe("value must be bytes, got an object");
    expect(refusal("echoBytes", new Float64Array(1))).toBe("value must be bytes, got a buffer of 64-bit floats");
  });
});

describe("plain objects", () => {
  it("have __proto__ as an ordinary key, going in and coming out", () => {
    const back = convert.echoDict(JSON.parse('{"__proto__": 1, "a": 2}'));
    expect(Object.keys(back)).toEqual(["__proto__", "a"]);
    expect(Object.getPrototypeOf(back)).toBe(Object.prototype);
    const nested = convert.echoNested(JSON.parse('{"__proto__": {"polluted": true}}')) as object;
    expect(Object.hasOwn(nested, "__proto__")).toBe(true);
    expect("polluted" in nested).toBe(false);
  });

  it("may have no prototype, and may come from another realm", () => {
    expect(convert.echoDict(Object.assign(Object.create(null), { a: 1 }))).toEqual({ a: 1 });
    expect(convert.echoDict(runInNewContext("({ a: 1 })"))).toEqual({ a: 1 });
  });

  it("are no instances of a class", () => {
    class Thing {
      readonly a = 1;
    }
    expect(refusal("echoDict", new Thing())).toBe("value must be a map, got an object");
    expect(refusal("echoNested", { a: [new Thing()] })).toBe("value['a'][0] must be plain data, got an object");
    expect(refusal("echoNested", /x/)).toBe("value must be plain data, got an object");
  });

  it("show their own enumerable text keys alone", () => {
    const object = Object.defineProperty({ a: 1, [Symbol("s")]: "x" }, "hidden", { value: "x" });
    expect(convert.echoDict(object as never)).toEqual({ a: 1 });
  });

  it("may be given as a Map, whose keys then are text", () => {
    expect(
      convert.echoDict(
        new Map([
          ["b", 1],
          ["a", 2],
        ]),
      ),
    ).toEqual({ b: 1, a: 2 });
    expect(refusal("echoDict", new Map([[1, 1]]))).toBe("value key must be a string, got an integer");
  });
});

describe("maps and sets", () => {
  it("keep their order, also of keys that look like indices", () => {
    const map = new Map([
      [10, "c"],
      [2, "b"],
      [-1, ""],
    ]);
    expect([...convert.echoOrderedMap(map)]).toEqual([...map]);
    expect([...convert.echoSet(new Set(["b", "10", "2"]))]).toEqual(["b", "10", "2"]);
  });

  it("may be of a subclass, whose own iterator counts", () => {
    class Shouting extends Set<string> {
      override *[Symbol.iterator](): SetIterator<string> {
        for (const item of super.values()) yield item.toUpperCase();
      }
    }
    expect(convert.echoSet(new Shouting(["a"]))).toEqual(new Set(["A"]));
  });

  it("hand what a trap throws to the caller unchanged", () => {
    const trouble = new Error("trap");
    const trapped = () => {
      throw trouble;
    };
    expect(thrownBy(() => convert.echoNested(new Proxy({}, { ownKeys: trapped })))).toBe(trouble);
    const list = Object.defineProperty([1], 0, { get: trapped });
    expect(thrownBy(() => convert.echoList(list))).toBe(trouble);
    expect(
      thrownBy(() =>
        convert.echoNested({
          get a(): never {
            return trapped();
          },
        }),
      ),
    ).toBe(trouble);
  });
});

describe("lists", () => {
  it("have undefined where they have a hole", () => {
    expect(refusal("echoList", new Array(2))).toBe("value[0] must be an integer, got null");
    expect(convert.echoNested(new Array(2) as convert.Data)).toEqual([null, null]);
  });
});

describe("time", () => {
  it("has milliseconds and no more", () => {
    const moment = new Date("2026-01-02T03:04:05.678Z");
    expect(convert.echoDatetime(moment)).toEqual(moment);
    expect(convert.echoDatetime(moment)).not.toBe(moment);
    expect(convert.formatDuration(-1)).toBe("-PT0.001S");
  });

  it("is refused where it is an invalid date, or one that Python does not have", () => {
    expect(refusal("echoDatetime", new Date(Number.NaN))).toBe("value is an invalid date");
    for (const value of [8.64e15, -8.64e15, Date.UTC(10_000, 0, 1), -62_135_596_800_001]) {
      expect(thrownBy(() => convert.echoDatetime(new Date(value)))).toMatchObject({
        code: "ERR_OVERFLOW",
        message: "value is outside of the years 1 to 9999",
      });
    }
  });

  it("has lengths that are safe integers", () => {
    for (const value of [2 ** 53, 0.5, 5n]) {
      expect(refusal("echoDuration", value)).toMatch(/^value must be a duration, got an? (number|integer)$/);
    }
    expect(Object.is(convert.echoDuration(-0), 0)).toBe(true);
  });
});

describe("structs and colors", () => {
  it("come back with every field, in their order", () => {
    const back = convert.echoStruct({ tags: [], color: convert.Color.BLUE, count: 1n, name: "bolt" });
    expect(Object.entries(back)).toEqual([
      ["name", "bolt"],
      ["count", 1],
      ["color", "blue"],
      ["tags", []],
      ["made", null],
    ]);
    expect(convert.echoStruct({ ...back, made: undefined as never }).made).toBe(null);
  });

  it("name the colors of the core", () => {
    expect(Object.values(convert.Color).map((color) => convert.echoEnum(color))).toEqual(["red", "green", "blue"]);
  });
});

describe("data", () => {
  it("has integers as bigints where a number would not be exact", () => {
    expect(convert.echoNested([2n ** 53n - 1n, 2n ** 53n, 1n])).toEqual([2 ** 53 - 1, 2n ** 53n, 1]);
  });

  it("has numbers that are no safe integers as they are, −0 included", () => {
    const numbers = [-0, 2 ** 53, 1e300, Number.NaN, -1.5];
    expect(convert.echoNested(numbers)).toEqual(numbers);
  });

  it("has a Map as a plain object", () => {
    expect(convert.echoNested(new Map([["a", new Map([["b", 1]])]]))).toEqual({ a: { b: 1 } });
  });
});

const FAILURES: [string, unknown[], string, string][] = [
  ["Value", ["x"], "RangeError", "ERR_VALUE"],
  ["DivisionByZero", [], "RangeError", "ERR_DIVISION_BY_ZERO"],
  ["Overflow", [], "RangeError", "ERR_OVERFLOW"],
  ["Type", [], "TypeError", "ERR_TYPE"],
  ["Key", ["k"], "Error", "ERR_KEY"],
  ["Index", [], "RangeError", "ERR_INDEX"],
  ["State", [], "Error", "ERR_STATE"],
  ["NotFound", ["p"], "Error", "ENOENT"],
  ["NotADirectory", ["p"], "Error", "ENOTDIR"],
  ["Permission", ["p"], "Error", "EACCES"],
  ["Io", ["p"], "Error", "EIO"],
  ["Chain", ["p"], "Error", "ERR_STATE"],
  ["Quota", ["memory", 1, 2], "RangeError", "ERR_QUOTA"],
  ["Panic", ["boom"], "Error", "ERR_PANIC"],
];

describe("a failure", () => {
  it.each(FAILURES)("of kind %s with the arguments %j is a %s of the code %s", (name, args, kind, code) => {
    const error = thrownBy(() => unchecked[`fail${name}`]?.(...args));
    expect(error).toMatchObject({ name: kind, code });
    expect(isPairityError(error, code)).toBe(true);
    expect(isQuotaExceeded(error)).toBe(name === "Quota");
  });

  it("has a function here each", () => {
    const names = Object.keys(convert).filter((name) => name.startsWith("fail"));
    expect(names.sort()).toEqual(FAILURES.map(([name]) => `fail${name}`).sort());
  });

  it("has its fields as properties, which everything that prints it shows", () => {
    const error = thrownBy(() => convert.failQuota("memory", 10, 2n ** 60n));
    expect(error).toMatchObject({ resource: "memory", limit: 10, used: 2n ** 60n });
    expect(inspect(error)).toContain("resource: 'memory'");
  });

  it("has its cause as errors have it: own, hidden from enumeration, and itself one of this library", () => {
    const error = thrownBy(() => convert.failChain("a.json")) as Error;
    expect(Object.getOwnPropertyDescriptor(error, "cause")).toMatchObject({ enumerable: false, writable: true });
    const { cause } = error.cause as Error;
    expect(isPairityError(error.cause, "ERR_STATE")).toBe(true);
    expect(isPairityError(cause, "ENOENT")).toBe(true);
    expect(cause).not.toHaveProperty("cause");
  });
});
