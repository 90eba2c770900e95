/** A report with one finding of each kind, for the tests of the renderers. */
import type { Finding, Report } from "./report.ts";

/** A finding with plausible texts. */
export function sampleFinding(changes: Partial<Finding>): Finding {
  return {
    id: "0a1b2c3d",
    severity: "acceptance",
    cause: "unknown_option_ignored",
    member: "inline",
    summary: "one side fails where the other answers",
    count: 12,
    origin: "random",
    where: null,
    answers: { python: "TypeError: unexpected keyword argument 'option'", node: '"<p>x</p>"' },
    snippets: {
      python: 'from box import inline\nprint(inline("<p>x</p>", option=1))',
      node: 'import { inline } from "box";\nconsole.log(inline("<p>x</p>", { option: 1 }));',
    },
    program: { steps: [{ call: "inline", args: ["<p>x</p>"], kwargs: { option: { int: "1" } } }] },
    at: [0],
    known: null,
    ...changes,
  };
}

/** The report. */
export function sampleReport(): Report {
  return {
    schema: 1,
    tool: { name: "pairity", version: "0.1.0" },
    seed: 7,
    interrupted: false,
    sides: [
      {
        host: "python",
        module: "box",
        distribution: "box-inline",
        version: "1.2.0",
        runtime: "CPython 3.11.7",
        artefacts: [{ file: "/venv/lib/site-packages/box/_box.abi3.so", kind: "native", note: "abi3" }],
        requires: ">=3.9",
      },
      {
        host: "node",
        module: "@box/box",
        distribution: null,
        version: "1.1.0",
        runtime: "Node 20.20.2",
        artefacts: [{ file: "/node_modules/@box/box-linux-x64-gnu/box.linux-x64-gnu.node", kind: "native" }],
        requires: ">=10",
      },
    ],
    skew: "Python loads 1.2.0, Node 1.1.0: differences may come from the versions.",
    alignment: {
      rules: { case: 12, options: 3, protocol: 4 },
      onlyPython: ["Box.legacy"],
      onlyNode: ["version"],
      idioms: [{ host: "python", where: "Box.__reduce__", reason: "pickle" }],
      mismatches: [],
      contradictions: [
        { host: "python", contradiction: { where: "inline", stub: "7 parameters", live: "9 parameters" } },
      ],
    },
    rows: [
      { name: "Box", members: 9, exercised: 9, cases: 40, programs: 18_200, steps: 91_000, differences: 1 },
      { name: "functions", members: 3, exercised: 2, cases: 0, programs: 1_800, steps: 4_000, differences: 4 },
    ],
    totals: { cases: 40, programs: 20_000, steps: 95_000, compared: 94_120, differing: 57 },
    exercised: { "Box.add": 900, inline: 2_000, inline_file: 2_000 },
    skipped: [{ member: "inline_many", reason: "needs a running server" }],
    unreachable: [{ member: "Cursor", reason: "nothing returns one" }],
    idioms: { "explained by int-53": 12, "tuple as array": 4_000 },
    findings: [
      sampleFinding({}),
      sampleFinding({ id: "1a1b2c3d", member: "inline_file" }),
      sampleFinding({
        id: "2a1b2c3d",
        severity: "crash",
        cause: "allocation",
        summary: "the process dies",
        answers: { python: "the process dies of SIGABRT", node: '"<p>x</p>"' },
        count: 2,
      }),
      sampleFinding({
        id: "3a1b2c3d",
        severity: "wrong_value",
        cause: "lone_surrogate",
        member: "Box.label",
        summary: "the results differ",
        answers: { python: '"a\\ud800"', node: '"a\\ufffd"' },
        count: 9,
      }),
      sampleFinding({
        id: "4a1b2c3d",
        severity: "message",
        cause: "error_message",
        member: "inline",
        summary: "both fail, with different texts </script><b>&",
        answers: { python: "ValueError: bad", node: "Error [GenericFailure]: bad input" },
        known: "worded differently on purpose",
      }),
    ],
    unstable: [],
    stale: [],
    verdict: { exit: 1, reasons: [] },
    timing: { total: 12.5 },
  };
}
