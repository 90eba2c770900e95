/** What can go wrong with a step without the library's doing. */

/** A program that is no program: the fault of who sent it, never an outcome. */
export class Malformed extends Error {}

/** A step needs a handle that an earlier step failed to make. */
export class Missing extends Error {}

/** A promise came up where nothing can be awaited: inside a synchronous callback. */
export class NotAwaited extends Error {}

/** The code of the error for a result beyond ±(2^53 − 1); the member's BigInt twin returns it exactly. */
export const UNSAFE_INTEGER = "ERR_UNSAFE_INTEGER";

/** Whether a thrown value says that a result is beyond the safe integers. */
export function isUnsafeInteger(error: unknown): boolean {
  return typeof error === "object" && error !== null && (error as { code?: unknown }).code === UNSAFE_INTEGER;
}
