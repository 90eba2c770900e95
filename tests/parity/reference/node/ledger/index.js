/** A reference library in plain JavaScript; its twin in Python does exactly the same. Mutants of the pair must be found. */
import { inspect } from "node:util";
import { arity, failure, integer, MAX, MIN, number, safe, text } from "./checks.js";

class LedgerError extends Error {
  constructor(message, code, options) {
    super(message, options);
    this.code = code;
  }
}

function options(given, known) {
  if (given === undefined) return {};
  if (given === null || typeof given !== "object") throw new TypeError("must be an object");
  for (const name of Object.keys(given)) if (!known.includes(name)) throw new TypeError(`unknown option ${name}`);
  return given;
}

/** A float as Python's repr writes it. */
function repr(value) {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (Object.is(value, -0)) return "-0.0";
  const [digits, power] = value.toExponential().split("e");
  const exponent = Number(power);
  if (value !== 0 && (exponent < -4 || exponent >= 16)) {
    return `${digits}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
  }
  const plain = exponent < 0 ? value.toFixed(Math.max(0, digits.replace(/[-.]/g, "").length - 1 - exponent)) : String(value);
  return plain.includes(".") ? plain : `${plain}.0`;
}

const points = (value) => [...value].length;

export class Ledger {
  #balance;
  #label;
  #deposits = 0;

  constructor(balance, given) {
    this.#balance = balance === undefined ? 0n : integer(balance);
    const { label = "" } = options(given, ["label"]);
    this.#label = text(label);
  }

  get balance() {
    return safe(this.#balance, "balanceBigInt");
  }

  get balanceBigInt() {
    return this.#balance;
  }

  get label() {
    return this.#label;
  }

  set label(value) {
    this.#label = text(value);
  }

  deposit(amount) {
    arity(arguments.length, 1);
    const total = this.#sum(integer(amount));
    safe(total, "depositBigInt");
    return Number(this.#book(total));
  }

  depositBigInt(amount) {
    arity(arguments.length, 1);
    return this.#book(this.#sum(integer(amount)));
  }

  withdraw(amount, given) {
    arity(arguments.length, 1);
    const total = this.#taken(amount, given);
    safe(total, "withdrawBigInt");
    return Number(this.#book(total));
  }

  withdrawBigInt(amount, given) {
    arity(arguments.length, 1);
    return this.#book(this.#taken(amount, given));
  }

  #taken(amount, given) {
    const whole = integer(amount);
    const { force = false } = options(given, ["force"]);
    if (typeof force !== "boolean") throw new TypeError("must be a boolean");
    if (whole > this.#balance && !force) {
      throw failure(RangeError, "not enough", "ERR_VALUE", { cause: new Error("balance") });
    }
    return this.#sum(-whole < MIN + 1n ? MIN + 1n : -whole > MAX ? MAX + 1n : -whole);
  }

  #sum(amount) {
    const total = this.#balance + amount;
    if (amount > MAX) throw new TypeError("must fit in 64 bits");
    if (total < MIN || total > MAX) throw failure(RangeError, "the sum is too large", "ERR_OVERFLOW");
    return total;
  }

  #book(total) {
    this.#balance = total;
    this.#deposits++;
    return total;
  }

  scale(factor) {
    arity(arguments.length, 1);
    return points(this.#label) * number(factor);
  }

  describe(ratio) {
    arity(arguments.length, 1);
    return `ratio ${repr(number(ratio))}`;
  }

  counts() {
    return { deposits: this.#deposits, characters: points(this.#label), zero: 0 };
  }

  history() {
    return Array.from({ length: this.#deposits }, (_, index) => index);
  }

  find(word) {
    arity(arguments.length, 1);
    return this.#label.includes(text(word)) ? word : null;
  }

  echo(value) {
    arity(arguments.length, 1);
    if (typeof value !== "string") throw new TypeError("must be a string");
    return value;
  }

  itself() {
    return this;
  }

  settle(amounts) {
    arity(arguments.length, 1);
    if (!Array.isArray(amounts)) throw new TypeError("must be an array");
    for (const amount of amounts) integer(amount);
    return amounts.length;
  }

  each(callback) {
    arity(arguments.length, 1);
    if (typeof callback !== "function") throw new TypeError("must be a function");
    for (let index = 0; index < 3; index++) callback(index);
    return 3;
  }

  async wait(rounds) {
    arity(arguments.length, 1);
    const rest = integer(rounds) % 7n;
    return Number(rest < 0n ? rest + 7n : rest);
  }

  toString() {
    return `Ledger(${points(this.#label)})`;
  }

  [inspect.custom]() {
    return this.toString();
  }
}

export class Token {
  #text;

  constructor(value) {
    arity(arguments.length, 1);
    this.#text = text(value);
  }

  get text() {
    return this.#text;
  }

  equals(other) {
    arity(arguments.length, 1);
    return other instanceof Token && other.#text === this.#text;
  }

  hashCode() {
    return points(this.#text);
  }

  toString() {
    return `Token(${points(this.#text)})`;
  }

  [inspect.custom]() {
    return this.toString();
  }
}

export class Steps {
  #count;
  #at = 0;

  constructor(count) {
    arity(arguments.length, 1);
    const whole = integer(count);
    this.#count = whole > 50n ? 50 : Number(whole);
  }

  [Symbol.iterator]() {
    return this;
  }

  next() {
    if (this.#at >= this.#count) return { done: true, value: undefined };
    return { done: false, value: this.#at++ };
  }
}

export class Drawer {
  #state = "open";

  [Symbol.dispose]() {
    this.#state = "closed";
  }

  toString() {
    return `Drawer(${this.#state})`;
  }

  [inspect.custom]() {
    return this.toString();
  }
}

export class Vault {
  #state = "open";

  async [Symbol.asyncDispose]() {
    this.#state = "closed";
  }

  toString() {
    return `Vault(${this.#state})`;
  }

  [inspect.custom]() {
    return this.toString();
  }
}

export { LedgerError };
