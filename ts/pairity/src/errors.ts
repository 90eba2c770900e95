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

/**
 * What every error about a plugin tells; fields that say nothing are null. `cause` is what the plugin threw, where that is
 * the reason.
 */
export interface PluginError extends PairityError {
  /** The name of the plugin, where it is known. */
  readonly plugin: string | null;
  /** What was being done: `prepare`, `construct`, `resolve`, `drain`, `save`, `migrate`, `shutdown`, `initialize`, … */
  readonly phase: string | null;
  /** The file of the plugin, of its manifest or of its state, where it is known. */
  readonly path: string | null;
  /** What helps. */
  readonly hint: string | null;
}

/** Whether `error` was thrown by this library about a plugin and, when `code` is given, has that code. */
export function isPluginError(error: unknown, code?: string): error is PluginError {
  return isPairityError(error, code) && Object.hasOwn(error, "plugin") && Object.hasOwn(error, "phase");
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
