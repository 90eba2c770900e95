import { inspect } from "node:util";
import { adoptData, type DataClass, type DataClassData } from "./data_class.ts";
import { type Handle, type Integer, native } from "./native.ts";

/** The handle that the next constructor call takes over instead of making one. */
let adopted: Handle<"FrozenDataClass"> | undefined;

/** The object of a native one; private to the package. */
export function adoptFrozen(handle: Handle<"FrozenDataClass">): FrozenDataClass {
  adopted = handle;
  return new FrozenDataClass("");
}

/**
 * An article as `DataClass` is one, of which no field can be set.
 *
 * Equal and hashed by name, count and price. The object itself is frozen, too: it takes no other properties, unless a
 * subclass has some.
 *
 * @example
 * const bolt = new FrozenDataClass("bolt", 3, 0.5);
 * bolt.hashCode() === bolt.thaw().freeze().hashCode(); // true
 */
export class FrozenDataClass {
  readonly #handle: Handle<"FrozenDataClass">;

  /**
   * Creates an article.
   * Throws a RangeError when the name is empty or blank, the count is not in 0 … 1,000,000, or the price is negative or
   * not finite.
   */
  constructor(name: string, count: Integer = 0, price = 0) {
    this.#handle = adopted ?? native.frozenDataClassNew(name, count, price);
    adopted = undefined;
    // The fields of a subclass are defined after this.
    if (new.target === FrozenDataClass) Object.freeze(this);
  }

  /**
   * Builds an article from an object with `name`, `count` and `price`.
   * Throws `ERR_KEY` when a field is absent, and a RangeError when one is unknown or does as in the constructor.
   */
  static fromDict(data: DataClassData): FrozenDataClass {
    return adoptFrozen(native.frozenDataClassFromDict(data));
  }

  /** Builds an article from what {@link toJSON} returned, as {@link fromDict}. */
  static fromJSON(data: DataClassData): FrozenDataClass {
    return FrozenDataClass.fromDict(data);
  }

  /**
   * Builds an article from the JSON text of such an object.
   * Throws a RangeError when it is no JSON, and otherwise as {@link fromDict}.
   */
  static fromJsonText(text: string): FrozenDataClass {
    return adoptFrozen(native.frozenDataClassFromJsonText(text));
  }

  static #is(value: unknown): value is FrozenDataClass {
    return typeof value === "object" && value !== null && #handle in value;
  }

  /** The name. */
  get name(): string {
    return native.frozenDataClassName(this.#handle);
  }

  /** How many there are, 0 to 1,000,000. */
  get count(): number {
    return native.frozenDataClassCount(this.#handle);
  }

  /** The price of one, finite and not negative. */
  get price(): number {
    return native.frozenDataClassPrice(this.#handle);
  }

  /** Returns an article that differs in the given fields, which are checked as in the constructor. */
  replace(changes: Partial<DataClassData> = {}): FrozenDataClass {
    return adoptFrozen(native.frozenDataClassReplace(this.#handle, changes));
  }

  /** Returns an equal article that can change. */
  thaw(): DataClass {
    return adoptData(native.frozenDataClassThaw(this.#handle));
  }

  /** Returns whether `other` is a `FrozenDataClass` with the same name, count and price. */
  equals(other: unknown): boolean {
    return FrozenDataClass.#is(other) && native.frozenDataClassEquals(this.#handle, other.#handle);
  }

  /**
   * Returns a hash of 32 bits, the same number as Python's `hash()`.
   * It is the FNV-1a of the name's UTF-8, the byte 0xFF, the 8 bytes of the count and the 8 of the price, both lowest
   * first; −0 hashes as 0.
   */
  hashCode(): number {
    return native.frozenDataClassHashCode(this.#handle);
  }

  /** Returns the text `FrozenDataClass(name='bolt', count=3, price=0.5)`, with quotes and escapes as Python's `repr`. */
  toString(): string {
    return native.frozenDataClassText(this.#handle);
  }

  /** Returns the name, the count and the price as a plain object, safe for `structuredClone` and `JSON.stringify`. */
  toJSON(): { name: string; count: number; price: number } {
    const [name, count, price] = native.frozenDataClassState(this.#handle);
    return { name, count, price };
  }

  /** Returns the JSON text of that object, without blanks: the same text as in Python. */
  toJsonText(): string {
    return native.frozenDataClassToJsonText(this.#handle);
  }

  /** Frees the native object now; every later call throws `ERR_STATE`. */
  close(): void {
    native.frozenDataClassClose(this.#handle);
  }

  /** As {@link close}: `using bolt = new FrozenDataClass("bolt")`. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** What `console.log` shows: as {@link toString}. */
  [inspect.custom](): string {
    return this.toString();
  }
}
