/** A panic anywhere below a native function is an error in JavaScript, and the object and the process live on. */
import { execFileSync } from "node:child_process";
import { pathToFileURL } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import type { Native } from "../../ts/pairity/native/index.d.ts";
import { thrownBy } from "./thrown.ts";
import { INSTALLED, IS_INSTALLED_VARIANT, load, makeVariant, type Package, type Panics } from "./variant.ts";

type Anything = (...args: unknown[]) => unknown;

// A hundred expected panics need no hundred backtraces.
process.env.RUST_BACKTRACE = "0";

let variant: Package;
let native: Native & Panics;

beforeAll(async () => {
  variant = await makeVariant("panics");
  native = load(variant.native);
}, 300_000);

const PANICS = [
  ["str", "a plain text"],
  ["string", "a text about string"],
  ["number", "panic"],
  // Its payload panics when it is dropped, which must not happen on the way out of the border.
  ["grenade", "panic"],
] as const;

function panic(message: string) {
  return expect.objectContaining({ name: "Error", code: "ERR_PANIC", message });
}

describe("a panic", () => {
  it("surfaces from every exported function, whatever it is called with", () => {
    const names = Object.keys(native).filter((name) => name !== "declarations") as (keyof typeof native)[];
    for (const name of names) {
      native.panicNext("str");
      expect(
        thrownBy(() => (native[name] as Anything)()),
        name,
      ).toEqual(panic("a plain text"));
    }
    const { declarations } = load<{ declarations: string }>(variant.native);
    expect(names.sort()).toEqual([...declarations.matchAll(/^ {2}(\w+)\(/gm)].map(([, name]) => name).sort());
  });

  it.each(PANICS)("with a payload of kind %s says what is known of it", (kind, message) => {
    expect(thrownBy(() => native.fuseNew(kind))).toEqual(panic(message));
  });

  it("leaves the object usable, also when it struck while the core held a lock", () => {
    const fuse = native.fuseNew("");
    for (const [kind, message] of PANICS) {
      expect(thrownBy(() => native.fuseBurn(fuse, kind))).toEqual(panic(message));
    }
    expect(native.fuseBurns(fuse)).toBe(PANICS.length);
    native.fuseClose(fuse);
    expect(thrownBy(() => native.fuseBurns(fuse))).toMatchObject({ code: "ERR_STATE", message: "Fuse is closed" });
  });

  it("while two handles are borrowed leaves neither of them in use", () => {
    const [first, second] = [native.fuseNew(""), native.fuseNew("")];
    expect(thrownBy(() => native.fuseBurnBeside(first, second))).toEqual(panic("a plain text"));
    expect([native.fuseClose(first), native.fuseClose(second)]).toEqual([null, null]);
  });

  it("surfaces from the conversion of an argument and of a result", () => {
    expect(thrownBy(() => native.panicArgument(1))).toEqual(panic("a plain text"));
    expect(thrownBy(() => native.panicResult())).toEqual(panic("a plain text"));
  });

  it("in what close drops surfaces once, and the handle is closed", () => {
    const fuse = native.fuseNew("");
    native.fuseArmDrop(fuse);
    expect(thrownBy(() => native.fuseClose(fuse))).toEqual(panic("a text about string"));
    expect(native.fuseClose(fuse)).toBeNull();
    expect(thrownBy(() => native.fuseBurns(fuse))).toMatchObject({ code: "ERR_STATE" });
  });

  it("in a finalizer, where nobody can catch it, leaves the process alive and frees the box", () => {
    const script = `
      const native = process.getBuiltinModule("module").createRequire("/")(${JSON.stringify(variant.native)});
      for (let i = 0; i < 100; i += 1) native.fuseArmDrop(native.fuseNew(""));
      const made = native.liveObjects();
      const collect = () => { gc(); if (native.liveObjects() > 0) setImmediate(collect); else console.log(made, "freed"); };
      collect();
    `;
    const output = execFileSync(process.execPath, ["--expose-gc", "-e", script], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    expect(output).toBe("100 freed\n");
  });

  it("surfaces from a method and a getter of a TypeScript class, which keeps its value", async () => {
    const { Counter, isPairityError } = (await import(
      pathToFileURL(variant.index).href
    )) as typeof import("../../ts/pairity/src/index.ts");
    const counter = new Counter(3);
    for (const body of [() => counter.increment(), () => counter.value, () => new Counter(1), () => `${counter}`]) {
      native.panicNext("string");
      const error = thrownBy(body);
      expect(error).toEqual(panic("a text about string"));
      expect(isPairityError(error, "ERR_PANIC")).toBe(true);
    }
    expect(counter.value).toBe(3);
  });
});

describe("a result that V8 cannot hold", () => {
  it("is an error, never undefined", () => {
    expect(thrownBy(() => native.hugeText(2 ** 29))).toMatchObject({
      name: "RangeError",
      code: "ERR_VALUE",
      message: "The result is too large for the calling host",
    });
  });
});

describe("the release", () => {
  it.skipIf(IS_INSTALLED_VARIANT)("has none of the functions for tests", () => {
    expect(
      Object.keys(load(INSTALLED.native)).filter((name) =>
        /^(panic|fuse|leak|live|externalMemory|echo|hugeText)/.test(name),
      ),
    ).toEqual([]);
  });
});
