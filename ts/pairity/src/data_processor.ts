import { inspect } from "node:util";
import { type FollowOptions, follow, type Progress } from "./following.ts";
import { type Handle, type Integer, native } from "./native.ts";

/** Starts work of the native module, which tells its listener how it goes on. */
type Start<T> = (work: Handle<"Work">, listener: (progress: Progress) => void) => Promise<T>;

/**
 * Smooths lists of numbers, in as many passes as it was made with (0 to 1,000,000).
 *
 * A pass replaces every item but the first and the last by `((left + 2 * item) + right) / 4`, in this order, of the items
 * as they were before the pass: every way to the result gives the same bits.
 *
 * The work is done on threads of its own, so the event loop goes on; while it runs, it keeps the process alive.
 * After `cancel()` a promise is rejected with an error named `AbortError` whose code is `ERR_CANCELLED`, after its signal
 * aborted with the signal's reason, and after `onProgress` threw with what it threw.
 *
 * @example
 * await new DataProcessor(2).processFast([0, 0, 16, 0, 0]); // [0, 4, 6, 4, 0]
 */
export class DataProcessor {
  readonly #handle: Handle<"DataProcessor">;

  /** Creates a processor that makes `passes` passes. Throws a RangeError for less than 0 and more than a million. */
  constructor(passes: Integer = 1) {
    this.#handle = native.dataProcessorNew(passes);
  }

  /** How many passes it makes. */
  get passes(): number {
    return native.dataProcessorPasses(this.#handle);
  }

  /**
   * Resolves to the list, smoothed. All such work of the process is done one after the other, on one thread, as Python
   * does it, whose lock lets one thread run. Progress counts passes.
   */
  processSlow(data: readonly number[], options?: FollowOptions): Promise<number[]> {
    return this.#run(options, (...follower) => native.dataProcessorSlow(this.#handle, data, options, ...follower));
  }

  /** Resolves to the list, smoothed, beside other work. Progress counts passes. */
  processFast(data: readonly number[], options?: FollowOptions): Promise<number[]> {
    return this.#run(options, (...follower) => native.dataProcessorFast(this.#handle, data, options, ...follower));
  }

  /**
   * Resolves to every list, smoothed, in their order; all processors of the machine work on them.
   * Progress counts lists that are done.
   */
  processBatch(batches: readonly (readonly number[])[], options?: FollowOptions): Promise<number[][]> {
    return this.#run(options, (...follower) => native.dataProcessorBatch(this.#handle, batches, options, ...follower));
  }

  /** Cancels all work of this processor whose promise is pending, and returns how many that were. */
  cancel(): number {
    return native.dataProcessorCancel(this.#handle);
  }

  /** Returns `DataProcessor(passes=N)`. */
  toString(): string {
    return native.dataProcessorText(this.#handle);
  }

  /** Frees the native processor now; work that runs goes on, and every later call throws `ERR_STATE`. */
  close(): void {
    native.dataProcessorClose(this.#handle);
  }

  /** As {@link close}: `using processor = new DataProcessor()`. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** What `console.log` shows: as {@link toString}. */
  [inspect.custom](): string {
    return this.toString();
  }

  async #run<T>(options: FollowOptions | undefined, start: Start<T>): Promise<T> {
    const work = native.dataProcessorBegin(this.#handle);
    try {
      const cancel = () => native.workCancel(work);
      return await follow(options, cancel, (listener) => start(work, listener));
    } finally {
      native.workClose(work);
    }
  }
}
