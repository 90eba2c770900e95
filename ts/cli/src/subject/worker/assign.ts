/** Assignment to a property. */
import type { LoweredStep } from "../../program/program.ts";
import type { Decoder } from "./decode.ts";
import { isUnsafeInteger, mentionsBigint } from "./faults.ts";
import { type Bag, keyOf } from "./library.ts";

/** Assign, and once more as a bigint where the library refuses a number for want of one. Returns whether that was so. */
export function assign(target: unknown, step: Extract<LoweredStep, { set: string }>, decoder: Decoder): boolean {
  const key = keyOf(step.set);
  decoder.integers = 0;
  const value = decoder.decode(step.to);
  const { integers } = decoder;
  try {
    (target as Bag)[key] = value;
    return false;
  } catch (error) {
    if (integers === 0 || isUnsafeInteger(error) || !mentionsBigint(error)) throw error;
  }
  decoder.integers = 0;
  decoder.mask = 2 ** Math.min(integers, 4) - 1;
  try {
    (target as Bag)[key] = decoder.decode(step.to);
  } finally {
    decoder.mask = 0;
  }
  return true;
}
