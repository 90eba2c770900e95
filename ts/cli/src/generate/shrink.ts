/**
 * Shrinks a program while it still fails: fewer steps first, then fewer and simpler values, then plain handle names.
 *
 * fast-check shrinks along the tree that generated a value; here the reducer works on the program itself, so that
 * programs from case files, from a report or from another seed shrink as well, dependents go with the step that made
 * their handle, and attempts are few: each of them may cost a process.
 */
import type { Program, Step } from "../program/program.ts";
import { simplerValues } from "./simplify.ts";
import { definedBy, usedBy, withoutSteps } from "./steps.ts";

export interface ShrinkOptions {
  /** How many programs may be tried. */
  attempts?: number;
}

const DEFAULT_ATTEMPTS = 400;

/** The smallest program found for which `stillFails` holds; the program itself where nothing smaller does. */
export async function shrink(
  program: Program,
  stillFails: (program: Program) => Promise<boolean>,
  options: ShrinkOptions = {},
): Promise<Program> {
  const reducer = new Reducer(program, stillFails, options.attempts ?? DEFAULT_ATTEMPTS);
  return reducer.run();
}

class Reducer {
  #best: Program;
  #left: number;
  readonly #stillFails: (program: Program) => Promise<boolean>;
  readonly #seen = new Set<string>();

  constructor(program: Program, stillFails: (program: Program) => Promise<boolean>, attempts: number) {
    this.#best = program;
    this.#stillFails = stillFails;
    this.#left = attempts;
    this.#seen.add(JSON.stringify(program.steps));
  }

