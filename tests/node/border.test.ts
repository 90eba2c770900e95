/** What the border takes and refuses from JavaScript of every sort; the variant's assertions look over its shoulder. */
import { beforeAll, describe, expect, it } from "vitest";
import type { Handle, Native } from "../../ts/pairity/native/index.d.ts";
import { thrownBy } from "./thrown.ts";
import { copyOf, INSTALLED, load, makeVariant, type Package, type Panics } from "./variant.ts";

type Counter = Handle<"Counter">;

let variant: Package;

beforeAll(async () => {
  variant = await makeVariant("border");
}, 300_000);

/** The error that `body` throws, as the tests compare it; it fails the test when nothing is thrown. */
function refusal(body: () => unknown): { name: string; code: string; message: string } {
  const { name, code, message } = thrownBy(body) as Error & { code: string };
  return { name, code, message };
}

function wrong(argument: string, expected: string, got: string) {
  return { name: "TypeError", code: "ERR_TYPE", message: `${argument} must be ${expected}, got ${got}` };
}

function revoked(target: object): object {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

const THROWING = {
  get constructor(): never {
    throw new Error("read on the way to an error text");
  },
};

/** Values that are no handle, and the word for each. */
const NO_HANDLES: readonly (readonly [name: string, value: unknown, word: string])[] = [
  ["undefined", undefined, "null"],
  ["null", null, "null"],
  ["a boolean", true, "a boolean"],
  ["an integer", 1, "an integer"],
  ["a fraction", 1.5, "a number"],
  ["a bigint", 1n, "an integer"],
  ["a string", "Counter", "a string"],
  ["a symbol", Symbol("Counter"), "an object"],
  ["a function", () => 1, "a function"],
  ["an array", [], "a list"],
  ["a buffer", new Uint8Array(8), "bytes"],
  ["an object", {}, "an object"],
  ["an object without a prototype", Object.create(null), "an object"],
  ["an object whose constructor throws", THROWING, "an object"],
  ["an object whose constructor is a string", { constructor: "Counter" }, "an object"],
  ["an object that calls itself a Counter", { constructor: { name: "Counter" } }, "an object"],
  ["an object whose class is called Counter", new (class Counter {})(), "Counter"],
  ["a set", new Set(), "a set"],
  ["a map", new Map(), "a map"],
  ["a proxy", new Proxy({}, {}), "an object"],
  ["a revoked proxy", revoked({}), "an object"],
  ["a revoked proxy of a function", revoked(() => 1), "a function"],
];

describe.each(["release", "variant"] as const)("the border of the %s", (build) => {
  let native: Native;
  let file: string;

  beforeAll(() => {
    file = build === "release" ? INSTALLED.native : variant.native;
    native = load(file);
  });

  it.each(NO_HANDLES)("refuses %s as the receiver and as an argument", (_, value, word) => {
    const handle = native.counterNew(0);
    expect(refusal(() => native.counterValue(value as Counter))).toEqual(wrong("this", "Counter", word));
    expect(refusal(() => native.counterClose(value as Counter))).toEqual(wrong("this", "Counter", word));
    expect(refusal(() => native.counterEquals(handle, value as Counter))).toEqual(wrong("other", "Counter", word));
  });

  it("looks at the receiver first, then at the arguments from left to right", () => {
    const setRange = native.counterSetRange as (...args: unknown[]) => void;
    expect(refusal(() => setRange())).toEqual(wrong("this", "Counter", "null"));
    expect(refusal(() => setRange(native.counterNew(0)))).toEqual(wrong("minimum", "an integer", "null"));
    expect(refusal(() => setRange(native.counterNew(0), 1, "2"))).toEqual(wrong("maximum", "an integer", "a string"));
    expect(setRange(native.counterNew(0), 1, 2, "one too many")).toBeUndefined();
  });

  it("refuses the handles of another add-on, without looking at what they point to", () => {
    const foreign = load(copyOf(variant.native, `${build}-foreign`));
    const [ours, theirs] = [native.counterNew(1), foreign.counterNew(2)];
    expect(refusal(() => native.counterValue(theirs))).toEqual(wrong("this", "Counter", "an object"));
    expect(refusal(() => foreign.counterEquals(theirs, ours))).toEqual(wrong("other", "Counter", "an object"));
    expect(refusal(() => foreign.counterClose(ours))).toEqual(wrong("this", "Counter", "an object"));
    expect([native.counterValue(ours), foreign.counterValue(theirs)]).toEqual([1, 2]);
  });

  it("shares handles between two loads of one file into one thread", () => {
    const second = { exports: {} as Native };
    process.dlopen(second, file);
    expect(second.exports).not.toBe(native);
    const handle = native.counterNew(1);
    expect(second.exports.counterIncrement(handle)).toBe(2);
    expect(second.exports.counterClose(handle)).toBeNull();
    expect(refusal(() => native.counterValue(handle)).code).toBe("ERR_STATE");
  });

  it("closes a handle once and for all, as often as it is asked to", () => {
    const [handle, other] = [native.counterNew(1), native.counterNew(2)];
    expect([native.counterClose(handle), native.counterClose(handle)]).toEqual([null, null]);
    const closed = { name: "Error", code: "ERR_STATE", message: "Counter is closed" };
    expect(refusal(() => native.counterValue(handle))).toEqual(closed);
    expect(refusal(() => native.counterEquals(other, handle))).toEqual(closed);
    // The slot of a closed object may be taken again only when its handle is gone.
    const later = native.counterNew(3);
    expect(refusal(() => native.counterValue(handle))).toEqual(closed);
    expect([native.counterValue(other), native.counterValue(later)]).toEqual([2, 3]);
  });

  it("refuses to close an object while a call of it converts its arguments", () => {
    const handle = native.counterNew(1);
    let refused: unknown;
    const other = new Proxy(
      {},
      {
        getPrototypeOf() {
          refused = refusal(() => native.counterClose(handle));
          return null;
        },
      },
    );
    expect(refusal(() => native.counterEquals(handle, other as unknown as Counter)).code).toBe("ERR_TYPE");
    expect(refused).toEqual({ name: "Error", code: "ERR_STATE", message: "Counter is in use" });
    expect(native.counterValue(handle)).toBe(1);
    expect(native.counterClose(handle)).toBeNull();
  });

  it("lets an object that is in use be changed by what runs inside the call", () => {
    const handle = native.counterNew(1);
    const data = {
      get value() {
        return native.counterIncrement(handle);
      },
    };
    expect(native.counterValue(native.counterFromJson(data))).toBe(2);
  });

  it.each([
    ["the largest of 64 bits", 2n ** 63n - 1n],
    ["the smallest of 64 bits", -(2n ** 63n)],
    ["zero", 0n],
  ])("takes a bigint: %s", (_, value) => {
    expect(native.counterValueBigInt(native.counterNew(value))).toBe(value);
  });

  it.each([2n ** 63n, -(2n ** 63n) - 1n, 2n ** 64n, 2n ** 64n + 1n, -(2n ** 64n) - 1n, 2n ** 1000n])(
    "refuses the bigint %s, whose low 64 bits would be another number",
    (value) => {
      expect(refusal(() => native.counterNew(value))).toEqual({
        name: "RangeError",
        code: "ERR_OVERFLOW",
        message: "value does not fit in 64 bits",
      });
    },
  );

  it("makes the number zero of negative zero", () => {
    expect(native.counterValue(native.counterNew(-0))).toBe(0);
  });

  it.each([0, 1, 125, 126, 127, 128, 129, 255, 256, 100_000])("reads a string of %i units as a whole", (length) => {
    const field = `${"x".repeat(Math.max(length - 1, 0))}${length > 0 ? "é" : ""}`;
    expect(refusal(() => native.counterFromJson({ [field]: 1 })).message).toBe(`Unknown field '${field}'`);
  });

  it.each([125, 126, 127, 128])("does not cut a surrogate pair in two that begins at unit %i", (start) => {
    const field = `${"x".repeat(start)}🎉${"y".repeat(200)}`;
    expect(refusal(() => native.counterFromJson({ [field]: 1 })).message).toBe(`Unknown field '${field}'`);
  });

  it("keeps a NUL inside a string", () => {
    expect(refusal(() => native.counterFromJson({ "a\0b": 1 })).message).toBe("Unknown field 'a\0b'");
  });

  it("passes on what a getter or a trap throws, unchanged", () => {
    const thrown = { not: "even an error" };
    const fail = () => {
      throw thrown;
    };
    const hostile: readonly object[] = [
      Object.defineProperty({}, "value", { enumerable: true, get: fail }),
      new Proxy({}, { ownKeys: fail }),
      new Proxy({}, { get: fail }),
      new Proxy({ value: 1 }, { getOwnPropertyDescriptor: fail }),
    ];
    for (const data of hostile) {
      let caught: unknown;
      try {
        native.counterFromJson(data);
      } catch (error) {
        caught = error;
      }
      expect(caught).toBe(thrown);
      expect(native.counterValue(native.counterNew(1))).toBe(1);
    }
    expect(() => native.counterFromJson(revoked({}))).toThrow(/revoked/);
  });

  it("takes a proxy for the plain object that it stands for", () => {
    expect(native.counterValue(native.counterFromJson(new Proxy({ value: 5 }, {})))).toBe(5);
    expect(refusal(() => native.counterFromJson([]))).toEqual(wrong("data", "an object", "a list"));
    expect(refusal(() => native.counterFromJson(new Uint8Array(1)))).toEqual(wrong("data", "an object", "bytes"));
    expect(refusal(() => native.counterFromJson(new Map()))).toEqual(wrong("data", "an object", "a map"));
  });

  it("marks its errors so that nothing prints the mark", () => {
    const error = (() => {
      try {
        native.counterNew("1" as unknown as number);
      } catch (error) {
        return error as TypeError;
      }
    })();
    expect(error).toBeInstanceOf(TypeError);
    expect(Object.keys(error ?? {})).toEqual(["code"]);
    expect(Object.hasOwn(error ?? {}, "pairity")).toBe(true);
  });

  it("gives its functions their names", () => {
    for (const [name, value] of Object.entries(native)) if (typeof value === "function") expect(value.name).toBe(name);
  });
});

describe("the border of the variant", () => {
  it("refuses a handle of another class, open or closed", () => {
    const native = load<Native & Panics>(variant.native);
    const fuse = native.fuseNew("");
    const counter = native.counterNew(0);
    const refused = wrong("this", "Counter", "an object");
    expect(refusal(() => native.counterValue(fuse as unknown as Counter))).toEqual(refused);
    expect(refusal(() => native.counterClose(fuse as unknown as Counter))).toEqual(refused);
    expect(native.fuseBurns(fuse)).toBe(0);
    native.fuseClose(fuse);
    expect(refusal(() => native.counterValue(fuse as unknown as Counter))).toEqual(refused);
    expect(refusal(() => native.counterEquals(counter, fuse as unknown as Counter))).toEqual(
      wrong("other", "Counter", "an object"),
    );
  });

  it("reads a text as a whole, of whatever length and script, and keeps a replacement character", () => {
    const native = load<Native & Panics>(variant.native);
    for (const last of ["", "x", "é", "本", "🎉", "\0", "\ufffd"]) {
      for (const length of [0, 1, 126, 127, 128, 248, 249, 250, 251, 252, 253, 254, 255, 256, 257, 1000]) {
        const text = `${"x".repeat(length)}${last}`;
        expect(native.echo(text)).toBe(text);
        expect(native.echo(last.repeat(length))).toBe(last.repeat(length));
      }
    }
  });

  it("refuses half of a surrogate pair, wherever it stands", () => {
    const native = load<Native & Panics>(variant.native);
    const long = ["x", "é", "本", "\ufffd"].map((unit) => `${unit.repeat(300)}\ud83c`);
    for (const text of [
      ...long,
      "\ud83c",
      "\udf89",
      `${"x".repeat(126)}\ud83c`,
      `${"x".repeat(127)}\udf89`,
      "\udf89\ud83c",
    ]) {
      expect(refusal(() => native.fuseNew(text))).toEqual({
        name: "RangeError",
        code: "ERR_VALUE",
        message: "kind contains a lone surrogate",
      });
    }
  });
});
