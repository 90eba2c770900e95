/** What only Node has of Animal and Dog: instanceof, `super`, mix-in functions, `using`, errors with their stacks. */
import { inspect } from "node:util";
import { runInNewContext } from "node:vm";
import { Animal, Dog, isPairityError } from "pairity";
import { describe, expect, it } from "vitest";
import { thrownBy } from "./thrown.ts";

/** A subclass whose constructor takes something else, and which has fields, public and private. */
class Puppy extends Dog {
  toys: number;
  #barks = 0;

  constructor(name: string, toys = 0) {
    super(name, "puppy");
    this.toys = toys;
  }

  get barks(): number {
    return this.#barks;
  }

  override speak(): string {
    this.#barks += 1;
    return super.speak().toLowerCase();
  }
}

// biome-ignore lint/suspicious/noExplicitAny: TypeScript asks for exactly this in the constructor of a mix-in
type Constructor<T> = new (...args: any[]) => T;

/** A mix-in: a function from a class to a subclass of it. */
function Loud<Base extends Constructor<Animal>>(base: Base) {
  return class extends base {
    override speak(): string {
      return `${super.speak().toUpperCase()}!`;
    }
  };
}

function Tagged<Base extends Constructor<object>>(base: Base) {
  return class extends base {
    tag = "tagged";
  };
}