  async run(): Promise<Program> {
    // Names first, while there is budget: what a caller keeps of the last attempt speaks of its handles.
    await this.#try(rename(this.#best));
    for (let improved = true; improved && this.#left > 0; ) {
      improved = await this.#fewerSteps();
      improved = (await this.#unwrapScopes()) || improved;
      improved = (await this.#fewerArguments()) || improved;
      improved = (await this.#simplerArguments()) || improved;
    }
    this.#left = Math.max(1, this.#left);
    await this.#try(rename(this.#best));
    return this.#best;
  }

  async #try(candidate: Program): Promise<boolean> {
    const key = JSON.stringify(candidate.steps);
    if (this.#left <= 0 || candidate.steps.length === 0 || this.#seen.has(key)) return false;
    this.#seen.add(key);
    this.#left--;
    if (!(await this.#stillFails(candidate))) return false;
    this.#best = candidate;
    return true;
  }

  /** Delta debugging over steps: large pieces first; what fails is mostly near the end, so from the front. */
  async #fewerSteps(): Promise<boolean> {
    let improved = false;
    for (let size = Math.max(1, this.#best.steps.length >> 1); size >= 1; size >>= 1) {
      for (let at = 0; at < this.#best.steps.length; ) {
        const dropped = new Set(Array.from({ length: size }, (_, offset) => at + offset));
        if (await this.#try(withoutSteps(this.#best, dropped))) improved = true;
        else at += size;
      }
    }
    return improved;
  }

  /** A scope that does not matter is replaced by what happens in it. */
  async #unwrapScopes(): Promise<boolean> {
    let improved = false;
    for (let index = 0; index < this.#best.steps.length; index++) {
      const step = this.#best.steps[index]!;
      if (!("scope" in step)) continue;
      const steps = [...this.#best.steps.slice(0, index), ...step.steps, ...this.#best.steps.slice(index + 1)];
      if (await this.#try({ ...this.#best, steps })) improved = true;
      else {
        for (let inner = 0; inner < step.steps.length; inner++) {
          const rest = step.steps.filter((_, other) => other !== inner);
          if (await this.#replace(index, { ...step, steps: rest })) improved = true;
        }
      }
    }
    return improved;
  }

  async #fewerArguments(): Promise<boolean> {
    let improved = false;
    for (let index = 0; index < this.#best.steps.length; index++) {
      for (const smaller of withFewerArguments(this.#best.steps[index]!)) {
        if (await this.#replace(index, smaller)) improved = true;
      }
    }
    return improved;
  }

  async #simplerArguments(): Promise<boolean> {
    let improved = false;
    for (let index = 0; index < this.#best.steps.length; index++) {
      for (let again = true; again; ) {
        again = false;
        for (const simpler of withSimplerValues(this.#best.steps[index]!)) {
          if (!(await this.#replace(index, simpler))) continue;
          improved = true;
          again = true;
          break;
        }
      }
    }
    return improved;
  }

  async #replace(index: number, step: Step): Promise<boolean> {
    const steps = this.#best.steps.map((one, other) => (other === index ? step : one));
    return this.#try({ ...this.#best, steps });
  }
}

function withFewerArguments(step: Step): Step[] {
  if (!("new" in step || "call" in step)) return [];
  const smaller: Step[] = [];
  for (const name of Object.keys(step.kwargs ?? {})) {
    const { [name]: _, ...kwargs } = step.kwargs!;
    const { kwargs: __, ...rest } = step;
    smaller.push(Object.keys(kwargs).length > 0 ? { ...step, kwargs } : (rest as Step));
  }
  if (step.args && step.args.length > 0) {
    const args = step.args.slice(0, -1);
    const { args: _, ...rest } = step;
    smaller.push(args.length > 0 ? { ...step, args } : (rest as Step));
  }
  return smaller;
}

function withSimplerValues(step: Step): Step[] {
  if ("to" in step && "set" in step) return simplerValues(step.to).map((to) => ({ ...step, to }));
  if ("iterate" in step) {
    const limit = step.limit ?? 1000;
    return [1, 2, limit >> 1].filter((one) => one < limit).map((one) => ({ ...step, limit: one }));
  }
  if (!("new" in step || "call" in step)) return [];
  const simpler: Step[] = [];
  (step.args ?? []).forEach((value, index) => {
    for (const one of simplerValues(value)) {
      simpler.push({ ...step, args: step.args!.map((other, at) => (at === index ? one : other)) });
    }
  });
  for (const [name, value] of Object.entries(step.kwargs ?? {})) {
    for (const one of simplerValues(value)) simpler.push({ ...step, kwargs: { ...step.kwargs, [name]: one } });
  }
  return simpler;
}

/** Handles by their class's name alone where there is one, numbered from 1 where there are several. Unused names go. */
export function rename(program: Program): Program {
  const bases = new Map<string, number>();
  const names = new Map<string, string>();
  const used = new Set<string>();
  const collect = (steps: readonly Step[]): void => {
    for (const step of steps) {
      for (const handle of usedBy(step)) used.add(handle);
      const defined = definedBy(step);
      if (defined !== null && !names.has(defined)) {
        const base = defined.replace(/_?\d+$/, "") || "handle";
        const number = (bases.get(base) ?? 0) + 1;
        bases.set(base, number);
        names.set(defined, `${base}_${number}`);
      }
      if ("scope" in step) collect(step.steps);
    }
  };
  collect(program.steps);
  for (const [old, name] of names) {
    const base = name.replace(/_\d+$/, "");
    if (bases.get(base) === 1) names.set(old, base);
  }
  return { ...program, steps: program.steps.map((step) => renameStep(step, names, used)) };
}

/** A step with other names of handles; a name that nothing uses goes. */
export function renameStep(step: Step, names: ReadonlyMap<string, string>, used: ReadonlySet<string>): Step {
  const HANDLES = new Set(["as", "on", "iterate", "scope", "drop", "ref"]);
  const text = JSON.stringify(step, (key, value: unknown) =>
    HANDLES.has(key) && typeof value === "string" ? (names.get(value) ?? value) : value,
  );
  const renamed = JSON.parse(text) as Step;
  if (!("new" in step) && "as" in step && step.as !== undefined && !used.has(step.as) && "as" in renamed) {
    const { as: _, ...rest } = renamed;
    return rest as Step;
  }
  return renamed;
}

/** How large a program is: what shrinking makes smaller. */
export function sizeOf(program: Program): number {
  return JSON.stringify(program.steps).length;
}
