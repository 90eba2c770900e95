/** What runs on other threads, as a promise that its caller follows and aborts. */

/** How to follow work, and how to end it early. */
export interface FollowOptions {
  /** Aborts the work: the promise is rejected with the signal's reason, as that of `fetch` is. */
  signal?: AbortSignal | null | undefined;
  /**
   * Is told how much of how much is done, once for each hundredth that becomes full; what it throws aborts the work and
   * rejects the promise.
   */
  onProgress?: ((done: number, total: number) => void) | null | undefined;
}

/** What the native module tells of the progress: how much of how much. */
export type Progress = readonly [done: number, total: number];

/**
 * Starts work and follows it: what aborts it is what rejects the promise.
 *
 * @param cancel ends the work, whose promise is rejected then
 */
export async function follow<T>(
  options: FollowOptions | null | undefined,
  cancel: () => void,
  start: (listener: (progress: Progress) => void) => Promise<T>,
): Promise<T> {
  let failure: { readonly reason: unknown } | undefined;
  const fail = (reason: unknown): void => {
    failure ??= { reason };
    cancel();
  };
  const onProgress = options?.onProgress;
  const signal = options?.signal;
  // Work that was cancelled tells nothing more.
  const promise = start(([done, total]) => {
    try {
      onProgress?.(done, total);
    } catch (error) {
      fail(error);
    }
  });
  const abort = (): void => fail(signal?.reason);
  // The arguments were checked by now, and so was the signal.
  if (signal?.aborted) abort();
  else signal?.addEventListener("abort", abort, { once: true });
  try {
    return await promise;
  } catch (error) {
    throw failure === undefined ? error : failure.reason;
  } finally {
    signal?.removeEventListener("abort", abort);
  }
}
