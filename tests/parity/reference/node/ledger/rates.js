/** A submodule of the reference library: a function, a class, and what it repeats from above. */
import { inspect } from "node:util";
import { arity, failure, integer, MAX, MIN, safe, text } from "./checks.js";

export { Ledger } from "./index.js";

function product(amount, percent) {
  const whole = integer(amount) * integer(percent);
  if (whole < MIN || whole > MAX) throw failure(RangeError, "the product is too large", "ERR_OVERFLOW");
  return whole;
}

export function convert(amount, percent) {
  arity(arguments.length, 2);
  return safe(product(amount, percent), "convertBigInt");
}

export function convertBigInt(amount, percent) {
  arity(arguments.length, 2);
  return product(amount, percent);
}

export class Rate {
  #name;
  #percent;

  constructor(name, percent) {
    arity(arguments.length, 1);
    this.#name = text(name);
    this.#percent = percent === undefined ? 100n : integer(percent);
  }

  get name() {
    return this.#name;
  }

  applied(amount) {
    arity(arguments.length, 1);
    return safe(product(amount, this.#percent), "appliedBigInt");
  }

  appliedBigInt(amount) {
    arity(arguments.length, 1);
    return product(amount, this.#percent);
  }

  equals(other) {
    arity(arguments.length, 1);
    return other instanceof Rate && other.#name === this.#name && other.#percent === this.#percent;
  }

  toString() {
    return `Rate(${this.#percent})`;
  }

  [inspect.custom]() {
    return this.toString();
  }
}
