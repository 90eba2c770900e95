/** The second half of a run: candidates become findings, a few at a time. */
import { CAUSES, type Cause } from "../compare/causes.ts";
import { SEVERITIES } from "../compare/difference.ts";
import type { Program } from "../program/program.ts";
import type { Finding } from "../report/report.ts";
import type { Candidate, Named } from "./collector.ts";
import { confirm, confirmAll, isMadeUp, type Reduction, shrinkCandidate, toFinding } from "./reduce.ts";
import type { Pair } from "./runner.ts";

/** Pairs of subjects that shrink at the same time. */
const LANES = 2;

/** What came of the candidates. */
export interface Reduced {
  findings: Finding[];
  /** What fresh processes did not show again. */
  unstable: Finding[];
}

/** Gravest first, so that an interrupted run has confirmed what matters most. */
function inOrder(candidates: readonly Candidate[]): Candidate[] {
  return [...candidates].sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
}

/** Of a cause that many members share, so many are shrunk in full; the others are cut to the steps that matter. */
const SHRUNK = 3;

/** Of any other cause, when very many members show it: a library may have hundreds of members, all with one kind of error. */
const SHRUNK_AT_MOST = 12;

/** The candidates of causes that others already stand for. */
function repeated(candidates: readonly Candidate[]): Set<Candidate> {
  const counts = new Map<string, number>();
  return new Set(
    candidates.filter((one) => {
      const key = `${one.severity} ${one.cause}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
      const cause: Cause = CAUSES[one.cause];
      const isSystemic = cause.systemic === true && one.alternatives.length === 0;
      return counts.get(key)! > (isSystemic ? SHRUNK : SHRUNK_AT_MOST);
    }),
  );
}

/** What came of one candidate. */
interface Outcome {
  finding: Finding;
  isStable: boolean;
}

/** Light candidates that are confirmed in the same fresh processes, each by a program of its own. */
const TOGETHER = 24;

/** The indices of candidates that are worked on together: one that is shrunk in full, or some that are only cut. */
function groups(ordered: readonly Candidate[]): number[][] {
  const light = repeated(ordered);
  // A process that dies would take the others with it, and fixtures are a pair's own.
  const isAlone = (one: Candidate) => !light.has(one) || one.severity === "crash" || one.source.fixtures !== undefined;
  const indices = ordered.map((_, index) => index);
  const together = indices.filter((index) => !isAlone(ordered[index]!));
  const found = indices.filter((index) => isAlone(ordered[index]!)).map((index) => [index]);
  for (let from = 0; from < together.length; from += TOGETHER) found.push(together.slice(from, from + TOGETHER));
  return found;
}

/** Shrink and confirm every candidate. The result does not depend on which lane is faster. */
export async function reduceAll(
  candidates: readonly Candidate[],
  reduction: Reduction,
  onDone: (candidate: Candidate) => void,
): Promise<Reduced> {
  const ordered = inOrder(candidates);
  const light = repeated(ordered);
  const open = groups(ordered);
  const results: Outcome[] = [];
  const lane = async (): Promise<void> => {
    if (open.length === 0) return;
    const pair = await reduction.open();
    try {
      for (let group = open.shift(); group !== undefined; group = open.shift()) {
        const members = group.map((index) => ordered[index]!);
        const outcomes =
          members.length > 1
            ? await reduceTogether(members, pair, reduction)
            : [await reduceOne(members[0]!, pair, reduction, light.has(members[0]!))];
        group.forEach((index, at) => {
          results[index] = outcomes[at]!;
          onDone(ordered[index]!);
        });
      }
    } finally {
      await pair.close();
    }
  };
  await Promise.all(Array.from({ length: Math.min(LANES, open.length) }, lane));
  return merge(results);
}

/** Cut each to the steps that matter, and confirm them one after the other in one fresh pair. */
async function reduceTogether(candidates: readonly Candidate[], warm: Pair, reduction: Reduction): Promise<Outcome[]> {
  const uncut = { ...reduction, shrink: async (program: Program) => program };
  const cut: { candidate: Candidate; program: Program; named: Named }[] = [];
  for (const candidate of candidates) {
    const shrunk = reduction.signal.aborted ? null : await shrinkCandidate(candidate, warm, uncut);
    if (shrunk !== null) cut.push({ candidate, ...shrunk });
  }
  const again = reduction.signal.aborted ? [] : await confirmAll(cut, reduction);
  const confirmed = new Map<Candidate, Outcome>();
  cut.forEach(({ candidate, program, named }, index) => {
    const other = again[index];
    if (other === undefined || isMadeUp(named.difference, other.difference)) return;
    confirmed.set(candidate, { finding: toFinding(candidate, program, other, reduction), isStable: true });
  });
  const outcomes: Outcome[] = [];
  // What the company did not show, or another one changed, may still show alone.
  for (const one of candidates) outcomes.push(confirmed.get(one) ?? (await reduceOne(one, warm, reduction, true)));
  return outcomes;
}

async function reduceOne(candidate: Candidate, warm: Pair, reduction: Reduction, isLight: boolean): Promise<Outcome> {
  const asFound = {
    difference: candidate.difference,
    classified: { severity: candidate.severity, cause: candidate.cause, alternatives: [] },
  };
  // After an interrupt what was found is told as it was found.
  const untouched = (isStable: boolean) => ({
    finding: toFinding(candidate, candidate.program, asFound, reduction),
    isStable,
  });
  if (reduction.signal.aborted) return untouched(true);
  const { fixtures } = candidate.source;
  const pair = fixtures === undefined ? warm : await reduction.open(fixtures);
  try {
    const shrunk = await shrinkCandidate(
      candidate,
      pair,
      isLight ? { ...reduction, shrink: async (program) => program } : reduction,
    );
    if (reduction.signal.aborted) return untouched(true);
    if (shrunk === null) return untouched(false);
    const again = await confirm(candidate, shrunk.program, reduction);
    const finding = toFinding(candidate, shrunk.program, again ?? shrunk.named, reduction);
    if (again === undefined || !isMadeUp(shrunk.named.difference, again.difference)) {
      return { finding, isStable: again !== undefined };
    }
    // A warm process has a history, which may change a value; a second fresh one has none.
    const third = await confirm(candidate, shrunk.program, reduction);
    return { finding, isStable: third !== undefined && !isMadeUp(again.difference, third.difference) };
  } finally {
    if (pair !== warm) await pair.close();
  }
}

/** Shrinking may settle two open causes to one: the smaller program stays and the counts add up. */
function merge(results: readonly Outcome[]): Reduced {
  const stable = new Map<string, Finding>();
  const unstable = new Map<string, Finding>();
  for (const { finding, isStable } of results) {
    const known = isStable ? stable : unstable;
    const before = known.get(finding.id);
    if (before === undefined) {
      known.set(finding.id, finding);
      continue;
    }
    const smaller = JSON.stringify(finding.program).length < JSON.stringify(before.program).length ? finding : before;
    known.set(finding.id, { ...smaller, count: before.count + finding.count });
  }
  return {
    findings: [...stable.values()],
    unstable: [...unstable.values()].filter((one) => !stable.has(one.id)),
  };
}

/** One line about a candidate, for a screen that is still waiting for the report. */
export function headline(candidate: Candidate): string {
  return `${candidate.member}: ${CAUSES[candidate.cause].title}`;
}
