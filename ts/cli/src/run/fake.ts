/** A subject in memory for tests of the run: a counter whose every answer is known, with a fault on request. */
import type { Host } from "../compare/kind.ts";
import type { Outcome, Program, Result, Value } from "../program/program.ts";
import type { OpenPair, Runner } from "./runner.ts";

/** What a fake subject does wrong. */
export type Fault = (outcome: Outcome, program: Program) => Outcome | "abort" | "hang" | "memory";

/** A subject that keeps a number in each handle: `new Box(value)`, `add(n)`, which refuses negative sums. */
export function fakeRunner(host: Host, fault: Fault = (outcome) => outcome): Runner {
  const read = (value: Value | undefined) => BigInt((value as { int: string } | undefined)?.int ?? "0");
  const number = (value: bigint) => (host === "python" ? { int: String(value) } : { num: String(value) });
  const run = (program: Program): Result => {
    const boxes = new Map<string, bigint>();
    const transcript: Outcome[] = [];
    for (const [index, step] of program.steps.entries()) {
      const outcome: Outcome = { step: index };
      if ("new" in step) {
        boxes.set(step.as, read(step.args?.[0]));
        outcome.state = { [step.as]: { value: number(boxes.get(step.as)!) } };
      } else if ("call" in step && step.on !== undefined && boxes.has(step.on)) {
        const sum = boxes.get(step.on)! + read(step.args?.[0]);
        if (sum < 0n) {
          const classes = host === "python" ? ["ValueError", "Exception"] : ["RangeError", "Error"];
          outcome.error = { classes, code: "ERR_VALUE", message: "below zero", cause: null };
        } else {
          boxes.set(step.on, sum);
          outcome.value = number(sum);
          outcome.state = { [step.on]: { value: number(sum) } };
        }
      } else outcome.skipped = true;
      const shown = fault(outcome, program);
      if (shown === "abort") return { death: "abort", signal: "SIGABRT", stderr: "", step: index };
      if (shown === "hang") return { death: "hang", seconds: 10, stderr: "", step: index };
      if (shown === "memory") return { death: "memory", bytes: 2 ** 32, stderr: "", step: index };
      transcript.push(shown);
    }
    return { transcript };
  };
  return { host, run: async (programs) => programs.map(run), close: async () => {} };
}

/** Opens the fake pair; the fault is Node's. */
export function fakePair(fault?: Fault): OpenPair {
  return async () => ({ left: fakeRunner("python"), right: fakeRunner("node", fault), close: async () => {} });
}
