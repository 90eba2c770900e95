/** Results that are what they are by the customs of each host, and say nothing of the library. */
import type { Outcome, Step, Value } from "../program/program.ts";
import type { Idiom } from "./difference.ts";
import type { Context } from "./values.ts";

/** Why the two results of a step need not be alike; null when they are compared. */
export function incidental(step: Step, left: Outcome, right: Outcome, context: Context): Idiom | null {
  if (!("call" in step)) return null;
  if (step.call === "__hash__" && context.hash === "laws") return "hash not compared";
  if (step.on === undefined || context.left === context.right) return null;
  const [python, node] = context.left === "python" ? [left.value, right.value] : [right.value, left.value];
  // JavaScript returns the receiver, so that calls can be chained.
  if (python === null && isReceiver(node, step.on)) return "chained calls";
  // An iterator is compared by its items: of what class it is neither host says.
  const isOpening = step.call === "__iter__" || step.call === "__aiter__";
  return isOpening && isObject(python) && isObject(node) ? "iterators of each host" : null;
}

function isReceiver(value: Value | undefined, handle: string): boolean {
  return typeof value === "object" && value !== null && "ref" in value && value.ref === handle;
}

function isObject(value: Value | undefined): boolean {
  return typeof value === "object" && value !== null && ("object" in value || "opaque" in value);
}
