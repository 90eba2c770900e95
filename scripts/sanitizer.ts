/** Runs the tests of both bindings, and random programs, against libraries that AddressSanitizer watches. */
import { spawnSync } from "node:child_process";
import { copyFileSync, cpSync, rmSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { artifact } from "./build.ts";
import { node, PYTHON, ROOT, run } from "./run.mjs";

/** A copy of both packages with the watched libraries in them; below it, `pairity` means the copy. */
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

async function buildLibraries(): Promise<{ python: string; node: string }> {
  // With a target of its own, build scripts and macros stay unwatched and run as they are.
  const build = ["cargo", "build", "--locked", "--target", findTarget(), "--target-dir", "target/sanitizer"];
  const packages = ["--package", "pairity-python", "--package", "pairity-node"];
  const { code, output } = await run([...build, ...packages, "--message-format=json-render-diagnostics"], {
    // The flag is unstable in name only; this lets a stable compiler take it.
    env: { RUSTC_BOOTSTRAP: "1", RUSTFLAGS: "-Zsanitizer=address", PYO3_BUILD_EXTENSION_MODULE: "1" },
  });
  const [python, native] = [artifact(output, "_native"), artifact(output, "pairity_node")];
  if (code !== 0 || python === undefined || native === undefined) throw new Error(output);
  return { python, node: native };
}

function layOut(libraries: { python: string; node: string }): void {
  const at = (...names: string[]) => join(ROOT, PAIR, ...names);
  rmSync(at(), { recursive: true, force: true });
  cpSync(join(ROOT, "python/pairity"), at("pairity"), { recursive: true });
  copyFileSync(libraries.python, at("pairity/_native.abi3.so"));
  for (const part of ["package.json", "dist", "native"]) {
    cpSync(join(ROOT, "ts/pairity", part), at("node_modules/pairity", part), { recursive: true });
  }
  copyFileSync(libraries.node, at(`node_modules/pairity/native/pairity.${process.platform}-${process.arch}.node`));
  cpSync(join(ROOT, "tests/node"), at("tests/node"), { recursive: true });
}

/** What runs under the sanitizer; each stops the process that does something wrong. */
const COMMANDS: readonly (readonly string[])[] = [
  [PYTHON, "-m", "pytest", "--quiet", "-p", "no:cacheprovider", `--junitxml=${REPORTS}/asan-pytest.xml`],
  [
    ...["vitest", "run", "--root", PAIR, "--testTimeout=120000"],
    ...["--reporter=default", "--reporter=junit", `--outputFile.junit=${join(ROOT, REPORTS)}/asan-vitest.xml`],
  ],
  [
    ...[node(), "ts/cli/dist/main.js", "check", "pairity", "pairity", "--python", PYTHON, "--node-root", PAIR],
    ...["--cases", "tests/cases", "--programs", "2000", "--steps", "10", "--junit", `${REPORTS}/asan-parity.xml`],
  ],
];

const runtime = findRuntime();
layOut(await buildLibraries());
for (const command of COMMANDS) {
  const { code } = await run(command, {
    show: true,
    // Python and V8 keep what they allocate until they end; that is no leak of ours.
    env: { LD_PRELOAD: runtime, ASAN_OPTIONS: "detect_leaks=0", PYTHONPATH: join(ROOT, PAIR), PYTHONMALLOC: "malloc" },
  });
  if (code !== 0) process.exitCode = 1;
}
