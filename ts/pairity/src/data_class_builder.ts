import { inspect } from "node:util";
import { adoptData, type DataClass } from "./data_class.ts";
import { adoptFrozen, type FrozenDataClass } from "./frozen_data_class.ts";
import { type Handle, type Integer, native } from "./native.ts";

/** The handle that the next constructor call takes over instead of making one. */
let adopted: Handle<"DataClassBuilder"> | undefined;

/** The object of a native one; private to the package. */
export function adoptBuilder(handle: Handle<"DataClassBuilder">): DataClassBuilder {
  adopted = handle;
  return new DataClassBuilder();
}

/**
 * Collects the fields of a `DataClass`, each checked when it is set; it may be used again after it has built.
 *
 * @example
 * new DataClassBuilder().name("bolt").count(3).build().toString(); // "DataClass(name='bolt', count=3, price=0.0)"
 */
export class DataClassBuilder {
  readonly #handle: Handle<"DataClassBuilder">;

  /** Creates a builder without fields. */
  constructor() {
    this.#handle = adopted ?? native.dataClassBuilderNew();
    adopted = undefined;
  }

  /** Sets the name and returns the builder. Throws a RangeError when it is empty or blank. */
  name(name: string): this {
    native.dataClassBuilderName(this.#handle, name);
    return this;
  }

  /** Sets the count, which is 0 otherwise, and returns the builder. Throws a RangeError outside of 0 … 1,000,000. */
  count(count: Integer): this {
    native.dataClassBuilderCount(this.#handle, count);
    return this;
  }

  /** Sets the price, which is 0 otherwise, and returns the builder. Throws a RangeError below 0 and beyond all floats. */
  price(price: number): this {
    native.dataClassBuilderPrice(this.#handle, price);
    return this;
  }

  /** Returns a `DataClass` of what was set. Throws `ERR_KEY` when there is no name. */
  build(): DataClass {
    return adoptData(native.dataClassBuilderBuild(this.#handle));
  }

  /** Returns a `FrozenDataClass` of what was set. Throws `ERR_KEY` when there is no name. */
  buildFrozen(): FrozenDataClass {
    return adoptFrozen(native.dataClassBuilderBuildFrozen(this.#handle));
  }

  /** Returns the text `DataClassBuilder(name='bolt')`, with what was set. */
  toString(): string {
    return native.dataClassBuilderText(this.#handle);
  }

  /** Frees the native object now; every later call throws `ERR_STATE`. */
  close(): void {
    native.dataClassBuilderClose(this.#handle);
  }

  /** As {@link close}. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** What `console.log` shows: as {@link toString}. */
  [inspect.custom](): string {
    return this.toString();
  }
}
