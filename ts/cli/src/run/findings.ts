/** The second half of a run: candidates become findings, a few at a time. */
import { CAUSES, type Cause } from "../compare/causes.ts";
import { SEVERITIES } from "../compare/difference.ts";
import type { Finding } from "../report/report.ts";
import type { Candidate } from "./collector.ts";
import { confirm, isMadeUp, type Reduction, shrinkCandidate, toFinding } from "./reduce.ts";
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

/** The candidates of conversion-layer causes that others already stand for. */
function repeated(candidates: readonly Candidate[]): Set<Candidate> {
  const counts = new Map<string, number>();
  return new Set(
    candidates.filter((one) => {
      const key = `${one.severity} ${one.cause}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
      const cause: Cause = CAUSES[one.cause];
      return cause.systemic === true && one.alternatives.length === 0 && counts.get(key)! > SHRUNK;
    }),
  );
}

/** Shrink and confirm every candidate. The result does not depend on which lane is faster. */
export async function reduceAll(
  candidates: readonly Candidate[],
  reduction: Reduction,
  onDone: (candidate: Candidate) => void,
): Promise<Reduced> {
  const ordered = inOrder(candidates);
  const light = repeated(ordered);
  const results: ({ finding: Finding; isStable: boolean } | undefined)[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    if (next >= ordered.length) return;
    const pair = await reduction.open();
    try {
      for (let index = next++; index < ordered.length; index = next++) {
        results[index] = await reduceOne(ordered[index]!, pair, reduction, light.has(ordered[index]!));
        onDone(ordered[index]!);
      }
    } finally {
      await pair.close();
    }
  };
  await Promise.all(Array.from({ length: Math.min(LANES, ordered.length) }, lane));
  return merge(results.filter((one) => one !== undefined));
}

async function reduceOne(
  candidate: Candidate,
  warm: Pair,
  reduction: Reduction,
  isLight: boolean,
): Promise<{ finding: Finding; isStable: boolean }> {
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
function merge(results: readonly { finding: Finding; isStable: boolean }[]): Reduced {
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
