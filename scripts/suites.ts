/** Every suite in one table. A new check or a new test runner is a new entry here and nothing else. */
import { type Count, cargoTests, junitReports, mutants } from "./counts.ts";
import { NODE, PYTHON } from "./run.mjs";

/** What `npm test` and `npm run check` run, and how the result is counted. */
export interface Suite {
  /** The name to run it alone by: `npm test -- NAME`. */
  readonly name: string;
  readonly title: string;
  readonly command: readonly string[];
  /** Its budget in seconds; a suite that needs longer has failed. */
  readonly seconds: number;
  /** How many of the two cores it keeps busy; what measures time takes both. */
  readonly cores: 1 | 2;
  /**
   * A `check` reads the sources, a `test` runs them, and what needs downloads beyond the set-up or tools that not every
   * machine has is `apart`: it runs only when it is named.
   */
  readonly group: "check" | "test" | "apart";
  /** Counts its tests; without it the suite itself counts as one. */
  readonly count?: Count;
}

const REPORTS = ".cache/reports";
const TSC = [NODE, "node_modules/typescript/bin/tsc"];

/** The parity check of the class library; its table and its page are the proof. */
export const PARITY = [
  ...[NODE, "ts/cli/dist/main.js", "check", "pairity", "pairity", "--python", PYTHON, "--node-root", "."],
  ...["--cases", "tests/cases", "--steps", "10"],
];

/** The benchmarks of the class library; further options go behind it. */
export const BENCH = [
  NODE,
  "ts/cli/dist/main.js",
  "bench",
  "benches/operations.json",
  "--python",
  PYTHON,
  "--root",
  ".",
];

/** Watchers of files side by side; further options go behind it. */
export const WATCHERS = [NODE, "--import", "tsx", "benches/watchers/main.ts"];

function vitest(project: string): Pick<Suite, "command" | "count"> {
  const report = `${REPORTS}/vitest-${project}.xml`;
  const reporters = ["--reporter=default", "--reporter=junit", `--outputFile.junit=${report}`];
  return { command: ["vitest", "run", "--project", project, ...reporters], count: junitReports(report) };
}

function parity(name: string, programs: number): Pick<Suite, "command" | "count"> {
  const report = `${REPORTS}/${name}.xml`;
  // Another seed than that of `npm start`, so that the two together see more.
  const random = ["--programs", String(programs), "--seed", "2"];
  return { command: [...PARITY, ...random, "--junit", report], count: junitReports(report) };
}

/** The suites in the order in which they are started: the long ones first. */
export const SUITES: readonly Suite[] = [
  {
    name: "clippy",
    title: "clippy",
    command: [
      "cargo",
      "clippy",
      "--workspace",
      "--lib",
      "--tests",
      "--all-features",
      "--locked",
      "--",
      "--deny",
      "warnings",
    ],
    seconds: 300,
    cores: 2,
    group: "check",
  },
  {
    name: "cargo-test",
    title: "cargo test",
    command: ["cargo", "test", "--workspace", "--locked", "--no-fail-fast"],
    seconds: 300,
    cores: 2,
    group: "test",
    count: cargoTests,
  },
  {
    name: "vitest",
    title: "vitest",
    ...vitest("unit"),
    seconds: 600,
    cores: 2,
    group: "test",
  },
  {
    name: "pytest",
    title: "pytest",
    command: [PYTHON, "-m", "pytest", "--quiet", `--junitxml=${REPORTS}/pytest.xml`],
    seconds: 300,
    cores: 1,
    group: "test",
    count: junitReports(`${REPORTS}/pytest.xml`),
  },
  {
    name: "cases",
    title: "cases against both bindings",
    ...parity("cases", 0),
    seconds: 120,
    cores: 2,
    group: "test",
  },
  {
    name: "random",
    title: "random programs",
    ...parity("random", 5000),
    seconds: 180,
    cores: 2,
    group: "test",
  },
  {
    name: "mutants",
    title: "mutants of the bindings",
    command: [...PARITY, "--self-test"],
    seconds: 240,
    // It mostly waits: for workers that start, and for those that hang on purpose.
    cores: 1,
    group: "test",
    count: mutants,
  },
  {
    name: "bench",
    title: "benches (fast)",
    command: [...BENCH, "--fast"],
    seconds: 120,
    cores: 2,
    group: "test",
  },
  {
    name: "leaks",
    title: "leaks (100,000 objects of a class)",
    ...vitest("leaks"),
    seconds: 600,
    cores: 2,
    group: "test",
  },
  {
    name: "rustfmt",
    title: "rustfmt",
    command: ["cargo", "fmt", "--all", "--check"],
    seconds: 60,
    cores: 1,
    group: "check",
  },
  {
    name: "mypy",
    title: "mypy --strict",
    command: [PYTHON, "-m", "mypy"],
    seconds: 120,
    cores: 1,
    group: "check",
  },
  {
    name: "stubtest",
    title: "stubtest",
    command: [
      PYTHON,
      "-m",
      "mypy.stubtest",
      "pairity",
      "--mypy-config-file",
      "pyproject.toml",
      "--allowlist",
      "tests/python/stubtest.txt",
    ],
    seconds: 120,
    cores: 1,
    group: "check",
  },
  {
    name: "tidy",
    title: "tidy",
    ...vitest("tidy"),
    seconds: 300,
    cores: 1,
    group: "check",
  },
  {
    name: "tsc",
    title: "tsc",
    command: [...TSC, "--project", "."],
    seconds: 120,
    cores: 1,
    group: "check",
  },
  {
    name: "biome",
    title: "biome",
    command: ["biome", "check", "--error-on-warnings"],
    seconds: 60,
    cores: 1,
    group: "check",
  },
  {
    name: "ruff",
    title: "ruff check",
    command: ["ruff", "check"],
    seconds: 60,
    cores: 1,
    group: "check",
  },
  {
    name: "ruff-format",
    title: "ruff format",
    command: ["ruff", "format", "--check"],
    seconds: 60,
    cores: 1,
    group: "check",
  },
  {
    name: "package",
    title: "installed packages",
    ...vitest("package"),
    seconds: 600,
    cores: 2,
    group: "apart",
  },
  {
    name: "sanitizer",
    title: "AddressSanitizer",
    command: [NODE, "--import", "tsx", "scripts/sanitizer.ts"],
    seconds: 1200,
    cores: 2,
    group: "apart",
    count: junitReports(...["pytest", "vitest", "parity"].map((name) => `${REPORTS}/asan-${name}.xml`)),
  },
  {
    name: "valgrind",
    title: "valgrind",
    command: [NODE, "--import", "tsx", "scripts/valgrind.ts"],
    seconds: 1200,
    cores: 2,
    group: "apart",
    count: junitReports(`${REPORTS}/valgrind.xml`),
  },
  {
    name: "pairs",
    title: "published pairs",
    ...vitest("pairs"),
    seconds: 1800,
    cores: 2,
    group: "apart",
  },
  {
    name: "watchers",
    title: "watchers side by side",
    command: WATCHERS,
    seconds: 1800,
    cores: 2,
    group: "apart",
  },
  {
    name: "leaks-full",
    title: "leaks (1,000,000 objects of a class)",
    ...vitest("leaks-full"),
    seconds: 1800,
    cores: 2,
    group: "apart",
  },
];

/** The commands that bring every source into its format. */
export const FORMATTERS: readonly (readonly string[])[] = [
  ["cargo", "fmt", "--all"],
  ["biome", "check", "--write"],
  ["ruff", "check", "--fix"],
  ["ruff", "format"],
];
