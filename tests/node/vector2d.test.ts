/** What only JavaScript asks of a Vector2D: plain forms, spreading, subclasses, printing, closing. */
import { inspect } from "node:util";
import { isPairityError, Vector2D } from "pairity";
import { describe, expect, it } from "vitest";
import { thrownBy } from "./thrown.ts";

const wrong: (value: unknown) => never = (value) => value as never;

describe("Vector2D", () => {
  it("spreads into its components, any number of times", () => {
    const vector = new Vector2D(1, 2);
    const [x, y] = vector;
    expect([x, y, ...vector, ...vector]).toEqual([1, 2, 1, 2, 1, 2]);
    expect(Math.hypot(...new Vector2D(3, 4))).toBe(5);
    expect(new Map([[...vector] as [number, number]]).get(1)).toBe(2);
  });

  it("reads both components when iteration starts", () => {
    const vector = new Vector2D(1, 2);
    const components = vector[Symbol.iterator]();
    vector.y = 9;
    expect([...components]).toEqual([1, 2]);
  });

  it("chains assignments in place and keeps its identity", () => {
    const vector = new Vector2D(1, 2);
    expect(vector.addAssign(new Vector2D(10, 20)).subAssign(new Vector2D(1, 1))).toBe(vector);
    expect(vector.toJSON()).toEqual({ x: 10, y: 21 });
  });

  it("refuses what JavaScript would coerce", () => {
    for (const value of ["1", true, 1n, null, undefined, [1], new Date(0), Object(1), Symbol("x")]) {
      expect(thrownBy(() => new Vector2D(wrong(value), 0))).toMatchObject({ name: "TypeError", code: "ERR_TYPE" });
      expect(thrownBy(() => new Vector2D(1, 2).scale(wrong(value)))).toMatchObject({ name: "TypeError" });
    }
  });

  it("refuses another object in the place of a vector, a look-alike too", () => {
    const vector = new Vector2D(1, 2);
    for (const other of [{ x: 1, y: 2 }, Object.create(Vector2D.prototype), [1, 2], Vector2D, undefined]) {
      const error = thrownBy(() => vector.add(wrong(other)));
      expect(error).toBeInstanceOf(TypeError);
      expect(isPairityError(error, "ERR_TYPE")).toBe(true);
      expect(vector.equals(other)).toBe(false);
    }
  });

  it("is not made without new, nor by a foreign receiver", () => {
    expect(thrownBy(() => Reflect.apply(wrong(Vector2D), undefined, [1, 2]))).toBeInstanceOf(TypeError);
    const { add } = Vector2D.prototype;
    expect(thrownBy(() => add.call(wrong({}), new Vector2D(1, 2)))).toBeInstanceOf(TypeError);
  });

  it("makes an unharmed vector after a constructor that failed", () => {
    expect(thrownBy(() => new Vector2D(wrong("1"), 2))).toBeInstanceOf(TypeError);
    expect(new Vector2D(3, 4).magnitude).toBe(5);
    expect(thrownBy(() => new Vector2D(0, 0).normalized())).toBeInstanceOf(RangeError);
    expect(new Vector2D(1, 2).toJSON()).toEqual({ x: 1, y: 2 });
  });

  it("can be extended; results are plain vectors", () => {
    class Labelled extends Vector2D {
      readonly label: string;
      constructor(x: number, y: number, label: string) {
        super(x, y);
        this.label = label;
      }
      override toString(): string {
        return `${this.label}: ${super.toString()}`;
      }
    }
    const vector = new Labelled(1, 2, "left");
    expect(vector).toBeInstanceOf(Vector2D);
    expect(`${vector}`).toBe("left: Vector2D(x=1.0, y=2.0)");
    expect(vector.add(vector).constructor).toBe(Vector2D);
    expect(vector.equals(new Vector2D(1, 2))).toBe(true);
    expect(vector.clone().constructor).toBe(Vector2D);
  });

  it("prints as its text, also inside of other objects", () => {
    const vector = new Vector2D(1, -0);
    expect(inspect(vector)).toBe("Vector2D(x=1.0, y=-0.0)");
    expect(inspect({ at: [vector] })).toBe("{ at: [ Vector2D(x=1.0, y=-0.0) ] }");
  });

  it("survives JSON and structuredClone in its plain form", () => {
    const vector = new Vector2D(0.1, -0);
    const plain = structuredClone(vector.toJSON());
    expect(Object.is(Vector2D.fromJSON(plain).y, -0)).toBe(true);
    expect(JSON.stringify({ vector })).toBe('{"vector":{"x":0.1,"y":0}}');
    expect(Vector2D.fromJSON(JSON.parse(JSON.stringify(vector))).equals(vector)).toBe(true);
  });

  it("is written by JSON.stringify without its NaN, which fromJSON then names", () => {
    const text = JSON.stringify(new Vector2D(Number.NaN, 1));
    expect(text).toBe('{"x":null,"y":1}');
    expect(thrownBy(() => Vector2D.fromJSON(JSON.parse(text)))).toMatchObject({
      message: "x must be a number, got null",
    });
  });

  it("takes stored components from an object, and from nothing that has another word", () => {
    const bare = Object.assign(Object.create(null), { x: 1, y: 2 });
    expect(Vector2D.fromJSON(bare).toJSON()).toEqual({ x: 1, y: 2 });
    for (const data of [new Map(), new Set(), new Vector2D(1, 2), [1, 2], new Float64Array(2)]) {
      expect(thrownBy(() => Vector2D.fromJSON(wrong(data)))).toMatchObject({ name: "TypeError", code: "ERR_TYPE" });
    }
  });

  it("passes an exception of a getter through unchanged", () => {
    const mine = new Error("mine");
    const data = {
      x: 1,
      get y(): number {
        throw mine;
      },
    };
    expect(thrownBy(() => Vector2D.fromJSON(data))).toBe(mine);
  });

  it("refuses every use once it is closed, and may be closed twice", () => {
    const vector = new Vector2D(1, 2);
    const other = new Vector2D(3, 4);
    vector.close();
    vector[Symbol.dispose]();
    for (const use of [
      () => vector.x,
      () => vector.add(other),
      () => other.add(vector),
      () => other.equals(vector),
      () => `${vector}`,
      () => [...vector],
    ]) {
      expect(thrownBy(use)).toMatchObject({ name: "Error", code: "ERR_STATE", message: "Vector2D is closed" });
    }
  });

  it("has no enumerable fields and no hash", () => {
    expect(Object.keys(new Vector2D(1, 2))).toEqual([]);
    expect("hashCode" in Vector2D.prototype).toBe(false);
  });
});
