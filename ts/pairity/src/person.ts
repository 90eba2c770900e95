import { inspect } from "node:util";
import { type Handle, type Integer, native } from "./native.ts";

/** A stored {@link Person}. */
export interface PersonData {
  name: string;
  age: Integer;
}

/** The handle that the next constructor call takes over instead of making one. */
let adopted: Handle<"Person"> | undefined;

/**
 * A person with a name that may change and an age, 0 to 150 years, that does not.
 *
 * Equal and hashed by both fields, ordered by age and then by the code points of the name. Changing the name changes
 * the hash: do not do it while a table of yours holds the person by its hash.
 *
 * @example
 * const person = new Person("Alice", 30);
 * person.toString(); // "Alice (age 30)"
 */
export class Person {
  readonly #handle: Handle<"Person">;

  /**
   * Creates a person called `name`, `age` years old.
   * Throws a RangeError when the name is empty or blank, or the age is below 0 or above 150.
   */
  constructor(name: string, age: Integer) {
    this.#handle = adopted ?? native.personNew(name, age);
    adopted = undefined;
  }

  /** Builds a person of 18 years. Throws a RangeError when the name is empty or blank. */
  static adult(name: string): Person {
    return Person.#adopt(native.personAdult(name));
  }

  /** Builds the person `Unknown`, 0 years old. */
  static defaultPerson(): Person {
    return Person.#adopt(native.personDefaultPerson());
  }

  /**
   * Builds a person from an object with `name` and `age`.
   * Throws `ERR_KEY` when a field is absent, and a RangeError when one is unknown or does as in the constructor.
   */
  static fromDict(data: PersonData): Person {
    return Person.#adopt(native.personFromDict(data));
  }

  /** Builds a person from what {@link toJSON} returned, as {@link fromDict}. */
  static fromJSON(data: PersonData): Person {
    return Person.fromDict(data);
  }

  /**
   * Returns whether `name` has letters and spaces only, of any script, and at least one letter.
   * Combining marks count with the letters that they stand on.
   */
  static isValidName(name: string): boolean {
    return native.personIsValidName(name);
  }

  /** Returns whether `age` is between 0 and 150, both excluded: narrower than what a person may have. */
  static isValidAge(age: Integer): boolean {
    return native.personIsValidAge(age);
  }

  /**
   * Returns the name and the age in a text such as `Bob, 25`, without the blanks around them.
   *
   * Only the format (one comma) and the integer (ASCII digits, an optional sign, 64 bits) are checked: the name may be
   * empty and the age one that no person has. Throws a RangeError, and `ERR_UNSAFE_INTEGER` for an age beyond
   * ±(2^53 − 1).
   */
  static parsePerson(text: string): readonly [name: string, age: number] {
    return native.personParsePerson(text);
  }

  /** As {@link parsePerson}, exact beyond the safe integers. */
  static parsePersonBigInt(text: string): readonly [name: string, age: bigint] {
    return native.personParsePersonBigInt(text);
  }

  static #adopt(handle: Handle<"Person">): Person {
    adopted = handle;
    return new Person("", 0);
  }

  static #is(value: unknown): value is Person {
    return typeof value === "object" && value !== null && #handle in value;
  }

  /** The name; setting one that is empty or blank throws a RangeError, and the old one stays. */
  get name(): string {
    return native.personName(this.#handle);
  }

  set name(name: string) {
    native.personSetName(this.#handle, name);
  }

  /** The age in years. */
  get age(): number {
    return native.personAge(this.#handle);
  }

  /** Whether the age is 18 or more. */
  get isAdult(): boolean {
    return native.personIsAdult(this.#handle);
  }

  /** Returns the full name: the name as it stands. */
  fullName(): string {
    return native.personFullName(this.#handle);
  }

  /** Returns whether `other` is a person with the same name and age. */
  equals(other: unknown): boolean {
    return Person.#is(other) && native.personEquals(this.#handle, other.#handle);
  }

  /**
   * Returns −1, 0 or 1 as this person sorts before, with or after `other`: by age, then by the code points of the name.
   * Throws a TypeError when `other` is no person.
   */
  compareTo(other: Person): -1 | 0 | 1 {
    // What is no person goes to the border as it is, which refuses it by name.
    return native.personCompareTo(this.#handle, Person.#is(other) ? other.#handle : other);
  }

  /**
   * Returns a hash of 32 bits, the same number as Python's `hash()`.
   * It is the FNV-1a of the name's UTF-8, the byte 0xFF, and the 8 bytes of the age, lowest first.
   */
  hashCode(): number {
    return native.personHashCode(this.#handle);
  }

  /** Returns an independent copy. */
  clone(): Person {
    return Person.#adopt(native.personClone(this.#handle));
  }

  /** Returns the text for readers: `Alice (age 30)`. */
  toString(): string {
    return native.personText(this.#handle);
  }

  /** Returns the name and the age as a plain object, safe for `structuredClone` and `JSON.stringify`. */
  toJSON(): { name: string; age: number } {
    const [name, age] = native.personState(this.#handle);
    return { name, age };
  }

  /** Frees the native person now; every later call throws `ERR_STATE`. */
  close(): void {
    native.personClose(this.#handle);
  }

  /** As {@link close}: `using person = new Person("Alice", 30)`. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** What `console.log` shows: `Person(name='Alice', age=30)`, with quotes and escapes as Python's `repr` writes them. */
  [inspect.custom](): string {
    return native.personDebugText(this.#handle);
  }
}
