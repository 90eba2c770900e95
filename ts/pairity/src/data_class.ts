import { inspect } from "node:util";
import { adoptBuilder, type DataClassBuilder } from "./data_class_builder.ts";
import { adoptFrozen, type FrozenDataClass } from "./frozen_data_class.ts";
import { type Handle, type Integer, native } from "./native.ts";

/** A stored {@link DataClass} or {@link FrozenDataClass}. */
export interface DataClassData {
  name: string;
  count: Integer;
  price: number;
}

/** The handle that the next constructor call takes over instead of making one. */
let adopted: Handle<"DataClass"> | undefined;

/** The object of a native one; private to the package. */
export function adoptData(handle: Handle<"DataClass">): DataClass {
  adopted = handle;
  return new DataClass("");
}

/**
 * An article whose fields show each kind of visibility: `name` and `count` can be set, `price` can only be read, and how
 * often it was changed is private.
 *
 * Every field is checked whenever it is set. Equal by name, count and price, and mutable: no `hashCode`. The private field
 * takes part in nothing that is seen; only {@link isModified} tells of it. `FrozenDataClass` never changes.
 *
 * The JSON text is made and read by {@link toJsonText} and {@link fromJsonText}: `JSON.stringify` gives `toJSON` its own
 * meaning, the plain object.
 *
 * @example
 * const bolt = new DataClass("bolt", 3, 0.5);
 * bolt.count = 4;
 * bolt.replace({ name: "nut" }).toString(); // "DataClass(name='nut', count=4, price=0.5)"
 */
export class DataClass {
  readonly #handle: Handle<"DataClass">;

  /**
   * Creates an article.
   * Throws a RangeError when the name is empty or blank, the count is not in 0 … 1,000,000, or the price is negative or
   * not finite.
   */
  constructor(name: string, count: Integer = 0, price = 0) {
    this.#handle = adopted ?? native.dataClassNew(name, count, price);
    adopted = undefined;
  }

  /** Returns a builder, which collects the fields one by one. */
  static builder(): DataClassBuilder {
    return adoptBuilder(native.dataClassBuilderNew());
  }

  /**
   * Builds an article from an object with `name`, `count` and `price`.
   * Throws `ERR_KEY` when a field is absent, and a RangeError when one is unknown or does as in the constructor.
   */
  static fromDict(data: DataClassData): DataClass {
    return adoptData(native.dataClassFromDict(data));
  }

  /** Builds an article from what {@link toJSON} returned, as {@link fromDict}. */
  static fromJSON(data: DataClassData): DataClass {
    return DataClass.fromDict(data);
  }

  /**
   * Builds an article from the JSON text of such an object.
   * Throws a RangeError when it is no JSON, and otherwise as {@link fromDict}.
   */
  static fromJsonText(text: string): DataClass {
    return adoptData(native.dataClassFromJsonText(text));
  }

  static #is(value: unknown): value is DataClass {
    return typeof value === "object" && value !== null && #handle in value;
  }

  /** The name; setting one that is empty or blank throws a RangeError, and the old one stays. */
  get name(): string {
    return native.dataClassName(this.#handle);
  }

  set name(name: string) {
    native.dataClassSetName(this.#handle, name);
  }

  /** How many there are, 0 to 1,000,000; setting another number throws a RangeError, and the old one stays. */
  get count(): number {
    return native.dataClassCount(this.#handle);
  }

  set count(count: Integer) {
    native.dataClassSetCount(this.#handle, count);
  }

  /** The price of one, finite and not negative; it cannot be set. */
  get price(): number {
    return native.dataClassPrice(this.#handle);
  }

  /** Whether a field was set since the article was made, to an equal value as well. */
  get isModified(): boolean {
    return native.dataClassIsModified(this.#handle);
  }

  /** Returns an article that differs in the given fields, which are checked as in the constructor. */
  replace(changes: Partial<DataClassData> = {}): DataClass {
    return adoptData(native.dataClassReplace(this.#handle, changes));
  }

  /** Returns the article as it is now, frozen. */
  freeze(): FrozenDataClass {
    return adoptFrozen(native.dataClassFreeze(this.#handle));
  }

  /** Returns whether `other` is a `DataClass` with the same name, count and price. */
  equals(other: unknown): boolean {
    return DataClass.#is(other) && native.dataClassEquals(this.#handle, other.#handle);
  }

  /** Returns an independent copy, which was not modified. */
  clone(): DataClass {
    return adoptData(native.dataClassClone(this.#handle));
  }

  /** Returns the text `DataClass(name='bolt', count=3, price=0.5)`, with quotes and escapes as Python's `repr`. */
  toString(): string {
    return native.dataClassText(this.#handle);
  }

  /** Returns the name, the count and the price as a plain object, safe for `structuredClone` and `JSON.stringify`. */
  toJSON(): { name: string; count: number; price: number } {
    const [name, count, price] = native.dataClassState(this.#handle);
    return { name, count, price };
  }

  /** Returns the JSON text of that object, without blanks: the same text as in Python. */
  toJsonText(): string {
    return native.dataClassToJsonText(this.#handle);
  }

  /** Frees the native object now; every later call throws `ERR_STATE`. */
  close(): void {
    native.dataClassClose(this.#handle);
  }

  /** As {@link close}: `using bolt = new DataClass("bolt")`. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** What `console.log` shows: as {@link toString}. */
  [inspect.custom](): string {
    return this.toString();
  }
}
