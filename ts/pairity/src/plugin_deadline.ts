/** Holds what a plugin returned to a deadline. */

/**
 * Awaits it; after the deadline it is left alone, since nothing can end a promise from outside, and what `refuse` throws
 * is thrown.
 */
export async function within(promise: PromiseLike<unknown>, deadlineMs: number, refuse: () => never): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      try {
        refuse();
      } catch (error) {
        reject(error);
      }
    }, deadlineMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
