/** What only JavaScript has of the data classes and of Config: strict mode, freezing, JSON.stringify, `using`, types. */
import { execFileSync } from "node:child_process";
import { inspect } from "node:util";
import { Config, DataClass, DataClassBuilder, FrozenDataClass } from "pairity";
import { describe, expect, expectTypeOf, it } from "vitest";
import { PYTHON, ROOT } from "../../scripts/run.mjs";

describe("data classes in JavaScript", () => {
  it("refuse to set what is read-only with a TypeError", () => {
    for (const [made, fields] of [
      [new DataClass("x"), { price: 1 }],
      [new DataClass("x"), { isModified: true }],
      [new FrozenDataClass("x"), { name: "y" }],
      [new FrozenDataClass("x"), { count: 1 }],
      [new Config("h", 1), { port: 2 }],
    ] as const) {
      const before = inspect(made);
      expect(() => Object.assign(made, fields)).toThrow(TypeError);
      expect(inspect(made)).toBe(before);
    }
  });

  it("are frozen objects where they never change, and leave a subclass its fields", () => {
    class Tagged extends FrozenDataClass {
      tag = "new";
    }
    expect(Object.isFrozen(new FrozenDataClass("x"))).toBe(true);
    expect(Object.isFrozen(new Config("h", 1))).toBe(true);
    expect(() => Object.assign(new FrozenDataClass("x"), { extra: 1 })).toThrow(TypeError);
    expect(new Tagged("x").tag).toBe("new");
    expect(new Tagged("x").equals(new FrozenDataClass("x"))).toBe(true);
  });

  it("give JSON.stringify the plain object, whose text is the JSON text", () => {
    for (const made of [new DataClass("é\n", 3, 0.5), new FrozenDataClass("x", 1, 0.25), new Config("h", 1, true)]) {
      expect(JSON.stringify(made)).toBe(made.toJsonText());
      expect(structuredClone(made.toJSON())).toEqual(JSON.parse(made.toJsonText()));
    }
    expect(DataClass.fromJSON(JSON.parse(JSON.stringify(new DataClass("x", 1, 2)))).price).toBe(2);
    expect(Config.fromJSON({ host: "h", port: 1 }).equals(Config.fromDict({ host: "h", port: 1n }))).toBe(true);
  });

  it("leave out of replace what is undefined, and refuse null and unknown fields", () => {
    const made = new DataClass("x", 1, 2);
    expect(made.replace({ name: undefined as unknown as string, count: 2 }).name).toBe("x");
    expect(made.replace().equals(made)).toBe(true);
    expect(() => made.replace({ name: null as unknown as string })).toThrow("name must be a string, got null");
    expect(() => made.replace({ size: 1 } as object)).toThrow("Unknown option 'size'");
  });

  it("have the same hashes, texts and JSON in Python", () => {
    const made = new FrozenDataClass("Zoë 🎉", 999_999, 1e21);
    const config = new Config("hôte", 65_535, true);
    const script = `
import json, sys
from pairity import Config, FrozenDataClass
data, config = (text.strip() for text in sys.stdin.readlines())
data, config = FrozenDataClass.from_json_text(data), Config.from_json_text(config)
print(json.dumps([hash(data), repr(data), data.to_json_text(), hash(config), repr(config), config.to_json_text()]))`;
    const input = `${made.toJsonText()}\n${config.toJsonText()}`;
    const output = execFileSync(PYTHON, ["-c", script], { cwd: ROOT, input, encoding: "utf8" });
    const mine = [made, config].flatMap((one) => [one.hashCode(), inspect(one), one.toJsonText()]);
    expect(JSON.parse(output)).toEqual(mine);
  });

  it("are copied, built and closed", () => {
    const builder = new DataClassBuilder();
    expect(builder.name("x").count(2n)).toBe(builder);
    const made = builder.build();
    const copy = made.clone();
    copy.name = "y";
    expect([made.name, copy.name, made.isModified]).toEqual(["x", "y", false]);
    for (const one of [made, builder, builder.buildFrozen(), new Config("h", 1)]) {
      const { name } = one.constructor;
      {
        using inner = one;
        inner.toString();
      }
      expect(() => one.toString()).toThrow(`${name} is closed`);
    }
    expect(() => copy.equals(made)).toThrow("DataClass is closed");
  });

  it("have full types", () => {
    expectTypeOf<DataClass["replace"]>()
      .parameter(0)
      .toEqualTypeOf<{ name?: string; count?: number | bigint; price?: number } | undefined>();
    expectTypeOf<Config["toJSON"]>().returns.toEqualTypeOf<{ host: string; port: number; debug: boolean }>();
    expectTypeOf<FrozenDataClass["name"]>().toEqualTypeOf<string>();
  });
});
