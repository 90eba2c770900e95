// Finds the toolchains that a set-up needs, and says in one sentence what to install where one is missing or too old.
// Plain JavaScript that an old Node can still parse, since it is what tells that Node is too old.

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PYTHON, ROOT } from "./run.mjs";

const NODE = "20.19";
const PYTHON_OLDEST = "3.11";
const PYTHON_NAMES = ["python3", "python", "python3.13", "python3.12", "python3.11"];

/** A toolchain is missing; the message says what to install. */
export class SetUpError extends Error {}

/**
 * @param {string} found
 * @param {string} oldest
 */
function isAtLeast(found, oldest) {
  const [major = 0, minor = 0] = found.split(".").map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = oldest.split(".").map(Number);
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}

/**
 * The first line that a command prints, or undefined where it cannot be run.
 * @param {string} program
 * @param {string[]} args
 */
function ask(program, args) {
  const { status, stdout } = spawnSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  return status === 0 ? stdout.trim().split("\n")[0] : undefined;
}

function checkNode() {
  const found = process.versions.node;
  if (isAtLeast(found, NODE)) return;
  throw new SetUpError(`Node ${found} is too old: install Node ${NODE} or newer.`);
}

/**
 * Checks cargo and rustc.
 * @returns {string} the version of the compiler
 */
function checkRust() {
  const oldest = /rust-version = "([\d.]+)"/.exec(readFileSync(join(ROOT, "Cargo.toml"), "utf8"))?.[1] ?? "1.0";
  const cargo = ask("cargo", ["--version"]);
  const compiler = ask("rustc", ["--version"]);
  if (cargo === undefined || compiler === undefined) {
    throw new SetUpError(`cargo was not found: install Rust ${oldest} or newer with rustup (rustup.rs).`);
  }
  const found = /\d+\.\d+/.exec(compiler)?.[0] ?? "0.0";
  if (isAtLeast(found, oldest)) return compiler;
  throw new SetUpError(`Rust ${found} is too old: run "rustup update" for Rust ${oldest} or newer.`);
}

/**
 * Finds a Python that can make a virtual environment.
 * @returns {string} its name or path
 */
export function findPython() {
  const version = "import sys; print('%d.%d' % sys.version_info[:2])";
  let tooOld = "";
  let withoutVenv = "";
  for (const name of PYTHON_NAMES) {
    const found = ask(name, ["-c", version]);
    if (found === undefined) continue;
    if (!isAtLeast(found, PYTHON_OLDEST)) tooOld ||= found;
    else if (ask(name, ["-c", "import venv, ensurepip; print('ok')"]) === "ok") return name;
    else withoutVenv ||= found;
  }
  if (withoutVenv) {
    throw new SetUpError(
      `Python ${withoutVenv} has no venv module: install it ("apt-get install python3-venv" on Debian and Ubuntu).`,
    );
  }
  if (tooOld) throw new SetUpError(`Python ${tooOld} is too old: install Python ${PYTHON_OLDEST} or newer with venv.`);
  throw new SetUpError(`Python was not found: install Python ${PYTHON_OLDEST} or newer with venv.`);
}

/**
 * The version of the interpreter in the virtual environment; undefined where there is none that runs.
 * @param {string} [interpreter]
 */
export function environmentPython(interpreter = PYTHON) {
  const found = ask(interpreter, ["-c", "import sys, pip; print(sys.version)"]);
  return found !== undefined && isAtLeast(found, PYTHON_OLDEST) ? found : undefined;
}

/**
 * Checks every toolchain.
 * @param {string} [interpreter] where the virtual environment has its Python
 * @returns {{rust: string, python: string | undefined}} the version of the compiler, and that of the interpreter in
 * the virtual environment where there is one already
 */
export function checkToolchains(interpreter = PYTHON) {
  checkNode();
  const rust = checkRust();
  const python = environmentPython(interpreter);
  if (python === undefined) findPython();
  return { rust, python };
}
