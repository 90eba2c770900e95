import { inspect } from "node:util";
import { type Handle, native } from "./native.ts";

/**
 * Calls a function from a thread of its own, one call after the other, in the order in which they were asked for.
 *
 * The thread is Rust's. A JavaScript function runs on the event loop, which the thread tells of each call: so `execute`
 * returns at once, and the calls never overlap. What the function throws passes through unchanged. While calls are
 * pending they keep the process alive; a worker without any is collected like every other object, its function included.
 *
 * @example
 * using worker = new Worker((n: number) => n * n);
 * await worker.executeMany([1, 2, 3]); // [1, 4, 9]
 */
export class Worker<A = unknown, R = unknown> {
  readonly #handle: Handle<"Worker">;
  readonly #callback: (arg: A) => R | PromiseLike<R>;

  /** Creates a worker for `callback`, which gets one argument. Throws a TypeError when it is no function. */
  constructor(callback: (arg: A) => R | PromiseLike<R>) {
    this.#handle = native.workerNew(callback as (arg: unknown) => unknown);
    this.#callback = callback;
  }

  /** Whether it was closed. */
  get closed(): boolean {
    return native.workerClosed(this.#handle);
  }

  /**
   * Resolves to what the function returns for `arg` (null when it is left out), awaited.
   *
   * Rejects with what it throws, and with `ERR_STATE` when the worker is closed before the call begins, or when the
   * function itself asks for it: such a call would wait for its own end.
   */
  async execute(arg: A = null as A): Promise<R> {
    const [result] = await this.#run([arg], (listener) => native.workerExecute(this.#handle, listener));
    return result as R;
  }

  /**
   * Resolves to what the function returns for each of `args`, in their order.
   * After the first call that throws no other is made. Rejects as {@link execute} does.
   */
  async executeMany(args: readonly A[]): Promise<R[]> {
    // Whatever else it is, the native function refuses it.
    const values = Array.isArray(args) ? [...args] : args;
    return this.#run(values, (listener) => native.workerExecuteMany(this.#handle, values, listener));
  }

  /** Refuses the calls that wait and all later ones, with `ERR_STATE`; a call that runs comes to its end. */
  close(): void {
    native.workerClose(this.#handle);
  }

  /** As {@link close}: `using worker = new Worker(…)`. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** Returns `Worker(open)` or `Worker(closed)`. */
  toString(): string {
    return native.workerText(this.#handle);
  }

  /** What `console.log` shows: as {@link toString}. */
  [inspect.custom](): string {
    return this.toString();
  }

  async #run(values: readonly A[], start: (listener: (index: number) => void) => Promise<void>): Promise<R[]> {
    const results: (R | PromiseLike<R>)[] = [];
    let failure: { readonly reason: unknown } | undefined;
    await start((index) => {
      if (failure !== undefined) return;
      try {
        const result = this.#call(values[index] as A);
        results.push(result);
        // It may be rejected before anybody awaits it, which is below.
        Promise.resolve(result).catch(() => {});
      } catch (reason) {
        failure = { reason };
      }
    });
    if (failure !== undefined) throw failure.reason;
    return Promise.all(results);
  }

  #call(value: A): R | PromiseLike<R> {
    native.workerEnter(this.#handle);
    try {
      const callback = this.#callback;
      return callback(value);
    } finally {
      native.workerLeave(this.#handle);
    }
  }
}
