/** Comparisons come in, findings-to-be come out: one candidate for each member, class and cause. */
import { createHash } from "node:crypto";
import type { CauseId } from "../compare/causes.ts";
import { type Classified, classify } from "../compare/classify.ts";
import { compareResults } from "../compare/compare.ts";
import { type Answered, type Difference, type Idioms, note, type Severity } from "../compare/difference.ts";
import type { Host } from "../compare/kind.ts";
import { checkLaws, speaksOfLaws } from "../compare/laws.ts";
import { judge } from "../compare/policy.ts";
import type { Context } from "../compare/values.ts";
import type { Policy } from "../config.ts";
import type { CaseFile, Program, Result } from "../program/program.ts";
import type { Finding } from "../report/report.ts";

/** A difference under the name that makes it one finding. */
export interface Named {
  difference: Difference;
  classified: Classified;
}

/** The simplest program seen so far for one finding. */
export interface Candidate {
  key: string;
  id: string;
  member: string;
  severity: Severity;
  cause: CauseId;
  /** Causes that the arguments leave open; empty when the cause is sure. */
  alternatives: CauseId[];
  difference: Difference;
  program: Program;
  count: number;
  source: Source;
}

/** Where a program comes from. */
export interface Source {
  origin: Finding["origin"];
  /** For a case: file and name. */
  where: string | null;
  fixtures?: CaseFile["fixtures"];
}

const NOBODY: readonly Difference[] = [];

/** After this many sightings of one finding its program is simple enough. */
const SIGHTINGS = 64;

/** The key of a finding: member, class and cause; what a case expects is a finding of its own for each case and subject. */
export function keyOf(difference: Difference, severity: Severity, cause: CauseId, source: Source): string {
  const key = `${difference.member}|${severity}|${cause}`;
  return difference.aspect === "expectation" ? `${key}|${source.where}|${difference.host}` : key;
}

/** The stable id of a finding. */
export function idOf(key: string): string {
  return createHash("sha256").update(key).digest("hex").slice(0, 8);
}

/** Compare two results of one program and name every difference. */
export function nameDifferences(
  program: Program,
  left: Result,
  right: Result,
  context: Context,
): { named: Named[]; compared: number } {
  const { differences, compared } = compareResults(program, left, right, context);
  const all = speaksOfLaws(program) ? withLaws(program, left, right, differences, context) : differences;
  if (all.length === 0) return { named: [], compared };
  const named = all.map((difference) => ({ difference, classified: classify(difference, program, context.lookup) }));
  return { named: context.policy === undefined ? named : allowed(named, context.policy, context.idioms), compared };
}

/** The differences that the configuration of the pair leaves as findings. */
function allowed(named: Named[], policy: Policy, idioms: Idioms): Named[] {
  return named.filter(({ classified }) => {
    const verdict = judge(classified.cause, policy);
    if (verdict === "idiom") note(idioms, "accepted by policy");
    return verdict === "report";
  });
}

function withLaws(
  program: Program,
  left: Result,
  right: Result,
  differences: Difference[],
  context: Context,
): Difference[] {
  const questions = {
    isIterator: (name: string) => context.lookup.member(name, "__next__") !== undefined,
    place: (name: string, parameter: string) => context.lookup.place(name, parameter),
  };
  const broken = [
    ...checkLaws(program, left, questions).map((one) => ({ ...one, host: context.left })),
    ...checkLaws(program, right, questions).map((one) => ({ ...one, host: context.right })),
  ];
  // Both hosts break one law in the same way: it is told once.
  const seen = new Set<string>();
  const fresh = broken.filter((one) => {
    const key = `${one.member} ${one.hint}`;
    return !seen.has(key) && seen.add(key);
  });
  return [...differences, ...fresh];
}

/** Whether an answer is a trap of WebAssembly, after which its instance lies and the worker is replaced. */
function isTrap(answered: Answered, host: Host): boolean {
  return host === "node" && "error" in answered && answered.error.classes[0] === "RuntimeError";
}

/** Gathers candidates in the order of programs, so that two runs with one seed gather the same. */
export class Collector {
  readonly candidates = new Map<string, Candidate>();
  readonly #context: Context;
  readonly #onNew: (candidate: Candidate) => void;
  compared = 0;
  programs = 0;
  differing = 0;

  constructor(context: Context, onNew: (candidate: Candidate) => void = () => {}) {
    this.#context = context;
    this.#onNew = onNew;
  }

  /** Take in the results of one program. Returns the differences that cost a subject its process: it has to start anew. */
  add(program: Program, left: Result, right: Result, source: Source): readonly Difference[] {
    const { named, compared } = nameDifferences(program, left, right, this.#context);
    this.programs++;
    this.compared += compared;
    if (named.length === 0) return NOBODY;
    this.differing++;
    const seen = new Set<string>();
    for (const one of named) this.#take(program, one, source, seen);
    const differences = named.map((one) => one.difference);
    const { left: first, right: second } = this.#context;
    return differences.filter((one) => one.aspect === "death" || isTrap(one.left, first) || isTrap(one.right, second));
  }

  /** Take in differences that were found elsewhere: of a subject with its case. */
  take(program: Program, differences: readonly Difference[], source: Source): void {
    const seen = new Set<string>();
    for (const difference of differences) {
      const classified = classify(difference, program, this.#context.lookup);
      this.#take(program, { difference, classified }, source, seen);
    }
  }

  #take(program: Program, { difference, classified }: Named, source: Source, seen: Set<string>): void {
    const { severity, cause, alternatives } = classified;
    const open = [cause, ...alternatives].map((one) => keyOf(difference, severity, one, source));
    const key = open.find((one) => this.candidates.has(one)) ?? open[0]!;
    // One program counts once for a finding, however many of its steps show it.
    if (seen.has(key)) return;
    seen.add(key);
    const known = this.candidates.get(key);
    if (known === undefined) {
      const candidate: Candidate = {
        key,
        id: idOf(key),
        member: difference.member,
        severity,
        cause,
        alternatives,
        difference,
        program,
        count: 1,
        source,
      };
      this.candidates.set(key, candidate);
      this.#onNew(candidate);
      return;
    }
    known.count++;
    if (known.count > SIGHTINGS || known.source.origin !== source.origin) return;
    // A sure cause beats an open one; then the shorter way to the difference.
    const cost = (one: { alternatives: CauseId[]; difference: Difference }) =>
      one.alternatives.length * 1_000 + one.difference.at[0]!;
    if (cost({ alternatives, difference }) < cost(known) && open[0] === key) {
      Object.assign(known, { alternatives, difference, program });
    }
  }
}
