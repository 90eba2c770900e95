/** WebAssembly traps: after one, the instance's memory cannot be believed. */

const { WebAssembly } = globalThis as unknown as { WebAssembly?: { RuntimeError: new () => Error } };

/** What stands in the stack of an error that came up inside of an instance. */
const INSIDE = /\bwasm:\/\//;

/** What Emscripten throws when C code aborts, as text in its older form: its memory stays as it was in the middle of work. */
const ABORT = /^abort(?:ed)?\(/i;

/**
 * Whether a thrown value is a trap, was caused by one, unwound the frames of an instance, as an overflow of the stack
 * does, or says that C code aborted.
 */
export function isTrap(error: unknown): boolean {
  let at: unknown = error;
  for (let depth = 0; depth < 10; depth++) {
    if (ABORT.test(typeof at === "string" ? at : at instanceof Error ? at.message : "")) return true;
    if (!(at instanceof Error)) return false;
    if (WebAssembly !== undefined && Object.getPrototypeOf(at) === WebAssembly.RuntimeError.prototype) return true;
    if (at instanceof RangeError && INSIDE.test(String(at.stack))) return true;
    at = at.cause;
  }
  return false;
}
