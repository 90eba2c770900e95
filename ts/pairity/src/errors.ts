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

/** What `ERR_QUOTA` tells: more was asked for than there is. Integers beyond ±(2^53 − 1) are bigints. */
export interface QuotaExceeded extends PairityError {
  readonly code: "ERR_QUOTA";
  readonly resource: string;
  readonly limit: number | bigint;
  readonly used: number | bigint;
}

/** Whether `error` was thrown by this library because a quota was exceeded; it then has the quota's fields. */
export function isQuotaExceeded(error: unknown): error is QuotaExceeded {
  return isPairityError(error, "ERR_QUOTA");
}
