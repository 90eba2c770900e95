/**
 * Runs the tests of the Node binding under valgrind, and fails on errors that have the binding on their stack.
 * A read of a freed box, planted in the border for once, was found here (an invalid read) and by `sanitizer.ts` (a
 * heap-use-after-free).
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FOR_TESTS, makePair } from "./pair.ts";
import { NODE, ROOT, run } from "./run.mjs";

const PAIR = "target/valgrind/pair";
// What the border does with memory; the other tests cross it in the same ways, with far more beside it to watch.
const TESTS = ["border", "panics", "lifetime"].map((name) => `tests/node/${name}.test.ts`);
const REPORT = ".cache/reports/valgrind.xml";

/** Whether V8 was reading a stack word by word, as its collector does, whoever made it collect. */
function isStackScan(error: string): boolean {
  return /<fn>([^<]*)<\/fn>/.exec(error)?.[1]?.includes("IteratePointersInStack") ?? false;
}

// V8 also reuses pages of code. What it does by itself is not ours, and neither are leaks: Node ends without freeing
// what is alive, and so without finalizing its handles.
function ownErrors(xml: string): string[] {
  const errors = xml.match(/<error>[\s\S]*?<\/error>/g) ?? [];
  const wrong = errors.filter((error) => !/<kind>Leak_/.test(error) && !isStackScan(error));
  return wrong.filter((error) => /<obj>[^<]*\bpairity\.[^<]*\.node<\/obj>/.test(error));
}

/** An error as lines: what happened, then the innermost functions, without V8's own below them. */
function describe(error: string): string {
  const what = /<(?:what|text)>([^<]*)</.exec(error)?.[1] ?? "error";
  const frames = [...error.matchAll(/<fn>([^<]*)<\/fn>/g)].map(([, name = ""]) => `    ${name}`);
  const lines = [what, ...frames.slice(0, 12)].join("\n");
  return lines.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

// Not the release: a build for development has the lines of its frames, and the tests need not build under valgrind what
// it has beside them.
await makePair({
  folder: PAIR,
  // As the leak tests have it, which share the build.
  options: [...FOR_TESTS, "--target-dir", "target/test-panics", "--config", "profile.dev.opt-level=1"],
  tests: ["tests/node"],
});

const folder = mkdtempSync(join(tmpdir(), "pairity-valgrind-"));
try {
  const log = join(folder, "%p.xml");
  const valgrind = [
    "valgrind",
    "--quiet",
    "--trace-children=yes",
    "--xml=yes",
    `--xml-file=${log}`,
    "--num-callers=40",
  ];
  // One worker at a time: vitest gives up on one that has not started after 90 seconds, whatever its options say.
  const patience = ["--testTimeout=600000", "--hookTimeout=600000", "--teardownTimeout=600000"];
  const { code } = await run(
    [
      ...[
        ...valgrind,
        NODE,
        "node_modules/vitest/vitest.mjs",
        "run",
        "--root",
        PAIR,
        ...TESTS,
        "--maxWorkers=1",
        ...patience,
      ],
      ...["--reporter=default", "--reporter=junit", `--outputFile.junit=${join(ROOT, REPORT)}`],
    ],
    { show: true },
  );
  const logs = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
  const errors = logs.flatMap(ownErrors);
  for (const error of errors) console.log(describe(error));
  console.log(`${errors.length} errors of the binding in ${logs.length} processes under valgrind.`);
  if (logs.length === 0) throw new Error('valgrind was not found: install it ("apt-get install valgrind" on Debian).');
  process.exitCode = code !== 0 || errors.length > 0 ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
