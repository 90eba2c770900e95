/** A whole run: cases, random programs, known differences, reduction, report. */

import { Births } from "../compare/births.ts";
import { Lookup } from "../compare/lookup.ts";
import type { Context } from "../compare/values.ts";
import type { Step } from "../program/program.ts";
import type { Finding, Report, SideReport, StaleKnown, Unexercised, Verdict } from "../report/report.ts";
import type { Alignment, Surface } from "../surface/surface.ts";
import { type NamedCases, runCases } from "./cases.ts";
import { type Candidate, Collector } from "./collector.ts";
import { ProgramCount, summarise } from "./coverage.ts";
import { reduceAll } from "./findings.ts";
import { applyKnown, type Known, staleness } from "./known.ts";
import { type Drawn, runRandom, untilAborted } from "./random.ts";
import type { Reduction, Shrink, Snippet } from "./reduce.ts";
import { type OpenPair, type Pair, runBoth } from "./runner.ts";
import { Throttle } from "./throttle.ts";

/** What a run is told. */
export interface CheckPlan {
  alignment: Alignment;
  open: OpenPair;
  shrink: Shrink;
  snippet: Snippet;
  /** Random programs in batches, in an order that the seed alone decides. */
  batches: Iterator<Drawn[]>;
  /** Told each step that took a process down; its member too, while that has done nothing else so far. */
  avoid: (step: Step, member?: string) => void;
  cases: readonly NamedCases[];
  known: readonly Known[];
  seed: number;
  /** Random programs that are asked for; for progress only. */
  programs: number;
  floatUlps: number;
  hash: Context["hash"];
  policy?: NonNullable<Context["policy"]>;
  normalise?: NonNullable<Context["normalise"]>;
  /** Members that no program can reach, as the generator says at the end. */
  unreachable: () => readonly Unexercised[];
  version: string;
  signal: AbortSignal;
  /** Seconds after which no further random programs are run. */
  maxSeconds?: number;
}

/** What a run tells while it goes on. */
export interface CheckEvents {
  phase(name: "cases" | "random" | "findings", total: number): void;
  progress(done: number): void;
  found(candidate: Candidate): void;
}

/** Run and report. */
export async function check(plan: CheckPlan, events: CheckEvents): Promise<Report> {
  const started = performance.now();
  const timing: Record<string, number> = {};
  const context: Context = {
    left: "python",
    right: "node",
    lookup: new Lookup(plan.alignment),
    floatUlps: plan.floatUlps,
    hash: plan.hash,
    idioms: {},
    exercised: new Map(),
    observed: new Set(),
    births: new Births(),
    ...(plan.policy !== undefined && { policy: plan.policy }),
    ...(plan.normalise !== undefined && { normalise: plan.normalise }),
  };
  const collector = new Collector(context, (candidate) => {
    // Since the process began: what a person waited for.
    timing.firstFinding ??= performance.now();
    events.found(candidate);
  });
  const counts = new ProgramCount();
  const throttle = new Throttle();
  const pair = await plan.open();
  let apart: Promise<Pair> | undefined;
  let cases = 0;
  let random = 0;
  const enough = new AbortController();
  const interrupt = () => enough.abort();
  plan.signal.addEventListener("abort", interrupt, { once: true });
  let timer: NodeJS.Timeout | undefined;
  try {
    await replayKnown(plan, pair, collector);
    const afterKnown = collector.compared;
    events.phase(
      "cases",
      plan.cases.reduce((total, one) => total + one.cases.programs.length, 0),
    );
    cases = await runCases(plan.cases, pair, plan.open, context, collector, counts, plan.signal);
    timing.cases = performance.now() - started;
    timing.caseSteps = collector.compared - afterKnown;
    events.phase("random", plan.programs);
    timer = plan.maxSeconds === undefined ? undefined : setTimeout(() => enough.abort(), plan.maxSeconds * 1_000);
    const before = performance.now();
    const spent = await runRandom(
      pair,
      () => {
        apart ??= plan.open();
        return apart;
      },
      counted(plan.batches, counts),
      collector,
      throttle,
      (step, member) => plan.avoid(step, context.exercised.has(member) ? undefined : member),
      enough.signal,
      (done) => {
        random += done;
        events.progress(random);
      },
    );
    Object.assign(timing, { ...spent, random: performance.now() - before, randomSteps: collector.compared });
  } finally {
    clearTimeout(timer);
    plan.signal.removeEventListener("abort", interrupt);
    const opened = await apart?.catch(() => undefined);
    await Promise.all([pair.close(), opened?.close()]);
  }
  const candidates = [...collector.candidates.values()];
  events.phase("findings", candidates.length);
  const reduction: Reduction = { ...plan, context };
  const since = performance.now();
  let done = 0;
  const reduced = await reduceAll(candidates, reduction, () => events.progress(++done));
  timing.findings = performance.now() - since;
  applyKnown(reduced.findings, plan.known);
  const stale = staleEntries(plan, reduced.findings);
  const unreachable = plan.unreachable();
  const coverage = summarise(plan.alignment, context, counts, reduced.findings, unreachable);
  timing.total = performance.now() - started;
  return {
    schema: 1,
    tool: { name: "pairity", version: plan.version },
    seed: plan.seed,
    interrupted: plan.signal.aborted,
    ...surfaceReport(plan.alignment),
    ...coverage,
    skipped: [...coverage.skipped, ...throttle.held],
    totals: {
      cases,
      programs: random,
      steps: [...context.exercised.values()].reduce((total, one) => total + one.calls, 0),
      compared: collector.compared,
      differing: collector.differing,
    },
    unreachable: [...unreachable],
    idioms: context.idioms,
    ...reduced,
    stale,
    verdict: decide(plan, collector, reduced.findings, stale, enough.signal.aborted ? random : null),
    timing: Object.fromEntries(Object.entries(timing).map(([name, value]) => [name, Math.round(value)])),
  };
}

