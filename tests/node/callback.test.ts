/** Functions that the core calls while a native function runs: what goes in, what comes out, and what goes wrong. */
import { execFileSync } from "node:child_process";
import { beforeAll, describe, expect, it } from "vitest";
import type { Native } from "../../ts/pairity/native/index.d.ts";
import { thrownBy } from "./thrown.ts";
import { load, makeVariant, type Package, type Panics } from "./variant.ts";

// The expected panics need no backtraces.
process.env.RUST_BACKTRACE = "0";

let variant: Package;
let native: Native & Panics;

beforeAll(async () => {
  variant = await makeVariant("callback");
  native = load(variant.native);
}, 300_000);

/** A function that returns a value of a type that it should not. */
function returning<T>(value: unknown): () => T {
  return () => value as T;
}

function wrong(argument: string, expected: string, got: string) {
  return expect.objectContaining({
    name: "TypeError",
    code: "ERR_TYPE",
    message: `${argument} must be ${expected}, got ${got}`,
  });
}

describe("a callback", () => {
  it("gets its arguments and gives its result, each call anew", () => {
    const seen: unknown[] = [];
    const step = (value: number | bigint) => {
      seen.push(value);
      return 10 * Number(value);
    };
    expect(native.callSum(step, 4)).toBe(60);
    expect(seen).toEqual([0, 1, 2, 3]);
    expect(native.callSum(step, 0)).toBe(0);
  });

  it("gets undefined for nothing and null for none", () => {
    const seen: unknown[] = [];
    const notify = (...values: unknown[]) => void seen.push(...values);
    expect(native.callNothing(notify)).toBeNull();
    expect(seen).toEqual([undefined, null, "c"]);
    expect(native.callNothing(() => false)).toBe(false);
  });

  it.each([
    [2 ** 53 - 1, "number"],
    [1 - 2 ** 53, "number"],
    [2n ** 53n, "bigint"],
    [-(2n ** 53n), "bigint"],
    [2n ** 62n - 1n, "bigint"],
  ])("gets the integer %s as a %s, exactly", (value, type) => {
    let got: unknown;
    const twice = (value: number | bigint) => {
      got = value;
      return 2n * BigInt(value);
    };
    expect(native.callLossless(twice, value)).toBe(2n * BigInt(value));
    expect([got, typeof got]).toEqual([value, type]);
  });

  it("has no receiver", () => {
    let receiver: unknown = "none yet";
    native.callText(function (this: unknown) {
      receiver = this;
      return "";
    });
    expect(receiver).toBeUndefined();
  });

  it.each([
    [undefined, "null"],
    [1, "an integer"],
    ["() => 1", "a string"],
    [{}, "an object"],
  ])("cannot be %s", (value, got) => {
    expect(thrownBy(() => native.callText(value as () => string))).toEqual(wrong("tell", "a function", got));
  });

  it("may be anything callable: a class is refused by JavaScript itself, a proxy is not", () => {
    expect(native.callText(new Proxy(() => "through", {}))).toBe("through");
    expect(native.callText((() => "bound").bind({}))).toBe("bound");
    class Thing {}
    expect(() => native.callText(Thing as unknown as () => string)).toThrow(/Class constructor/);
  });

  it("that returns something else is an error that names it", () => {
    expect(thrownBy(() => native.callText(returning(5)))).toEqual(wrong("tell()", "a string", "an integer"));
    expect(thrownBy(() => native.callText(returning(Promise.resolve(""))))).toEqual(
      wrong("tell()", "a string", "an object"),
    );
    expect(thrownBy(() => native.callSum(returning(1.5), 3))).toEqual(wrong("step()", "an integer", "a number"));
    expect(thrownBy(() => native.callIntegers(returning("12")))).toEqual(wrong("list()", "a list", "a string"));
    expect(thrownBy(() => native.callIntegers(returning([1, 2, true])))).toEqual(
      wrong("list()[2]", "an integer", "a boolean"),
    );
    expect(thrownBy(() => native.callIntegers(returning([2n ** 64n])))).toMatchObject({
      code: "ERR_OVERFLOW",
      message: "list()[0] does not fit in 64 bits",
    });
    expect(thrownBy(() => native.callText(returning("\ud83c")))).toMatchObject({
      code: "ERR_VALUE",
      message: "tell() contains a lone surrogate",
    });
  });

  it.each([[new TypeError("mine")], ["a text"], [undefined], [{ not: "an error" }]])(
    "that throws %o throws it, unchanged, and at once",
    (thrown) => {
      let calls = 0;
      const step = () => {
        calls += 1;
        throw thrown;
      };
      expect(thrownBy(() => native.callSum(step, 3))).toBe(thrown);
      expect(thrownBy(() => native.callThrough(step, 3))).toBe(thrown);
      expect(calls).toBe(2);
      expect(native.callSum(() => 1, 3)).toBe(3);
    },
  );

  it("keeps its own line in the stack of what it throws", () => {
    const error = thrownBy(() =>
      native.callText(function teller(): string {
        throw new Error("here");
      }),
    ) as Error;
    expect(error.stack).toMatch(/at teller .*callback\.test\.ts/);
  });

  it("passes any value through as the same one", () => {
    for (const value of [undefined, null, Symbol("s"), Number.NaN, { a: 1 }, () => 1, 2n ** 100n, "\ud83c"]) {
      expect(native.callThrough((same) => same, value)).toBe(value);
      expect(native.callThrough(() => value, 0)).toBe(value);
    }
  });

  it("may call native functions, also the one that calls it, as deep as JavaScript goes", () => {
    const down = (value: number | bigint): number => (Number(value) > 0 ? native.callSum(down, Number(value)) + 1 : 1);
    expect(native.callSum(down, 5)).toBe(2 ** 5 - 1);
    const forever = (): number => native.callSum(forever, 1);
    expect(() => native.callSum(forever, 1)).toThrow(RangeError);
    expect(() => native.callSum(forever, 1)).toThrow("Maximum call stack size exceeded");
    expect(native.callSum(() => 1, 2)).toBe(2);
  });

  it("cannot close the objects of the call that runs it, and may use them", () => {
    const [receiver, argument] = [native.fuseNew(""), native.fuseNew("")];
    const inUse = expect.objectContaining({ code: "ERR_STATE", message: "Fuse is in use" });
    let looked = 0;
    const notify = () => {
      for (const fuse of [receiver, argument]) {
        expect(thrownBy(() => native.fuseClose(fuse))).toEqual(inUse);
        looked += native.fuseBurns(fuse) + 1;
      }
    };
    native.fuseCall(receiver, argument, notify);
    expect(looked).toBe(2);
    // A nested call that has returned holds nothing any more.
    expect([native.fuseClose(receiver), native.fuseClose(argument)]).toEqual([null, null]);
  });

  it("leaves nothing in use when it throws", () => {
    const [receiver, argument] = [native.fuseNew(""), native.fuseNew("")];
    const fail = () => {
      throw new Error("no");
    };
    expect(() => native.fuseCall(receiver, argument, fail)).toThrow("no");
    expect([native.fuseClose(receiver), native.fuseClose(argument)]).toEqual([null, null]);
  });

  it("may meet a panic below it and have one after it", () => {
    const panic = expect.objectContaining({ name: "Error", code: "ERR_PANIC", message: "a plain text" });
    const fuse = native.fuseNew("");
    const burn = () => void native.fuseBurn(fuse, "str");
    expect(thrownBy(() => native.fuseCall(fuse, fuse, burn))).toEqual(panic);
    expect(thrownBy(() => native.callThenPanic(() => {}))).toEqual(panic);
    expect(thrownBy(() => native.callThenPanic(() => void expect(thrownBy(burn)).toEqual(panic)))).toEqual(panic);
    expect(native.fuseBurns(fuse)).toBe(2);
    expect(native.fuseClose(fuse)).toBeNull();
  });

  it("leaves no handles behind, however often it is called", () => {
    // Held by handles, a thousand of these texts would not fit in the heap.
    const script = `
      const native = process.getBuiltinModule("module").createRequire("/")(${JSON.stringify(variant.native)});
      const tell = (index) => new Array(2 ** 15).fill(index % 10).join("");
      const texts = native.callLengths(tell, 1000);
      const object = { get step() { const kept = tell(1); return () => kept.length; } };
      console.log(texts, native.callMethod(object, 1000));
    `;
    const output = execFileSync(process.execPath, ["--max-old-space-size=16", "-e", script], { encoding: "utf8" });
    expect(output).toBe(`${1000 * 2 ** 15} ${1000 * 2 ** 15}\n`);
  });
});

