/** What the modules of the reference library check alike. */

export const MIN = -(2n ** 63n);
export const MAX = 2n ** 63n - 1n;

export function failure(Kind, message, code, options) {
  const error = new Kind(message, options);
  error.code = code;
  return error;
}

export function integer(value) {
  const whole = typeof value === "bigint" ? value : Number.isSafeInteger(value) ? BigInt(value) : null;
  if (whole === null) throw new TypeError("must be an integer");
  if (whole < MIN || whole > MAX) throw new TypeError("must fit in 64 bits");
  return whole;
}

export function number(value) {
  if (typeof value !== "number") throw new TypeError("must be a number");
  return value;
}

export function text(value) {
  if (typeof value !== "string") throw new TypeError("must be a string");
  if (!value.isWellFormed()) throw new TypeError("has a lone surrogate");
  return value;
}

export function safe(value, twin) {
  if (value > BigInt(Number.MAX_SAFE_INTEGER) || value < BigInt(Number.MIN_SAFE_INTEGER)) {
    throw failure(RangeError, `use ${twin}`, "ERR_UNSAFE_INTEGER");
  }
  return Number(value);
}

export function arity(given, least) {
  if (given < least) throw new TypeError("missing an argument");
}
