/** An iteration over changes; private to the package. */
import { type Change, joined } from "./change.ts";

type Result = IteratorResult<Change, undefined>;

/** What `for await` over a reloader takes its changes from. */
export class ChangeStream implements AsyncIterableIterator<Change, undefined> {
  readonly #forget: (stream: ChangeStream) => void;
  readonly #waiting: ((result: Result) => void)[] = [];
  #change: Change | undefined;
  #isEnded = false;

  constructor(forget: (stream: ChangeStream) => void) {
    this.#forget = forget;
  }

  /** Resolves to the next change. */
  next(): Promise<Result> {
    const value = this.#change;
    this.#change = undefined;
    if (value !== undefined) return Promise.resolve({ done: false, value });
    if (this.#isEnded) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  /** Ends the iteration: what `for await` does when it is left early. */
  return(): Promise<Result> {
    this.#change = undefined;
    this.end();
    return Promise.resolve({ done: true, value: undefined });
  }

  /** The iteration itself. */
  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Adds a change to those that nobody has waited for yet. */
  push(change: Change): void {
    const resolve = this.#waiting.shift();
    if (resolve === undefined) this.#change = joined(this.#change, change);
    else resolve({ done: false, value: change });
  }

  /** Lets whoever waits go; what came before can still be taken. */
  end(): void {
    this.#isEnded = true;
    for (const resolve of this.#waiting.splice(0)) resolve({ done: true, value: undefined });
    this.#forget(this);
  }
}
