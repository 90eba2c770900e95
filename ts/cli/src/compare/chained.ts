/** Methods that return their receiver in JavaScript, so that calls can be chained. */
import type { Outcome, Step } from "../program/program.ts";
import type { Context } from "./values.ts";

/** Whether a method returns nothing in Python and its receiver in Node, so that calls can be chained. */
export function isChained(step: Step, left: Outcome, right: Outcome, context: Context): boolean {
  if (!("call" in step) || step.on === undefined || context.left === context.right) return false;
  const [python, node] = context.left === "python" ? [left.value, right.value] : [right.value, left.value];
  const isReceiver = typeof node === "object" && node !== null && "ref" in node && node.ref === step.on;
  return python === null && isReceiver;
}
