/** What only Node has of Point and PooledPoint: the pool, closing, storing. */
import { inspect } from "node:util";
import { Point, PooledPoint } from "pairity";
import { describe, expect, it } from "vitest";

describe.each([Point, PooledPoint as unknown as typeof Point])("%s", (Class) => {
  it("shows and stores itself", () => {
    const point = new Class(1, -0);
    expect([inspect(point), `${point}`]).toEqual(Array(2).fill(`${Class.name}(x=1.0, y=-0.0)`));
    expect(Class.fromJSON(JSON.parse(JSON.stringify(point))).equals(new Class(1, 0))).toBe(true);
    expect(new Class(1, 2).hashCode()).toBe(new Point(1, 2).hashCode());
  });

  it("is closed once and for all, and refuses every later call", () => {
    const [point, other] = [new Class(1, 2), new Class(1, 2)];
    point.close();
    point[Symbol.dispose]();
    const calls = [() => point.x, () => point.equals(other), () => other.equals(point), () => point.toJSON()];
    for (const call of [...calls, () => point.hashCode(), () => `${point}`]) {
      expect(call).toThrow(`${Class.name} is closed`);
    }
    expect(`${other}`).toBe(`${Class.name}(x=1.0, y=2.0)`);
  });

  it("can be extended", () => {
    class Named extends Class {
      label = "a";
    }
    expect([new Named(1, 2).label, new Named(1, 2).equals(new Class(1, 2))]).toEqual(["a", true]);
  });
});

describe("the pool", () => {
  it("gives each point what was closed before it, and no two points the same", () => {
    for (const size of [1, 2, 255, 256, 257, 600]) {
      const points = Array.from({ length: size }, (_, i) => new PooledPoint(i, -i));
      expect(points.map(({ x, y }) => [x, y])).toEqual(points.map((_, i) => [i, -i]));
      for (const point of points) point.close();
    }
  });

  it("does not let a closed point see the one that took its place", () => {
    const first = new PooledPoint(1, 2);
    first.close();
    const second = new PooledPoint(3, 4);
    expect(() => first.x).toThrow("PooledPoint is closed");
    first.close();
    expect([second.x, new PooledPoint(5, 6).x, second.x]).toEqual([3, 5, 3]);
  });

  it("is left as it is by arguments that are refused", () => {
    new PooledPoint(1, 2).close();
    expect(() => new PooledPoint(7, "8" as unknown as number)).toThrow("y must be a number, got a string");
    expect(`${new PooledPoint(5, 6)}`).toBe("PooledPoint(x=5.0, y=6.0)");
  });

  it("is not confused by a point that is made while arguments are refused", () => {
    new PooledPoint(1, 2).close();
    let inner: PooledPoint | undefined;
    const hostile = new Proxy(
      {},
      {
        getPrototypeOf() {
          inner ??= new PooledPoint(3, 4);
          return null;
        },
      },
    );
    expect(() => new PooledPoint(hostile as number, 0)).toThrow("x must be a number, got an object");
    const next = new PooledPoint(5, 6);
    expect([inner?.x, next.x]).toEqual([3, 5]);
  });
});
