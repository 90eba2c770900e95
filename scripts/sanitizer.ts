/**
 * Runs the tests of both bindings, and random programs, against libraries that AddressSanitizer watches.
 * The libraries have the features for tests, so that the tests which need them build nothing under the sanitizer.
 */
import { spawnSync } from "node:child_process";
import { isAbsolute, join } from "node:path";
import { FOR_TESTS, makePair } from "./pair.ts";
import { NODE, PYTHON, ROOT, run } from "./run.mjs";

const PAIR = "target/sanitizer/pair";
const REPORTS = ".cache/reports";

/** The run-time library of the sanitizer, which has to be there before the host's first allocation. */
function findRuntime(): string {
  const { stdout } = spawnSync("gcc", ["-print-file-name=libasan.so"], { encoding: "utf8" });
  const file = stdout?.trim() ?? "";
  if (isAbsolute(file)) return file;
  throw new Error('libasan was not found: install gcc and its sanitizers ("apt-get install gcc" on Debian).');
}

function findTarget(): string {
  const { stdout } = spawnSync("rustc", ["-vV"], { encoding: "utf8" });
  return /^host: (.*)$/m.exec(stdout)?.[1] ?? "";
}

/** The sanitizer's own locks are copied by a fork in whatever state another thread has them, and its child may hang. */
const WITHOUT_FORK = ["--deselect", "tests/python/test_data_processor.py::test_a_fork_has_threads_of_its_own"];

/** What runs under the sanitizer, which ends the process that does something wrong. */
const COMMANDS: readonly (readonly string[])[] = [
  [
    ...[PYTHON, "-m", "pytest", "--quiet", "-p", "no:cacheprovider", `--junitxml=${REPORTS}/asan-pytest.xml`],
    ...WITHOUT_FORK,
  ],
  [
    ...["vitest", "run", "tests/node", "--root", PAIR, "--testTimeout=120000"],
    ...["--reporter=default", "--reporter=junit", `--outputFile.junit=${join(ROOT, REPORTS)}/asan-vitest.xml`],
  ],
  [
    ...[NODE, "ts/cli/dist/main.js", "check", "pairity", "pairity", "--python", PYTHON, "--node-root", PAIR],
    ...["--cases", "tests/cases", "--programs", "2000", "--steps", "10", "--junit", `${REPORTS}/asan-parity.xml`],
    // The sanitizer reserves a large part of the address space, which counts as the memory of a Python worker.
    ...["--max-memory", String(2 ** 47)],
  ],
];

const runtime = findRuntime();
await makePair({
  folder: PAIR,
  // With a target of its own, build scripts and macros stay unwatched and run as they are.
  options: ["--target", findTarget(), "--target-dir", "target/sanitizer", ...FOR_TESTS],
  // The flag is unstable in name only; the first variable lets a stable compiler take it.
  env: { RUSTC_BOOTSTRAP: "1", RUSTFLAGS: "-Zsanitizer=address" },
  tests: ["tests/node", "tests/plugins", "schemas"],
});
// Python and V8 keep what they allocate until they end, which is no leak of ours. What is freed is kept from being used
// again for a while, but not so much of it that tests of memory bounds see it.
const ASAN_OPTIONS = "detect_leaks=0:quarantine_size_mb=16";
const env = { LD_PRELOAD: runtime, ASAN_OPTIONS, PYTHONPATH: join(ROOT, PAIR), PYTHONMALLOC: "malloc" };
// Frames that are watched are many times larger, and tests call each other as deep as Python lets them.
const DEEP = ["sh", "-c", 'ulimit -s 262144 && exec "$@"', "sh"];
for (const command of COMMANDS) {
  const { code } = await run([...DEEP, ...command], { show: true, env });
  if (code !== 0) process.exitCode = 1;
}
