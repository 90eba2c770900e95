import { inspect } from "node:util";
import { type Handle, native } from "./native.ts";

/** What {@link Animal.toJSON} returns. */
export interface AnimalData {
  name: string;
}

/** The native animal, for the classes of this package that extend it. */
export let handleOf: (animal: Animal) => Handle<"Animal">;

/**
 * An animal with a name, to extend: `describe` calls the `speak` of the subclass.
 *
 * Two animals are equal when they are the same object. Once set, the name does not change.
 *
 * @example
 * class Cow extends Animal {
 *   override speak(): string {
 *     return "Moo";
 *   }
 * }
 * new Cow("Bella").describe(); // "Bella says Moo"
 */
export class Animal {
  readonly #handle: Handle<"Animal">;

  /** Creates an animal called `name`, which may be any text. */
  constructor(name: string) {
    this.#handle = native.animalNew(name);
  }

  static {
    handleOf = (animal) => animal.#handle;
  }

  /** The name. */
  get name(): string {
    return native.animalName(this.#handle);
  }

  /** Returns what an animal says: `...`, unless a subclass knows better. */
  speak(): string {
    return native.animalSpeak(this.#handle);
  }

  /**
   * Returns the name and what the animal says, as the most derived class has it.
   * Throws whatever `speak` throws, and a TypeError when that returns no string.
   */
  describe(): string {
    return native.animalDescribe(this.#handle, this);
  }

  /** Returns `Animal(name='…')`, with quotes and escapes as Python's `repr` writes them. */
  toString(): string {
    return native.animalText(this.#handle);
  }

  /** Returns the name as a plain object. */
  toJSON(): AnimalData {
    return { name: this.name };
  }

  /** Frees the native animal now; every later call throws `ERR_STATE`. Inside a call of it, so does this one. */
  close(): void {
    native.animalClose(this.#handle);
  }

  /** As {@link close}: `using animal = new Animal("Rex")`. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** What `console.log` shows: as {@link toString}. */
  [inspect.custom](): string {
    return this.toString();
  }
}
