/** What a run reached: rows of the table, members never exercised, and why. */
import type { Context, Exercise } from "../compare/values.ts";
import type { Program, Step } from "../program/program.ts";
import type { Finding, Row, Unexercised } from "../report/report.ts";
import { splitName } from "../surface/names.ts";
import type { Alignment } from "../surface/surface.ts";

/** The row of the functions of the module. */
export const FUNCTIONS = "functions";

/** Protocols that are exercised by another: nothing calls them by themselves. */
const CARRIED: Record<string, string> = {
  __next__: "__iter__",
  __anext__: "__aiter__",
  __exit__: "__enter__",
  __aexit__: "__aenter__",
};

/** Counts programs by the classes they use. */
export class ProgramCount {
  readonly #counts = { cases: new Map<string, number>(), random: new Map<string, number>() };

  /** Count a program once for every class it uses. */
  add(program: Program, kind: "cases" | "random"): void {
    const counts = this.#counts[kind];
    for (const owner of ownersOf(program.steps)) counts.set(owner, (counts.get(owner) ?? 0) + 1);
  }

  /** How many programs used a class. */
  of(owner: string, kind: "cases" | "random"): number {
    return this.#counts[kind].get(owner) ?? 0;
  }
}

function ownersOf(steps: readonly Step[], found = new Set<string>()): Set<string> {
  for (const step of steps) {
    if ("new" in step) found.add(step.new);
    else if ("call" in step && step.on === undefined) found.add(step.of ?? splitName(step.call).prefix ?? FUNCTIONS);
    else if ("scope" in step) ownersOf(step.steps, found);
  }
  return found;
}

/** The class or submodule of a member's label, or the row of functions. */
export function ownerOf(member: string): string {
  if (member.endsWith("()")) return member.slice(0, -2);
  return splitName(member).prefix ?? FUNCTIONS;
}

/** Labels of all aligned members by class, constructors included. */
function labels(alignment: Alignment): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const one of alignment.classes) {
    const own = one.members
      .filter((member) => member.kind !== "constructor")
      .map((member) => `${one.canonical}.${member.canonical}`);
    found.set(one.canonical, one.constructors === null ? own : [`${one.canonical}()`, ...own]);
  }
  for (const { canonical } of alignment.functions) {
    const row = splitName(canonical).prefix ?? FUNCTIONS;
    found.set(row, [...(found.get(row) ?? []), canonical]);
  }
  return found;
}

/** How often a member was used on both sides. Observed members are read after every step that touches their object. */
function exerciseOf(
  label: string,
  { exercised, observed }: Pick<Context, "exercised" | "observed">,
  alignment: Alignment,
): Exercise | undefined {
  const direct = exercised.get(label);
  if (direct !== undefined) return direct;
  const [owner, name] = [ownerOf(label), splitName(label).local];
  const carrier = CARRIED[name];
  if (carrier !== undefined) return exercised.get(`${owner}.${carrier}`);
  const member = alignment.classes
    .find((one) => one.canonical === owner)
    ?.members.find((one) => one.canonical === name);
  const isObserved = member?.kind === "property" || name === "__repr__" || name === "__str__";
  if (!isObserved || !observed.has(owner)) return undefined;
  return exercised.get(`${owner}()`) ?? { calls: 1, answers: 1 };
}

/** The table, and what it leaves out. */
export interface Coverage {
  rows: Row[];
  exercised: Record<string, number>;
  skipped: Unexercised[];
}

/** Sum up a run. `unreachable` members are listed with their own reason and are not repeated as skipped. */
export function summarise(
  alignment: Alignment,
  context: Pick<Context, "exercised" | "observed">,
  programs: ProgramCount,
  findings: readonly Finding[],
  unreachable: readonly Unexercised[],
): Coverage {
  const rows: Row[] = [];
  const counts: Record<string, number> = {};
  const skipped: Unexercised[] = [];
  const known = new Set(unreachable.map((one) => one.member));
  for (const [name, members] of labels(alignment)) {
    let reached = 0;
    for (const label of members) {
      const one = exerciseOf(label, context, alignment);
      if (one !== undefined && one.answers > 0) reached++;
      else if (!known.has(label) && !known.has(name)) {
        skipped.push({
          member: label,
          reason: one === undefined ? "no program called it" : "every call failed on both sides",
        });
      }
      if (one !== undefined) counts[label] = one.calls;
    }
    rows.push({
      name,
      members: members.length,
      exercised: reached,
      cases: programs.of(name, "cases"),
      programs: programs.of(name, "random"),
      steps: sum([...context.exercised].filter(([label]) => ownerOf(label) === name).map(([, one]) => one.calls)),
      differences: findings.filter((one) => one.known === null && ownerOf(one.member) === name).length,
    });
  }
  return { rows, exercised: counts, skipped };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