describe("Animal and Dog", () => {
  it("are classes, one of which extends the other", () => {
    const dog = new Dog("Rex", "Collie");
    expect([dog instanceof Animal, dog instanceof Dog, new Animal("Rex") instanceof Dog]).toEqual([true, true, false]);
    expect(Object.getPrototypeOf(Dog)).toBe(Animal);
    expect(Object.hasOwn(Dog.prototype, "describe")).toBe(false);
    expect(() => (Animal as unknown as (name: string) => Animal)("Rex")).toThrow(/without 'new'/);
  });

  it("lend their methods to each other as inheritance allows", () => {
    const dog = new Dog("Rex", "Collie");
    expect(Animal.prototype.speak.call(dog)).toBe("...");
    expect(Animal.prototype.describe.call(dog)).toBe("Rex says Woof!");
    expect(() => Dog.prototype.speak.call(new Animal("Rex") as Dog)).toThrow(TypeError);
    expect(() => Animal.prototype.describe.call({} as Animal)).toThrow(TypeError);
  });

  it("can be extended with another constructor, with fields and with private ones", () => {
    const puppy = new Puppy("Bit", 3);
    expect([puppy.name, puppy.breed, puppy.getBreed(), puppy.toys]).toEqual(["Bit", "puppy", "puppy", 3]);
    expect([puppy.describe(), puppy.describe(), puppy.barks]).toEqual(["Bit says woof!", "Bit says woof!", 2]);
  });

  it("mix in functions, in their order", () => {
    const LoudPuppy = Tagged(Loud(Puppy));
    const puppy = new LoudPuppy("Bit", 2);
    expect(puppy.describe()).toBe("Bit says WOOF!!");
    expect([puppy.tag, puppy.toys, puppy.breed, puppy.barks]).toEqual(["tagged", 2, "puppy", 1]);
    expect([puppy instanceof Puppy, puppy instanceof Dog, puppy instanceof Animal]).toEqual([true, true, true]);
    expect(new (Loud(Loud(Animal)))("Rex").describe()).toBe("Rex says ...!!");
  });

  it("call an override wherever it stands", () => {
    const animal = new Animal("Rex");
    animal.speak = () => "its own";
    expect(animal.describe()).toBe("Rex says its own");
    class Accessor extends Animal {
      // @ts-expect-error -- what the test is about: an accessor in the place of a method
      override get speak(): () => string {
        return () => this.name;
      }
    }
    expect(new Accessor("Ada").describe()).toBe("Ada says Ada");
    expect(new Proxy(new Dog("Rex", "Collie"), { get: (dog, key) => Reflect.get(dog, key, dog) }).name).toBe("Rex");
  });

  it("say which override is no function, or returns no text", () => {
    const animal = new Animal("Rex");
    for (const [speak, message] of [
      ["no method", "speak must be a function, got a string"],
      [undefined, "speak must be a function, got null"],
      [async () => "Moo", "speak() must be a string, got an object"],
      [() => new String("Moo"), "speak() must be a string, got an object"],
    ] as const) {
      Object.defineProperty(animal, "speak", { value: speak, configurable: true });
      const error = thrownBy(() => animal.describe());
      expect(error).toBeInstanceOf(TypeError);
      expect(error).toMatchObject({ code: "ERR_TYPE", message });
      expect(isPairityError(error, "ERR_TYPE")).toBe(true);
    }
  });

  it.each([["a text"], [undefined], [Symbol("s")], [{ not: "an error" }]])(
    "throw what an override throws: %o",
    (thrown) => {
      class Throwing extends Dog {
        override speak(): string {
          throw thrown;
        }
      }
      expect(thrownBy(() => new Throwing("Rex", "Collie").describe())).toBe(thrown);
    },
  );

  it("keep the stack and the cause of what an override throws", () => {
    class Hoarse extends Dog {
      override speak(): string {
        throw new Error("no voice", { cause: "a cold" });
      }
    }
    const error = thrownBy(() => new Hoarse("Rex", "Collie").describe()) as Error;
    expect(error.stack).toMatch(/at Hoarse\.speak[\s\S]*at .*describe/);
    expect([error.message, error.cause, isPairityError(error)]).toEqual(["no voice", "a cold", false]);
  });

  it("end endless recursion with the RangeError of JavaScript, and live on", () => {
    class Endless extends Dog {
      override speak(): string {
        return this.describe();
      }
    }
    const endless = new Endless("Rex", "Collie");
    for (let round = 0; round < 3; round += 1) {
      const error = thrownBy(() => endless.describe());
      expect(error).toBeInstanceOf(RangeError);
      expect(String(error)).toBe("RangeError: Maximum call stack size exceeded");
      expect(isPairityError(error)).toBe(false);
    }
    expect(endless.breed).toBe("Collie");
  });

  it("cannot be closed by what describe calls, and can be afterwards", () => {
    class Leaving extends Dog {
      override speak(): string {
        this.close();
        return "bye";
      }
    }
    const leaving = new Leaving("Rex", "Collie");
    expect(thrownBy(() => leaving.describe())).toMatchObject({ code: "ERR_STATE", message: "Animal is in use" });
    expect([leaving.breed, leaving.name]).toEqual(["Collie", "Rex"]);
    leaving.close();
    for (const body of [() => leaving.name, () => leaving.describe()]) {
      expect(thrownBy(body)).toMatchObject({ code: "ERR_STATE", message: "Animal is closed" });
    }
    for (const body of [() => leaving.breed, () => Dog.prototype.speak.call(leaving), () => leaving.toString()]) {
      expect(thrownBy(body)).toMatchObject({ code: "ERR_STATE", message: "Dog is closed" });
    }
    expect(leaving.close()).toBeUndefined();
  });

  it("are closed at the end of a scope, by a subclass as well", () => {
    const puppy = new Puppy("Bit");
    puppy[Symbol.dispose]();
    expect(() => puppy.breed).toThrow("Dog is closed");
  });

  it("show themselves, a subclass as the class that it extends", () => {
    const puppy = new Puppy("Bit", 3);
    expect([inspect(puppy), `${puppy}`, JSON.stringify(puppy)]).toEqual([
      "Dog(name='Bit', breed='puppy')",
      "Dog(name='Bit', breed='puppy')",
      '{"name":"Bit","breed":"puppy"}',
    ]);
    expect(JSON.stringify([new Animal("Rex")])).toBe('[{"name":"Rex"}]');
  });

  it("take a function of another realm for one", () => {
    const animal = new Animal("Rex");
    animal.speak = runInNewContext("() => 'from afar'");
    expect(animal.describe()).toBe("Rex says from afar");
  });
});
