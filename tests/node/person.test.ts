/** What only JavaScript has of Person: `using`, inspection, plain forms, sorting and types. */
import { execFileSync } from "node:child_process";
import { inspect } from "node:util";
import { Counter, Person } from "pairity";
import { describe, expect, expectTypeOf, it } from "vitest";
import { PYTHON, ROOT } from "../../scripts/run.mjs";

describe("Person in JavaScript", () => {
  it("cannot be called without new", () => {
    expect(() => Reflect.apply(Person, undefined, ["Alice", 30])).toThrow(/without 'new'/);
  });

  it("can be extended; its factories build persons", () => {
    class Friend extends Person {
      get greeting(): string {
        return `Hello ${this.name}`;
      }
    }
    const friend = new Friend("Alice", 30);
    expect(friend.greeting).toBe("Hello Alice");
    expect(friend.equals(new Person("Alice", 30))).toBe(true);
    expect(Friend.adult("Bob")).toBeInstanceOf(Person);
  });

  it("shows the debug text when it is inspected and the other text in templates", () => {
    const person = new Person("O'Brien", 30);
    expect(inspect([person])).toBe('[ Person(name="O\'Brien", age=30) ]');
    expect(`${person}`).toBe("O'Brien (age 30)");
  });

  it("sorts by compareTo", () => {
    const names = [new Person("Zoe", 20), new Person("Bob", 30), new Person("Ada", 30), new Person("Bob", 8)]
      .sort((left, right) => left.compareTo(right))
      .map(String);
    expect(names).toEqual(["Bob (age 8)", "Zoe (age 20)", "Ada (age 30)", "Bob (age 30)"]);
  });

  it("answers −1, 0 and 1, and no negative zero", () => {
    const [young, old] = [new Person("Ada", 20), new Person("Ada", 30)];
    expect([young.compareTo(old), old.compareTo(young)]).toEqual([-1, 1]);
    expect(Object.is(young.compareTo(young.clone()), 0)).toBe(true);
  });

  it("has no order with anything else", () => {
    const person = new Person("Alice", 30);
    for (const [other, word] of [
      [3, "an integer"],
      [new Counter(), "Counter"],
      [undefined, "null"],
      [{ name: "Alice", age: 30 }, "an object"],
    ] as const) {
      expect(() => person.compareTo(other as unknown as Person)).toThrow(`other must be Person, got ${word}`);
    }
  });

  it("keeps its age: it cannot be assigned", () => {
    const person = new Person("Alice", 30);
    expect(() => Object.assign(person, { age: 31 })).toThrow(TypeError);
    expect(person.age).toBe(30);
  });

  it("has a plain form that JSON and structuredClone keep", () => {
    const person = new Person("Alice\u0000🎉", 30);
    expect(structuredClone(person.toJSON())).toEqual({ name: "Alice\u0000🎉", age: 30 });
    expect(Person.fromJSON(JSON.parse(JSON.stringify(person))).equals(person)).toBe(true);
    expect(Person.fromDict(person.toJSON()).equals(person)).toBe(true);
  });

  it("has the same hash, text and form in Python", () => {
    const person = new Person("Zoë 🎉", 150);
    const script = `
import json, sys
from pairity import Person
person = Person.from_dict(json.load(sys.stdin))
print(json.dumps([hash(person), repr(person), str(person), person.to_dict()]))`;
    const input = JSON.stringify(person);
    const output = execFileSync(PYTHON, ["-c", script], { cwd: ROOT, input, encoding: "utf8" });
    expect(JSON.parse(output)).toEqual([person.hashCode(), inspect(person), `${person}`, person.toJSON()]);
  });

  it("takes a bigint for an age", () => {
    expect(new Person("Alice", 30n).age).toBe(30);
    expect(Person.isValidAge(149n)).toBe(true);
  });

  it("parses an unsafe age by its twin only", () => {
    expect(() => Person.parsePerson("Bob, 9007199254740993")).toThrow("parsePersonBigInt returns it exactly");
    expect(Person.parsePersonBigInt("Bob, 9007199254740993")).toEqual(["Bob", 9007199254740993n]);
  });

  it("takes an instance of a class of the caller for its data, but no person and no set", () => {
    class Row {
      readonly name = "Alice";
      readonly age = 30;
    }
    expect(Person.fromDict(new Row()).name).toBe("Alice");
    class Friend extends Person {}
    for (const [data, word] of [
      [new Person("Alice", 30), "Person"],
      [new Friend("Alice", 30), "Person"],
      [new Set(["name"]), "a set"],
      [new Map([["name", "Alice"]]), "a map"],
    ] as const) {
      expect(() => Person.fromDict(data as unknown as Row)).toThrow(`data must be an object, got ${word}`);
    }
  });

  it("is closed by using", () => {
    let outside: Person;
    {
      using person = new Person("Alice", 30);
      outside = person;
    }
    expect(() => outside.name).toThrow("Person is closed");
    expect(() => new Person("Bob", 3).compareTo(outside)).toThrow("Person is closed");
  });

  it("has full types", () => {
    expectTypeOf<ConstructorParameters<typeof Person>>().toEqualTypeOf<[name: string, age: number | bigint]>();
    expectTypeOf(Person.parsePerson).returns.toEqualTypeOf<readonly [name: string, age: number]>();
    expectTypeOf<Person["compareTo"]>().returns.toEqualTypeOf<-1 | 0 | 1>();
  });
});
