/** Classes with decorators, which `decorators.test.ts` has compiled and run in several ways; prints what they do. */
import { Temperature } from "pairity";
import { registered, validated } from "pairity/decorators";

function outcome(body: () => unknown): unknown {
  try {
    return body();
  } catch (error) {
    const { name, code, message } = error as Error & { code?: string };
    return [name, code ?? null, message];
  }
}

const celsius = (value: number) => new Temperature(value).celsius;

class Oven {
  @validated(celsius)
  accessor target = 20;

  @validated(celsius)
  accessor actual = 18;
}

class Grill extends Oven {}

class Impossible {
  @validated(celsius)
  accessor target = -300;
}

const shapes = new Map<string, new () => object>();

@registered(shapes)
class Circle {
  readonly sides = 1;
}

@registered(shapes)
class Square {
  readonly sides = 4;
}

function again(): void {
  @registered(shapes)
  class Circle {}
  new Circle();
}

const [one, other] = [new Oven(), new Grill()];
other.target = 200;
console.log(
  JSON.stringify({
    initial: [one.target, one.actual],
    set: outcome(() => {
      one.target = 180;
      return [one.target, one.actual, other.target];
    }),
    tooCold: outcome(() => {
      one.target = -300;
    }),
    noNumber: outcome(() => {
      other.target = "hot" as never;
    }),
    kept: [one.target, other.target],
    impossible: outcome(() => new Impossible()),
    names: [...shapes.keys()],
    same: [shapes.get("Circle") === Circle, shapes.get("Square") === Square],
    twice: outcome(again),
    stillThere: shapes.get("Circle") === Circle,
  }),
);
