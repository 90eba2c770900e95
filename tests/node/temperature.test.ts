/** What only JavaScript has of Temperature: conversions to primitives, inspection, plain forms. */
import { inspect } from "node:util";
import { Temperature } from "pairity";
import { describe, expect, expectTypeOf, it } from "vitest";

// The class to a caller whom no type checker keeps from mistakes.
const unchecked = (celsius: number) => new Temperature(celsius) as unknown as number;

describe("Temperature in JavaScript", () => {
  it("is its degrees where JavaScript wants a number", () => {
    expect([Number(new Temperature(21.5)), +unchecked(21.5), Math.round(unchecked(21.5))]).toEqual([21.5, 21.5, 22]);
    expect(unchecked(21.5) + 1).toBe(22.5);
    expect(Object.is(Number(new Temperature(-0)), -0)).toBe(true);
  });

  it("is its text where JavaScript wants a string", () => {
    const warm = new Temperature(21.5);
    expect([`${warm}`, String(warm)]).toEqual(["21.5 °C", "21.5 °C"]);
    expect(Object.keys({ [String(warm)]: 1 })).toEqual(["21.5 °C"]);
  });

  it("is compared by the operators, and by identity where they convert nothing", () => {
    const [cold, warm] = [new Temperature(-1), new Temperature(1)];
    expect([cold < warm, cold >= warm]).toEqual([true, false]);
    expect(new Temperature(1) === warm).toBe(false);
  });

  it("answers every hint", () => {
    const warm = new Temperature(21.5);
    expect(warm[Symbol.toPrimitive]("string")).toBe("21.5 °C");
    expect(warm[Symbol.toPrimitive]("number")).toBe(21.5);
    expect(warm[Symbol.toPrimitive]("default")).toBe(21.5);
    expectTypeOf(warm[Symbol.toPrimitive]("string")).toEqualTypeOf<string>();
    expectTypeOf(warm[Symbol.toPrimitive]("number")).toEqualTypeOf<number>();
  });

  it("is sorted by compareTo", () => {
    const readings = [3, -2, 7].map((celsius) => new Temperature(celsius));
    expect(readings.sort((one, other) => one.compareTo(other)).map(Number)).toEqual([-2, 3, 7]);
  });

  it("shows itself in console.log, and has a plain form", () => {
    const warm = new Temperature(21.5);
    expect(inspect({ warm })).toBe("{ warm: Temperature(celsius=21.5) }");
    expect(JSON.stringify({ warm })).toBe('{"warm":{"celsius":21.5}}');
    expect(Temperature.fromJSON(structuredClone(warm.toJSON())).equals(warm)).toBe(true);
  });

  it("cannot be changed", () => {
    const warm = new Temperature(21.5);
    expect(Reflect.set(warm, "celsius", 3)).toBe(false);
    expect(warm.celsius).toBe(21.5);
  });

  it("is closed by using, and every later conversion says so", () => {
    const warm = new Temperature(21.5);
    {
      using closing = warm;
      expect(closing.celsius).toBe(21.5);
    }
    expect(() => Number(warm)).toThrow("Temperature is closed");
    expect(() => `${warm}`).toThrow("Temperature is closed");
  });
});
