import { Animal, type AnimalData, handleOf } from "./animal.ts";
import { type Handle, native } from "./native.ts";

/** What {@link Dog.toJSON} returns. */
export interface DogData extends AnimalData {
  breed: string;
}

/**
 * An animal of a breed, which says `Woof!`.
 *
 * @example
 * new Dog("Rex", "Collie").describe(); // "Rex says Woof!"
 */
export class Dog extends Animal {
  readonly #handle: Handle<"Dog">;

  /** Creates a dog called `name` of a breed; both may be any text. */
  constructor(name: string, breed: string) {
    super(name);
    this.#handle = native.dogNew(handleOf(this), breed);
  }

  /** The breed. */
  get breed(): string {
    return native.dogBreed(this.#handle);
  }

  /** Returns the breed. */
  getBreed(): string {
    return native.dogBreed(this.#handle);
  }

  /** Returns what a dog says: `Woof!`, unless a subclass knows better. */
  override speak(): string {
    return native.dogSpeak(this.#handle);
  }

  /** Returns `Dog(name='…', breed='…')`, with quotes and escapes as Python's `repr` writes them. */
  override toString(): string {
    return native.dogText(this.#handle);
  }

  /** Returns the name and the breed as a plain object. */
  override toJSON(): DogData {
    return { ...super.toJSON(), breed: this.breed };
  }

  /** Frees the native dog and the animal that it is; every later call throws `ERR_STATE`. */
  override close(): void {
    super.close();
    native.dogClose(this.#handle);
  }
}
