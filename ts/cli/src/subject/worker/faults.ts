/** What can go wrong with a step without the library's doing. */

const faults = new WeakSet<object>();

/** An end of a step that no library caused. It is no `Error`, whose stack would cost more than the step. */
abstract class Fault {
  readonly message: string;

  constructor(message = "") {
    this.message = message;
    faults.add(this);
  }
}

/** A program that is no program: the fault of who sent it, never an outcome. */
export class Malformed extends Fault {}

/** A step needs a handle that an earlier step failed to make. */
export class Missing extends Fault {}

/** A promise came up where nothing can be awaited: inside a synchronous callback. */
export class NotAwaited extends Fault {}

/** A thrown value, when it is a fault. Libraries may throw what cannot even be asked for its class. */
export function faultOf(error: unknown): Malformed | Missing | NotAwaited | undefined {
  return typeof error === "object" && error !== null && faults.has(error) ? (error as Fault) : undefined;
}

/** Ask something about what a library threw or returned; what cannot be asked is answered by no. */
export function safely(ask: () => boolean): boolean {
  try {
    return ask();
  } catch {
    return false;
  }
}

/** The code of the error for a result beyond ±(2^53 − 1); the member's BigInt twin returns it exactly. */
const UNSAFE_INTEGER = "ERR_UNSAFE_INTEGER";

/** Whether a thrown value says that a result is beyond the safe integers. */
export function isUnsafeInteger(error: unknown): boolean {
  if (typeof error !== "object" || error === null) return false;
  return safely(() => (error as { code?: unknown }).code === UNSAFE_INTEGER);
}

/** Whether a refusal says that it wants a bigint. */
export function mentionsBigint(error: unknown): boolean {
  return safely(
    () => error instanceof Error && /bigint/i.test(`${error.message} ${(error as { code?: unknown }).code}`),
  );
}
