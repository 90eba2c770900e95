/** Members that keep killing their process: each death costs a restart, and after some of them it is known. */
import type { Program, Step, Value } from "../program/program.ts";
import type { Unexercised } from "../report/report.ts";
import { splitName } from "../surface/names.ts";

/** Deaths of one member with arguments of the same kinds after which it is called less with such arguments. */
const ENOUGH = 4;

/** Deaths of one member after which any kinds of arguments that killed once do. */
const MANY = 24;

/** Of the programs that call such a member, one in so many still runs: it may do other things as well. */
const ONE_IN = 40;

/** Decides which programs run. It depends on the order of programs alone, so that one seed gives one run. */
export class Throttle {
  /** By member, and in it by the kinds of arguments. */
  readonly #deaths = new Map<string, Map<string, number>>();
  readonly #held = new Map<string, number>();
  #seen = 0;

  /** Take in that a program died at a member. */
  died(member: string, step: Step | undefined): void {
    const deaths = this.#deaths.get(member) ?? new Map<string, number>();
    const kinds = kindsOf(step);
    this.#deaths.set(member, deaths.set(kinds, (deaths.get(kinds) ?? 0) + 1));
  }

  /** Whether a program should run. */
  admits(program: Program): boolean {
    if (this.#deaths.size === 0) return true;
    for (const [member, deaths] of this.#deaths) {
      if (!program.steps.some((step) => this.#isDeadly(step, member, deaths))) continue;
      if (++this.#seen % ONE_IN === 0) return true;
      this.#held.set(member, (this.#held.get(member) ?? 0) + 1);
      return false;
    }
    return true;
  }

  #isDeadly(step: Step, member: string, deaths: ReadonlyMap<string, number>): boolean {
    if ("scope" in step && step.steps.some((inner) => this.#isDeadly(inner, member, deaths))) return true;
    if (!uses(step, member)) return false;
    const total = [...deaths.values()].reduce((sum, one) => sum + one, 0);
    return (deaths.get(kindsOf(step)) ?? 0) >= (total >= MANY ? 1 : ENOUGH);
  }

  /** What was not run, for the report. */
  get held(): Unexercised[] {
    return [...this.#held].map(([member, programs]) => ({
      member,
      reason: `kills its process again and again: ${programs.toLocaleString("en")} programs that call it so were not run`,
    }));
  }
}

/** What is passed, by its kinds alone: text, an integer, a list, the class of an object. */
function kindsOf(step: Step | undefined): string {
  const kind = (value: Value | undefined): string => {
    if (typeof value !== "object" || value === null) return value === null ? "null" : typeof value;
    return Array.isArray(value) ? "list" : (Object.keys(value)[0] ?? "");
  };
  if (step === undefined) return "";
  if ("set" in step) return kind(step.to);
  if (!("call" in step || "new" in step)) return "";
  const named = Object.entries(step.kwargs ?? {}).map(([name, value]) => `${name}=${kind(value)}`);
  return [...(step.args ?? []).map(kind), ...named.sort()].join(",");
}

/** Whether a step calls a member, by its name alone: the class of a handle need not be known. */
function uses(step: Step, member: string): boolean {
  if ("new" in step) return `${step.new}()` === member;
  const { local } = splitName(member);
  const isUsed = (name: string) => name === local || name === member;
  return (
    ("call" in step && isUsed(step.call)) || ("get" in step && isUsed(step.get)) || ("set" in step && isUsed(step.set))
  );
}
