import { inspect } from "node:util";
import { type Handle, native } from "./native.ts";

/**
 * A number that only the thread which made it may read and change.
 *
 * JavaScript shares no objects between threads, so the rule holds by itself here: what a worker is sent is a copy, in
 * which `structuredClone` leaves no native object, and every member of such a copy is missing. In Python, where threads
 * do share objects, another thread gets `ERR_STATE`.
 *
 * @example
 * const bound = new ThreadBound(1.5);
 * bound.add(2); // 3.5
 */
export class ThreadBound {
  readonly #handle: Handle<"ThreadBound">;

  /** Creates an object of the calling thread, at `value`. */
  constructor(value = 0) {
    this.#handle = native.threadBoundNew(value);
  }

  /** Whether the calling thread made the object. */
  get isOwner(): boolean {
    return native.threadBoundIsOwner(this.#handle);
  }

  /** The value; another thread gets `ERR_STATE`. */
  get value(): number {
    return native.threadBoundValue(this.#handle);
  }

  set value(value: number) {
    native.threadBoundSetValue(this.#handle, value);
  }

  /** Adds `n` and returns the new value. Throws `ERR_STATE` in another thread; nothing changes. */
  add(n: number): number {
    return native.threadBoundAdd(this.#handle, n);
  }

  /** Returns `ThreadBound(value=N)`. */
  toString(): string {
    return native.threadBoundText(this.#handle);
  }

  /** Frees the native object now; every later call throws `ERR_STATE`. */
  close(): void {
    native.threadBoundClose(this.#handle);
  }

  /** As {@link close}: `using bound = new ThreadBound()`. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** What `console.log` shows: as {@link toString}. */
  [inspect.custom](): string {
    return this.toString();
  }
}
