import { inspect } from "node:util";
import { type Handle, type Integer, native } from "./native.ts";

/**
 * Calls the functions that are connected to it.
 *
 * A slot that throws ends the call, and what it throws passes through unchanged. A slot may connect, disconnect and
 * emit: one that is connected meanwhile is not called, and neither is one that is disconnected before its turn. The
 * slots are ordinary references of this object, so cycles through them are collected.
 *
 * @example
 * const clicked = new Signal<string>();
 * clicked.connect((where) => console.log(where)); // 1
 * clicked.emit("here"); // 1
 */
export class Signal<Value = unknown> {
  readonly #handle: Handle<"Signal"> = native.signalNew();
  readonly #slots = new Map<number, (value: Value) => unknown>();

  /**
   * Connects a function of one argument and returns the number by which {@link disconnect} knows it: 1, 2, …
   * A function that is connected twice is called twice.
   */
  connect(slot: (value: Value) => unknown): number {
    const number = native.signalConnect(this.#handle, slot);
    this.#slots.set(number, slot);
    return number;
  }

  /** Disconnects the slot with this number, and returns whether there was one. */
  disconnect(slot: Integer): boolean {
    const isConnected = native.signalDisconnect(this.#handle, slot);
    this.#slots.delete(Number(slot));
    return isConnected;
  }

  /** Disconnects every slot. */
  clear(): void {
    native.signalClear(this.#handle);
    this.#slots.clear();
  }

  /** How many slots are connected. */
  get slotCount(): number {
    return native.signalSlotCount(this.#handle);
  }

  /** Calls every slot with `value`, in the order in which they were connected, and returns how many were called. */
  emit(value: Value = null as Value): number {
    return native.signalEmit(this.#handle, (slot) => this.#slots.get(slot)?.(value));
  }

  /** Returns `Signal(slot_count=N)`. */
  toString(): string {
    return native.signalText(this.#handle);
  }

  /** Frees the native signal and lets go of the slots; every later call throws `ERR_STATE`. */
  close(): void {
    native.signalClose(this.#handle);
    this.#slots.clear();
  }

  /** As {@link close}: `using clicked = new Signal()`. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** What `console.log` shows: as {@link toString}. */
  [inspect.custom](): string {
    return this.toString();
  }
}
