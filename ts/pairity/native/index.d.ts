/**
 * The native functions of `pairity`. Generated from crates/node-bindings by `npm run types`; do not edit.
 */

/** An integer of 64 bits: a safe integer, or a bigint. */
export type Integer = number | bigint;

declare const handle: unique symbol;

/** An object of the core; only the class that made it can use it. */
export interface Handle<Class extends string> {
  readonly [handle]: Class;
}

export interface Native {
  counterNew(value: Integer): Handle<"Counter">;
  counterFromJson(data: object): Handle<"Counter">;
  counterClone(handle: Handle<"Counter">): Handle<"Counter">;
  counterValue(handle: Handle<"Counter">): number;
  counterValueBigInt(handle: Handle<"Counter">): bigint;
  counterState(handle: Handle<"Counter">): [number | string, number | string | null, number | string | null];
  counterDivide(handle: Handle<"Counter">, divisor: Integer): number;
  counterSet(handle: Handle<"Counter">, value: Integer): void;
  counterReset(handle: Handle<"Counter">): number;
  counterResetBigInt(handle: Handle<"Counter">): bigint;
  counterIncrement(handle: Handle<"Counter">): number;
  counterIncrementBigInt(handle: Handle<"Counter">): bigint;
  counterDecrement(handle: Handle<"Counter">): number;
  counterDecrementBigInt(handle: Handle<"Counter">): bigint;
  counterAdd(handle: Handle<"Counter">, n: Integer): number;
  counterAddBigInt(handle: Handle<"Counter">, n: Integer): bigint;
  counterSetRange(handle: Handle<"Counter">, minimum: Integer, maximum: Integer): void;
  counterClearRange(handle: Handle<"Counter">): void;
  counterEquals(handle: Handle<"Counter">, other: Handle<"Counter">): boolean;
  counterText(handle: Handle<"Counter">): string;
  counterClose(handle: Handle<"Counter">): null;
}