function* counted(batches: Iterator<Drawn[]>, counts: ProgramCount): Generator<Drawn[]> {
  for (let next = batches.next(); next.done !== true; next = batches.next()) {
    for (const { program } of next.value) counts.add(program, "random");
    yield next.value;
  }
}

/** Known differences are tried in every run: otherwise one that random programs happen to miss would count as gone. */
async function replayKnown(plan: CheckPlan, pair: Pair, collector: Collector): Promise<void> {
  for (const entry of plan.known) {
    const results = await untilAborted(runBoth(pair, [entry.program]), plan.signal);
    if (results === null) return;
    const [[left], [right]] = results;
    collector.add(entry.program, left!, right!, { origin: "known", where: null });
  }
}

function staleEntries(plan: CheckPlan, findings: readonly Finding[]): StaleKnown[] {
  if (plan.signal.aborted) return [];
  const ofMember = (entry: Known) =>
    findings.filter((one) => one.id === entry.id || (one.member === entry.member && one.known === null));
  return plan.known.map((entry) => staleness(entry, ofMember(entry))).filter((one) => one !== null);
}

/** What was loaded and how it lines up, as the report has it. */
export function surfaceReport(alignment: Alignment): Pick<Report, "sides" | "skew" | "alignment"> {
  const { python, node } = alignment;
  return {
    sides: [sideReport(python), sideReport(node)],
    skew: skewOf(python, node),
    alignment: {
      rules: alignment.rules,
      onlyPython: alignment.onlyPython,
      onlyNode: alignment.onlyNode,
      idioms: alignment.idioms,
      mismatches: alignment.mismatches,
      contradictions: [python, node].flatMap(({ host, contradictions }) =>
        contradictions.map((contradiction) => ({ host, contradiction })),
      ),
    },
  };
}

function sideReport(surface: Surface): SideReport {
  return {
    host: surface.host,
    module: surface.module,
    distribution: surface.distribution ?? null,
    version: surface.version,
    runtime: surface.runtime,
    artefacts: surface.artefacts.filter((one) => one.kind !== "stub"),
    requires: surface.requires ?? null,
  };
}

function skewOf(python: Surface, node: Surface): string | null {
  if (python.version === null || node.version === null || python.version === node.version) return null;
  return `Python loads ${python.version}, Node ${node.version}: differences may come from the versions.`;
}

function decide(
  plan: CheckPlan,
  collector: Collector,
  findings: readonly Finding[],
  stale: readonly StaleKnown[],
  /** How many random programs ran, when time was up before all had. */
  stoppedAt: number | null,
): Verdict {
  const reasons: string[] = [];
  if (plan.signal.aborted) return { exit: 130, reasons: ["interrupted: this is what was found so far"] };
  const open = findings.filter((one) => one.known === null);
  if (collector.compared === 0 && open.length === 0) {
    return { exit: 2, reasons: ["nothing was exercised: no step was answered by both sides"] };
  }
  if (stoppedAt !== null) {
    const [ran, asked] = [stoppedAt, plan.programs].map((one) => one.toLocaleString("en"));
    reasons.push(
      `the library takes its time: ${ran} of ${asked} random programs ran in ${plan.maxSeconds} seconds; --max-seconds sets another limit, 0 none`,
    );
  }
  if (stale.length > 0) reasons.push(`${stale.length} known difference${stale.length === 1 ? "" : "s"} no longer hold`);
  return { exit: open.length > 0 || stale.length > 0 ? 1 : 0, reasons };
}

/** Whether the alignment has anything to run. */
export function isEmpty(alignment: Alignment): boolean {
  return alignment.classes.length === 0 && alignment.functions.length === 0;
}
