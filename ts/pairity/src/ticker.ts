import { inspect } from "node:util";
import { type FollowOptions, follow } from "./following.ts";
import { type Handle, type Integer, native } from "./native.ts";

/** How to end waiting early. */
export type WaitOptions = Pick<FollowOptions, "signal">;

/**
 * Gives numbered ticks, each an interval after it was asked for: an asynchronous iterator of 1, 2, 3, …
 *
 * The waiting happens on a thread of Rust; while somebody waits, it keeps the process alive.
 *
 * @example
 * for await (const tick of new Ticker(500, 3)) console.log(tick); // 1, 2 and 3, half a second apart
 */
export class Ticker implements AsyncIterableIterator<number, undefined> {
  readonly #handle: Handle<"Ticker">;

  /**
   * Creates a ticker of `count` ticks, or of ticks without end, each `interval` milliseconds after it was asked for.
   * Throws a RangeError when one is negative, or the interval is longer than a day.
   */
  constructor(interval: Integer = 0, count: Integer | null = null) {
    this.#handle = native.tickerNew(interval, count);
  }

  /** The milliseconds between asking for a tick and getting it. */
  get interval(): number {
    return native.tickerInterval(this.#handle);
  }

  /** How many ticks there are in all; null when they have no end. */
  get count(): number | null {
    return native.tickerCount(this.#handle);
  }

  /** How many ticks there were. */
  get ticks(): number {
    return native.tickerTicks(this.#handle);
  }

  /**
   * Resolves to the number of the next tick.
   *
   * Rejects with the signal's reason when it aborts, with an `AbortError` (`ERR_CANCELLED`) when the ticker is closed
   * meanwhile, and with `ERR_STATE` when it is closed already or no tick is left.
   */
  async wait(options?: WaitOptions): Promise<number> {
    const number = native.tickerNumber(this.#handle);
    const cancel = () => native.tickerCancel(this.#handle, number);
    return follow(options, cancel, () => native.tickerWait(this.#handle, number, options));
  }

  /** As {@link wait}, but a ticker that is closed or has no tick left is done. */
  async next(): Promise<IteratorResult<number, undefined>> {
    const tick = await native.tickerNext(this.#handle, native.tickerNumber(this.#handle));
    return tick === null ? { done: true, value: undefined } : { done: false, value: tick };
  }

  /** Closes the ticker: what `for await` does when it is left early. */
  async return(): Promise<IteratorResult<number, undefined>> {
    this.close();
    return { done: true, value: undefined };
  }

  /** The ticker itself. */
  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Ends the ticks, and all waiting for them with an `AbortError`. */
  close(): void {
    native.tickerClose(this.#handle);
  }

  /** As {@link close}: `using ticker = new Ticker()`. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** Returns `Ticker(interval=N)` or `Ticker(interval=N, count=M)`. */
  toString(): string {
    return native.tickerText(this.#handle);
  }

  /** What `console.log` shows: as {@link toString}. */
  [inspect.custom](): string {
    return this.toString();
  }
}
