/** From a candidate to a finding: shrink it, run it again in fresh processes, show it as code in both languages. */
import { Births } from "../compare/births.ts";
import type { CauseId } from "../compare/causes.ts";
import { classify } from "../compare/classify.ts";
import type { Difference } from "../compare/difference.ts";
import { compareWithCase } from "../compare/expect.ts";
import type { Context } from "../compare/values.ts";
import type { CaseFile, Program, Result, Value } from "../program/program.ts";
import type { Answers, Finding } from "../report/report.ts";
import { showAnswer, showAspect } from "../report/show.ts";
import { type Candidate, idOf, keyOf, type Named, nameDifferences } from "./collector.ts";
import { refusesAlike, withOrdinary } from "./counterfactual.ts";
import { type OpenPair, type Pair, runBoth } from "./runner.ts";
import { cutAfter, sliceTo } from "./slice.ts";

/** Shrinks a program while a predicate holds. */
export type Shrink = (program: Program, stillFails: (program: Program) => Promise<boolean>) => Promise<Program>;

/** Writes a program as code that a user could paste. */
export type Snippet = (program: Program) => Answers;

/** What reduction needs beside the candidate. */
export interface Reduction {
  open: OpenPair;
  context: Context;
  shrink: Shrink;
  snippet: Snippet;
  /** Stops between candidates and between attempts. */
  signal: AbortSignal;
}

/**
 * What shrinking may cost. It is counted in attempts and not in seconds, so that a slow machine finds the same program;
 * an attempt that takes a subject down costs a restart, one that hangs the whole deadline.
 */
const BUDGET = 240;
const COSTS = { answered: 1, died: 16, hung: 80 } as const;

function costOf(results: readonly Result[]): number {
  const deaths = results.filter((one) => "death" in one);
  if (deaths.some((one) => one.death === "hang" || one.death === "memory")) return COSTS.hung;
  return deaths.length > 0 ? COSTS.died : COSTS.answered;
}

/** Counting while shrinking would count the same difference again and again. */
function silent(context: Context): Context {
  return { ...context, idioms: {}, exercised: new Map(), observed: new Set(), births: new Births(context.births) };
}

/** What never ends meets the deadline or the memory cap, whichever a busy machine reaches first. */
const ENDLESS: readonly CauseId[] = ["hang", "memory"];

function matches(candidate: Candidate, named: readonly Named[]): Named | undefined {
  const endless = ENDLESS.includes(candidate.cause) ? ENDLESS : [];
  const causes = [candidate.cause, ...candidate.alternatives, ...endless];
  return named.find(
    ({ difference, classified }) =>
      difference.member === candidate.member &&
      classified.severity === candidate.severity &&
      causes.includes(classified.cause),
  );
}

function find(
  program: Program,
  left: Result,
  right: Result,
  candidate: Candidate,
  context: Context,
): Named | undefined {
  if (candidate.difference.aspect === "expectation") {
    const { host } = candidate.difference;
    const missed =
      host === context.left
        ? compareWithCase(program, left, host, context)
        : compareWithCase(program, right, context.right, context);
    return matches(
      candidate,
      missed.map((difference) => ({ difference, classified: classify(difference, program, context.lookup) })),
    );
  }
  return matches(candidate, nameDifferences(program, left, right, context).named);
}

/** Shrink on warm subjects. Returns the smallest program that still shows the difference, and how it shows it. */
export async function shrinkCandidate(
  candidate: Candidate,
  pair: Pair,
  reduction: Reduction,
): Promise<{ program: Program; named: Named } | null> {
  const context = silent(reduction.context);
  let program = candidate.program;
  let named: Named | undefined;
  let spent = 0;
  const stillFails = async (smaller: Program): Promise<boolean> => {
    if (reduction.signal.aborted || spent >= BUDGET) return false;
    const [[left], [right]] = await runBoth(pair, [smaller]);
    spent += costOf([left!, right!]);
    const found = find(smaller, left!, right!, candidate, context);
    if (found !== undefined) named = found;
    return found !== undefined;
  };
  const index = candidate.difference.at[0]!;
  // A hand-written case is already what its author wanted to say.
  const attempts =
    candidate.source.origin === "case" ? [program] : [sliceTo(program, index), cutAfter(program, index), program];
  let survived = false;
  for (const attempt of attempts) {
    survived = await stillFails(attempt);
    program = attempt;
    if (survived) break;
  }
  if (!survived || named === undefined) return null;
  if (candidate.source.origin === "case") return { program, named };
  const ordinary = await withoutOddity(candidate, program, named, pair, context);
  if (ordinary !== null) {
    ({ program, named } = ordinary);
    candidate.alternatives = [...candidate.alternatives, named.classified.cause];
  }
  // What the last successful attempt showed belongs to the program that shrinking settles on.
  return { program: await reduction.shrink(program, stillFails), named };
}

