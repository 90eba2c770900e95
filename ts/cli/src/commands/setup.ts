/** The first part of every command over a pair: interpreters, surfaces, alignment. */

import type { Finding, Report, SideReport } from "../report/report.ts";
import { idOf } from "../run/collector.ts";
import { align } from "../surface/align.ts";
import { isFailure, loadSurfaces } from "../surface/load.ts";
import type { Alignment, LoadFailure, Surface } from "../surface/surface.ts";
import { findNodeRoot, findPython } from "./interpreter.ts";
import { UsageError } from "./usage.ts";

/** The pair as the command line names it. */
export interface PairOptions {
  python?: string;
  nodeRoot?: string;
}

/** The pair with its interpreters found. */
export interface PairSpec {
  pythonModule: string;
  nodeModule: string;
  python: string;
  nodeRoot: string;
}

/** Find the interpreters. */
export async function findPair(pythonModule: string, nodeModule: string, options: PairOptions): Promise<PairSpec> {
  const nodeRoot = findNodeRoot(options.nodeRoot);
  return { pythonModule, nodeModule, nodeRoot, python: await findPython(options.python) };
}

/** Both surfaces aligned, or why a side did not load. */
export type Loaded = { alignment: Alignment } | { failures: LoadFailure[]; loaded: Surface[] };

/** Load both surfaces at once and align them. A module that is not there at all is the caller's mistake. */
export async function loadPair(spec: PairSpec, names: Readonly<Record<string, string>> = {}): Promise<Loaded> {
  const sides = await loadSurfaces(
    { module: spec.pythonModule, python: spec.python },
    { module: spec.nodeModule, root: spec.nodeRoot },
  );
  const all = [sides.python, sides.node];
  const failures = all.filter(isFailure);
  const absent = failures.find((one) => !one.found);
  if (absent !== undefined) throw new UsageError(absentText(absent, spec));
  if (failures.length > 0) return { failures, loaded: all.filter((one): one is Surface => !isFailure(one)) };
  return { alignment: align(sides.python as Surface, sides.node as Surface, { names }) };
}

function absentText(failure: LoadFailure, spec: PairSpec): string {
  return failure.host === "python"
    ? `There is no Python module "${failure.module}" for ${spec.python}; install it there, or name another interpreter with --python.`
    : `There is no Node package "${failure.module}" in ${spec.nodeRoot}; install it there, or name another folder with --node-root.`;
}

/** A report that says which side does not load, in the loader's own words. */
export function failureReport(
  loaded: Extract<Loaded, { failures: LoadFailure[] }>,
  spec: PairSpec,
  version: string,
  seed: number,
): Report {
  const findings = loaded.failures.map(failureFinding);
  const surfaceOf = (host: "python" | "node"): SideReport => {
    const surface = loaded.loaded.find((one) => one.host === host);
    return {
      host,
      module: host === "python" ? spec.pythonModule : spec.nodeModule,
      distribution: surface?.distribution ?? null,
      version: surface?.version ?? null,
      runtime: surface?.runtime ?? "does not load",
      artefacts: surface?.artefacts ?? [],
      requires: surface?.requires ?? null,
    };
  };
  return {
    schema: 1,
    tool: { name: "pairity", version },
    seed,
    interrupted: false,
    sides: [surfaceOf("python"), surfaceOf("node")],
    skew: null,
    alignment: { rules: {}, onlyPython: [], onlyNode: [], idioms: [], mismatches: [], contradictions: [] },
    rows: [],
    totals: { cases: 0, programs: 0, steps: 0, compared: 0, differing: 0 },
    exercised: {},
    skipped: [],
    unreachable: [],
    idioms: {},
    findings,
    unstable: [],
    stale: [],
    verdict: {
      exit: 1,
      reasons: [`${loaded.failures.map((one) => one.module).join(" and ")} is there and does not load`],
    },
    timing: {},
  };
}

function failureFinding(failure: LoadFailure): Finding {
  const text = `${failure.classes[0] ?? "Error"}${failure.code === null ? "" : ` [${failure.code}]`}: ${failure.message}`;
  const isPython = failure.host === "python";
  const program = { steps: [] };
  return {
    id: idOf(`load|${failure.host}|${failure.module}`),
    severity: "crash",
    cause: "load",
    member: failure.module,
    summary: `${isPython ? "the Python module" : "the Node package"} does not load`,
    count: 1,
    origin: "surface",
    where: null,
    answers: { python: isPython ? text : "not concerned", node: isPython ? "not concerned" : text },
    snippets: {
      python: isPython ? `import ${failure.module}` : "",
      node: isPython ? "" : `import * as library from "${failure.module}";`,
    },
    program,
    at: [],
    known: null,
  };
}
