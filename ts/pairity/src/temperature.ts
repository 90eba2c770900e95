import { inspect } from "node:util";
import { type Handle, native } from "./native.ts";

/** A stored {@link Temperature}. */
export interface TemperatureData {
  celsius: number;
}

/** The handle that the next constructor call takes over instead of making one. */
let adopted: Handle<"Temperature"> | undefined;

/**
 * An immutable temperature in degrees Celsius, equal, ordered and hashed by it.
 *
 * Where JavaScript wants a number it is its degrees Celsius, and where it wants text it is {@link toString}: `+`, `<` and
 * `Math.round` take it for a number.
 *
 * @example
 * const warm = new Temperature(21.5);
 * `${warm}`; // "21.5 °C"
 * Number(warm); // 21.5
 * warm > new Temperature(20); // true
 */
export class Temperature {
  readonly #handle: Handle<"Temperature">;

  /** Creates a temperature of `celsius` degrees. Throws a RangeError when it is not finite, or below −273.15 °C. */
  constructor(celsius: number) {
    this.#handle = adopted ?? native.temperatureNew(celsius);
    adopted = undefined;
  }

  /** Builds a temperature from degrees Fahrenheit: `(fahrenheit - 32) * 5 / 9`. Throws as the constructor does. */
  static fromFahrenheit(fahrenheit: number): Temperature {
    return Temperature.#adopt(native.temperatureFromFahrenheit(fahrenheit));
  }

  /** Builds a temperature from kelvin: `kelvin - 273.15`. Throws as the constructor does. */
  static fromKelvin(kelvin: number): Temperature {
    return Temperature.#adopt(native.temperatureFromKelvin(kelvin));
  }

  /**
   * Builds a temperature from what {@link toJSON} returned.
   * Throws `ERR_KEY` when `celsius` is absent, and a RangeError when a field is unknown or as the constructor does.
   */
  static fromJSON(data: TemperatureData): Temperature {
    return Temperature.#adopt(native.temperatureFromJson(data));
  }

  static #adopt(handle: Handle<"Temperature">): Temperature {
    adopted = handle;
    return new Temperature(0);
  }

  static #is(value: unknown): value is Temperature {
    return typeof value === "object" && value !== null && #handle in value;
  }

  /** The temperature in degrees Celsius. */
  get celsius(): number {
    return native.temperatureCelsius(this.#handle);
  }

  /** The temperature in degrees Fahrenheit: `celsius * 9 / 5 + 32`. */
  get fahrenheit(): number {
    return native.temperatureFahrenheit(this.#handle);
  }

  /** The temperature in kelvin: `celsius + 273.15`. */
  get kelvin(): number {
    return native.temperatureKelvin(this.#handle);
  }

  /** Returns whether `other` is the same temperature; −0 and 0 are. */
  equals(other: unknown): boolean {
    return Temperature.#is(other) && native.temperatureEquals(this.#handle, other.#handle);
  }

  /** Returns −1, 0 or 1 as this is colder than, the same as or warmer than `other`. Throws a TypeError for what is none. */
  compareTo(other: Temperature): -1 | 0 | 1 {
    // What is no temperature goes to the border as it is, which refuses it by name.
    return native.temperatureCompareTo(this.#handle, Temperature.#is(other) ? other.#handle : other);
  }

  /**
   * Returns a hash of 32 bits, the same number as Python's `hash()`.
   * It is the FNV-1a of the 8 bytes of the degrees Celsius, lowest first; −0 hashes as 0.
   */
  hashCode(): number {
    return native.temperatureHashCode(this.#handle);
  }

  /** Returns an independent copy. */
  clone(): Temperature {
    return Temperature.#adopt(native.temperatureClone(this.#handle));
  }

  /** Returns the text for readers: `21.5 °C`. */
  toString(): string {
    return native.temperatureText(this.#handle);
  }

  /** Returns the degrees Celsius as a plain object, safe for `structuredClone` and `JSON.stringify`. */
  toJSON(): TemperatureData {
    return { celsius: this.celsius };
  }

  /** Frees the native temperature now; every later call throws `ERR_STATE`. */
  close(): void {
    native.temperatureClose(this.#handle);
  }

  /** As {@link close}: `using warm = new Temperature(21.5)`. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** Returns the text where JavaScript wants a string, else the degrees Celsius. */
  [Symbol.toPrimitive](hint: "string"): string;
  [Symbol.toPrimitive](hint: "number" | "default"): number;
  [Symbol.toPrimitive](hint: string): string | number;
  [Symbol.toPrimitive](hint: string): string | number {
    return hint === "string" ? this.toString() : this.celsius;
  }

  /** What `console.log` shows: `Temperature(celsius=21.5)`. */
  [inspect.custom](): string {
    return native.temperatureDebugText(this.#handle);
  }
}