/** The program with an ordinary argument in place of the odd one, when it is refused all the same: that is another finding. */
async function withoutOddity(
  candidate: Candidate,
  program: Program,
  { difference, classified }: Named,
  pair: Pair,
  context: Context,
): Promise<{ program: Program; named: Named } | null> {
  if (classified.severity !== "acceptance" || difference.at.length > 1 || difference.blame !== undefined) return null;
  const ordinary = withOrdinary(program, difference.at[0]!, classified.cause);
  if (ordinary === null) return null;
  const [[left], [right]] = await runBoth(pair, [ordinary]);
  const named = nameDifferences(ordinary, left!, right!, context).named.find(
    (one) => one.difference.member === candidate.member && one.classified.severity === "acceptance",
  );
  if (named === undefined) return null;
  const isAlike =
    refusesAlike(difference.left, named.difference.left) && refusesAlike(difference.right, named.difference.right);
  return isAlike ? { program: ordinary, named } : null;
}

/** Whether fresh processes show the difference again. */
export async function confirm(
  candidate: Candidate,
  program: Program,
  reduction: Reduction,
): Promise<Named | undefined> {
  const [named] = await confirmAll([{ candidate, program }], reduction, candidate.source.fixtures);
  return named;
}

/** The same for several candidates, one after the other in the same fresh processes. */
export async function confirmAll(
  shrunk: readonly { candidate: Candidate; program: Program }[],
  reduction: Reduction,
  fixtures?: CaseFile["fixtures"],
): Promise<(Named | undefined)[]> {
  if (shrunk.length === 0) return [];
  const pair = await reduction.open(fixtures);
  try {
    const programs = shrunk.map((one) => one.program);
    const [left, right] = await runBoth(pair, programs);
    return shrunk.map(({ candidate, program }, index) =>
      find(program, left[index]!, right[index]!, candidate, silent(reduction.context)),
    );
  } finally {
    await pair.close();
  }
}

/**
 * Whether values differ only because one side makes up a new one in every run, as random names are: then the hosts differ
 * no more than two runs of one of them. The kind of such a value is still compared, so both have to be of one kind.
 */
export function isMadeUp(first: Difference, again: Difference): boolean {
  const { left, right } = again;
  if (!("value" in left) || !("value" in right) || shapeOf(left.value) !== shapeOf(right.value)) return false;
  return JSON.stringify([first.left, first.right]) !== JSON.stringify([left, right]);
}

function shapeOf(value: Value): string {
  return value !== null && typeof value === "object" ? Object.keys(value).join() : typeof value;
}

/** Write a finding. The id follows what the shrunk program shows, so that an open cause is settled by then. */
export function toFinding(candidate: Candidate, program: Program, named: Named, reduction: Reduction): Finding {
  const { difference, classified } = named;
  const key = keyOf(difference, classified.severity, classified.cause, candidate.source);
  return {
    id: idOf(key),
    severity: classified.severity,
    cause: classified.cause,
    member: difference.member,
    summary: showAspect(difference),
    count: candidate.count,
    origin: candidate.source.origin,
    where: candidate.source.where,
    answers: answersOf(difference, reduction.context),
    snippets: reduction.snippet(program),
    program,
    ...(candidate.source.fixtures !== undefined && { fixtures: candidate.source.fixtures }),
    at: difference.at,
    known: null,
  };
}

function answersOf(difference: Difference, context: Context): Answers {
  const { left, right, host } = difference;
  if (host !== undefined) {
    // One subject against a law or a case: the other one has no part in it.
    const text = `expected ${showAnswer(left, host)}, got ${showAnswer(right, host)}`;
    return host === "python" ? { python: text, node: "not concerned" } : { python: "not concerned", node: text };
  }
  const sides: [string, string] = [showAnswer(left, context.left), showAnswer(right, context.right)];
  return context.left === "python" ? { python: sides[0], node: sides[1] } : { python: sides[1], node: sides[0] };
}
