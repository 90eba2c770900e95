/** How a running program is driven: it is a generator that yields what has to be awaited. */
import { NotAwaited } from "./faults.ts";

/** A computation that yields promises and gets what they resolve to. */
export type Steps<T> = Generator<unknown, T, unknown>;

/** Whether a result is to be awaited. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    value !== null &&
    (typeof value === "object" || typeof value === "function") &&
    typeof (value as { then?: unknown }).then === "function"
  );
}

/** Drive to the end, awaiting; a program that never yields runs to its end at once. */
export function drive<T>(steps: Steps<T>): T | Promise<T> {
  const first = steps.next();
  return first.done === true ? first.value : resume(steps, first.value);
}

async function resume<T>(steps: Steps<T>, request: unknown): Promise<T> {
  let waiting = request;
  for (;;) {
    let next: IteratorResult<unknown, T>;
    let answer: unknown;
    try {
      answer = await waiting;
    } catch (error) {
      next = steps.throw(error);
      if (next.done === true) return next.value;
      waiting = next.value;
      continue;
    }
    next = steps.next(answer);
    if (next.done === true) return next.value;
    waiting = next.value;
  }
}

/** Drive where nothing can be awaited. */
export function refuse<T>(steps: Steps<T>): T {
  let next = steps.next();
  while (next.done !== true) {
    // Nobody will look at this promise: its failure must not end the process.
    if (isThenable(next.value)) next.value.then(undefined, () => {});
    next = steps.throw(new NotAwaited());
  }
  return next.value;
}