describe("a method that the core calls", () => {
  class Steps {
    size = 2;

    step(value: number): number {
      return value * this.size;
    }
  }

  it("is called on its object, as it is at each call", () => {
    expect(native.callMethod(new Steps(), 4)).toBe(12);
    class Changing extends Steps {
      override step(value: number): number {
        this.size += 1;
        if (value === 1) Object.defineProperty(this, "step", { value: () => 100 });
        return super.step(value);
      }
    }
    // 0 × 3, 1 × 4, then what was put in its place.
    expect(native.callMethod(new Changing(), 4)).toBe(204);
  });

  it("must be there, be a function, and return what it should", () => {
    expect(thrownBy(() => native.callMethod({}, 1))).toEqual(wrong("step", "a function", "null"));
    expect(thrownBy(() => native.callMethod({ step: 1 }, 1))).toEqual(wrong("step", "a function", "an integer"));
    expect(thrownBy(() => native.callMethod({ step: () => "1" }, 1))).toEqual(
      wrong("step()", "an integer", "a string"),
    );
    expect(thrownBy(() => native.callMethod("text" as unknown as object, 1))).toEqual(
      wrong("object", "an object", "a string"),
    );
  });

  it("passes on what its getter throws", () => {
    const thrown = new Error("from the getter");
    const object = {
      get step(): never {
        throw thrown;
      },
    };
    expect(thrownBy(() => native.callMethod(object, 1))).toBe(thrown);
  });
});
