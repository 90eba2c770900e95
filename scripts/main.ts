/** The task list of the repository: what stands behind each script of package.json. */
import { BuildError, build } from "./build.ts";
import { print } from "./progress.mjs";
import { run } from "./run.mjs";
import { runSuites } from "./runner.ts";
import { BENCH, FORMATTERS, PARITY, SUITES, WATCHERS } from "./suites.ts";
import { writeTypes } from "./types.ts";

const PROGRAMS = "20000";
const USAGE = 2;

async function show(command: readonly string[]): Promise<number> {
  return (await run(command, { show: true })).code;
}

function usage(message: string): number {
  console.error(message);
  return USAGE;
}

async function test(names: readonly string[]): Promise<number> {
  const unknown = names.filter((name) => SUITES.every((suite) => suite.name !== name));
  if (unknown.length > 0) {
    return usage(`No suite "${unknown.join('", "')}"; there are ${SUITES.map((suite) => suite.name).join(", ")}.`);
  }
  return runSuites(SUITES.filter(({ name, group }) => (names.length > 0 ? names.includes(name) : group !== "apart")));
}

async function format(): Promise<number> {
  let code = 0;
  for (const command of FORMATTERS) code ||= await show(command);
  return code;
}

/** The proof: the parity check of the class library, its table and its page. */
function prove(args: readonly string[]): Promise<number> {
  return show([...PARITY, "--programs", PROGRAMS, "--html", "reports/parity.html", ...args]);
}

/** The class library in both runtimes, then the engine that compares them, which no filter asks for. */
async function bench(args: readonly string[]): Promise<number> {
  const code = await show([...BENCH, "--html", "reports/bench.html", ...args]);
  if (code !== 0 || args.includes("--filter") || args.includes("--json")) return code;
  // Loaded only here: no other task should need sources that compile.
  const { measureEngine } = await import("./throughput.ts");
  return measureEngine();
}

/** The tasks by name; each returns the exit code. */
const TASKS: Record<string, (args: readonly string[], rust: string) => Promise<number>> = {
  start: prove,
  parity: prove,
  test,
  build: async () => {
    print("Everything is built and up to date.");
    return 0;
  },
  bench,
  "bench:watchers": (args) => show([...WATCHERS, ...args]),
  check: () => runSuites(SUITES.filter(({ group }) => group === "check")),
  fmt: format,
  types: (args, rust) => writeTypes(args, () => build("all", rust)),
};

/**
 * Carries out one task of package.json, after it has built what is not up to date.
 *
 * @param args the name of the task and what was written behind it
 * @param rust the version of the compiler
 * @returns the exit code
 */
export async function main(args: readonly string[], rust: string): Promise<number> {
  const [name = "", ...rest] = args;
  const task = TASKS[name];
  if (task === undefined) return usage(`No task "${name}"; there are ${Object.keys(TASKS).join(", ")}.`);
  try {
    // Formatting must also work on sources that do not build.
    // The sources may need what the generated files do not say yet.
    if (name !== "fmt") await build(name === "types" ? "bindings" : "all", rust);
    return await task(rest, rust);
  } catch (error) {
    if (error instanceof BuildError) return 1;
    throw error;
  }
}
