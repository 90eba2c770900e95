/** WebAssembly traps: after one, the instance's memory cannot be believed. */

const { WebAssembly } = globalThis as unknown as { WebAssembly?: { RuntimeError: new () => Error } };

/** Whether a thrown value is a trap, or was caused by one. */
export function isTrap(error: unknown): boolean {
  if (WebAssembly === undefined) return false;
  let at: unknown = error;
  for (let depth = 0; at instanceof Error && depth < 10; depth++) {
    if (Object.getPrototypeOf(at) === WebAssembly.RuntimeError.prototype) return true;
    at = at.cause;
  }
  return false;
}
