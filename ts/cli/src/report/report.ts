/** What a run found: the one object that every renderer reads. `timing` apart, two runs with one seed give the same object. */
import type { CauseId } from "../compare/causes.ts";
import type { Idioms, Severity } from "../compare/difference.ts";
import type { CaseFile, Program } from "../program/program.ts";
import type { Contradiction, Idiom, Mismatch, Rule } from "../surface/surface.ts";

/** One side of the pair, as it was really loaded. */
export interface SideReport {
  host: "python" | "node";
  module: string;
  distribution: string | null;
  version: string | null;
  runtime: string;
  artefacts: { file: string; kind: string; note?: string }[];
  requires: string | null;
}

/** A row of the table: a class, or the functions of the module. */
export interface Row {
  name: string;
  members: number;
  /** Members that were called at least once on both sides. */
  exercised: number;
  cases: number;
  programs: number;
  steps: number;
  differences: number;
}

/** What each side answered, as text. */
export interface Answers {
  python: string;
  node: string;
}

/** A difference that survived: one member, class and cause, with its smallest program. */
export interface Finding {
  /** Stable: the same difference has the same id in the next run. */
  id: string;
  severity: Severity;
  cause: CauseId;
  member: string;
  /** What disagrees, in a sentence. */
  summary: string;
  /** How many programs showed it. */
  count: number;
  origin: "case" | "random" | "known" | "surface";
  /** For a case: file and name of the program. */
  where: string | null;
  answers: Answers;
  snippets: Answers;
  program: Program;
  /** For a case: the files it needs. */
  fixtures?: NonNullable<CaseFile["fixtures"]>;
  /** Index path of the step that disagrees. */
  at: number[];
  /** Why it is accepted, when `pairity.known.json` has it. */
  known: string | null;
}

/** A finding of the conversion layer, with every member that shows it. */
export interface FindingGroup {
  severity: Severity;
  cause: CauseId;
  findings: Finding[];
}

/** A member that was not exercised, and why. */
export interface Unexercised {
  member: string;
  reason: string;
}

/** An entry of the known differences that no longer holds. */
export interface StaleKnown {
  id: string;
  member: string;
  cause: string;
  reason: string;
  problem: string;
}

/** A failed floor, or anything else that decides the exit code. */
export interface Verdict {
  exit: 0 | 1 | 2 | 130;
  reasons: string[];
}

/** The report of `pairity check`. */
export interface Report {
  schema: 1;
  tool: { name: "pairity"; version: string };
  seed: number;
  interrupted: boolean;
  sides: SideReport[];
  skew: string | null;
  alignment: {
    rules: Partial<Record<Rule, number>>;
    onlyPython: string[];
    onlyNode: string[];
    idioms: Idiom[];
    mismatches: Mismatch[];
    contradictions: { host: "python" | "node"; contradiction: Contradiction }[];
  };
  rows: Row[];
  totals: { cases: number; programs: number; steps: number; compared: number; differing: number };
  /** Calls by member, canonical. */
  exercised: Record<string, number>;
  skipped: Unexercised[];
  unreachable: Unexercised[];
  idioms: Idioms;
  findings: Finding[];
  /** Differences that fresh processes did not show again. */
  unstable: Finding[];
  stale: StaleKnown[];
  verdict: Verdict;
  timing: Record<string, number>;
}
