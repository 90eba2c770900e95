/** WebAssembly traps: after one, the instance's memory cannot be believed. */

const { WebAssembly } = globalThis as unknown as { WebAssembly?: { RuntimeError: new () => Error } };

/** What stands in the stack of an error that came up inside of an instance. */
const INSIDE = /\bwasm:\/\//;

/** Whether a thrown value is a trap, was caused by one, or unwound the frames of an instance, as an overflow of the stack does. */
export function isTrap(error: unknown): boolean {
  if (WebAssembly === undefined) return false;
  let at: unknown = error;
  for (let depth = 0; at instanceof Error && depth < 10; depth++) {
    if (Object.getPrototypeOf(at) === WebAssembly.RuntimeError.prototype) return true;
    if (at instanceof RangeError && INSIDE.test(String(at.stack))) return true;
    at = at.cause;
  }
  return false;
}
