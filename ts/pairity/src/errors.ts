/** An error that this library threw: a `TypeError`, `RangeError` or `Error` with a stable `code`. */
export interface PairityError extends Error {
  /** The stable code of the failure, the same in Python; branch on it, texts may change. */
  readonly code: string;
}

/** Whether `error` was thrown by this library and, when `code` is given, has that code. */
export function isPairityError(error: unknown, code?: string): error is PairityError {
  return (
    error instanceof Error &&
    Object.hasOwn(error, "pairity") &&
    (code === undefined || ("code" in error && error.code === code))
  );
}
