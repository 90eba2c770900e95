/** Members that keep killing their process: each death costs a restart, and after some of them it is known. */
import type { Program, Step } from "../program/program.ts";
import type { Unexercised } from "../report/report.ts";
import { splitName } from "../surface/names.ts";

/** Deaths of one member after which it is called less. */
const ENOUGH = 8;

/** Of the programs that call such a member, one in so many still runs: it may do other things as well. */
const ONE_IN = 40;

/** Decides which programs run. It depends on the order of programs alone, so that one seed gives one run. */
export class Throttle {
  readonly #deaths = new Map<string, number>();
  readonly #held = new Map<string, number>();
  #seen = 0;

  /** Take in that a program died at a member. */
  died(member: string): void {
    this.#deaths.set(member, (this.#deaths.get(member) ?? 0) + 1);
  }

  /** Whether a program should run. */
  admits(program: Program): boolean {
    if (this.#deaths.size === 0) return true;
    for (const [member, deaths] of this.#deaths) {
      if (deaths < ENOUGH || !program.steps.some((step) => uses(step, member))) continue;
      if (++this.#seen % ONE_IN === 0) return true;
      this.#held.set(member, (this.#held.get(member) ?? 0) + 1);
      return false;
    }
    return true;
  }

  /** What was not run, for the report. */
  get held(): Unexercised[] {
    return [...this.#held].map(([member, programs]) => ({
      member,
      reason: `kills its process again and again: ${programs.toLocaleString("en")} programs that call it were not run`,
    }));
  }
}

/** Whether a step calls a member, by its name alone: the class of a handle need not be known. */
function uses(step: Step, member: string): boolean {
  if ("new" in step) return `${step.new}()` === member;
  if ("scope" in step && step.steps.some((inner) => uses(inner, member))) return true;
  const { local } = splitName(member);
  const isUsed = (name: string) => name === local || name === member;
  return (
    ("call" in step && isUsed(step.call)) || ("get" in step && isUsed(step.get)) || ("set" in step && isUsed(step.set))
  );
}
