// Starts the commands of the task runner: each in a process group of its own, without input, with a time budget.
// Plain JavaScript, since it runs before any dependency is installed.

import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The root of the repository. */
export const ROOT = fileURLToPath(new URL("..", import.meta.url));

const SCRIPTS = process.platform === "win32" ? "Scripts" : "bin";

/** The Python interpreter of the repository's own environment. */
export const PYTHON = join(ROOT, ".venv", SCRIPTS, process.platform === "win32" ? "python.exe" : "python");

/** The Node interpreter that runs this. */
export const NODE = process.execPath;

/** Exit code of a run that the user interrupted, as shells count it. */
export const INTERRUPTED = 130;

/** How long a command that was asked to stop is waited for, in milliseconds. */
const GRACE = 5000;

/**
 * @typedef {object} Outcome
 * @property {number} code the exit code; 1 where a signal ended the command, 127 where it could not be started
 * @property {string} output what it wrote to both of its streams, in order
 * @property {boolean} expired whether it was stopped because its budget was used up
 */

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd] the folder to run in; the repository without it
 * @property {Record<string, string>} [env] variables to add
 * @property {number} [seconds] the budget; none without it
 * @property {boolean} [show] whether its output goes to the terminal instead of into the outcome
 */

/** @typedef {import("node:child_process").ChildProcess} Child */

/** @type {Set<Child>} */
const groups = new Set();
/** @type {Set<Child>} */
const shown = new Set();
let interrupted = false;

/**
 * The environment of every command: the tools of the repository come first, and nothing that would make a tool look
 * elsewhere or keep it from writing byte code (which would hide reload bugs from the tests) is handed on.
 * @returns {Record<string, string>}
 */
function environment() {
  const { PYTHONHOME, PYTHONPATH, PYTHONDONTWRITEBYTECODE, NODE_OPTIONS, NODE_PATH, ...rest } = process.env;
  const tools = [join(ROOT, ".venv", SCRIPTS), join(ROOT, "node_modules", ".bin")];
  return {
    .../** @type {Record<string, string>} */ (rest),
    PATH: [...tools, process.env.PATH ?? ""].join(delimiter),
    VIRTUAL_ENV: join(ROOT, ".venv"),
    PYTHONUTF8: "1",
    // What is printed again on failure goes where this process prints to.
    ...(process.stdout.isTTY ? {} : { NO_COLOR: "1" }),
  };
}

/**
 * @param {Child} child
 * @param {NodeJS.Signals} signal
 */
function signalGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    child.kill(signal);
  }
}

function endAll() {
  for (const child of groups) signalGroup(child, "SIGKILL");
  for (const child of shown) child.kill("SIGKILL");
}

/** @param {NodeJS.Signals} signal */
function interrupt(signal) {
  if (!interrupted) console.error("Interrupted.");
  interrupted = true;
  for (const child of groups) signalGroup(child, signal);
  // A terminal has told a shown command itself, and a second interrupt may mean "at once" to it.
  if (signal !== "SIGINT" || !process.stdin.isTTY) for (const child of shown) child.kill(signal);
  setTimeout(() => process.exit(INTERRUPTED), GRACE).unref();
}

function endGroupsWithThis() {
  if (process.listeners("SIGINT").includes(interrupt)) return;
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) process.on(signal, interrupt);
  process.on("exit", endAll);
}

/**
 * Runs a command to its end; never throws for what the command does.
 * @param {readonly string[]} command the program and its arguments
 * @param {RunOptions} [options]
 * @returns {Promise<Outcome>}
 */
export function run(command, { cwd = ROOT, env = {}, seconds, show = false } = {}) {
  endGroupsWithThis();
  const [program = "", ...args] = command;
  const child = spawn(program, args, {
    cwd,
    env: { ...environment(), ...env },
    // A shown command stays in the terminal's group, so that it may colour, size and interrupt itself by it.
    detached: !show && process.platform !== "win32",
    stdio: show ? ["ignore", "inherit", "inherit"] : ["ignore", "pipe", "pipe"],
  });
  const children = show ? shown : groups;
  children.add(child);
  /** @type {Buffer[]} */
  const chunks = [];
  child.stdout?.on("data", (chunk) => chunks.push(chunk));
  child.stderr?.on("data", (chunk) => chunks.push(chunk));
  let expired = false;
  const budget =
    seconds === undefined
      ? undefined
      : setTimeout(() => {
          expired = true;
          // First so that it can end what runs in groups of its own, as this runner would.
          signalGroup(child, "SIGTERM");
          setTimeout(() => signalGroup(child, "SIGKILL"), GRACE).unref();
        }, seconds * 1000);
  return new Promise((resolve) => {
    /** @param {number} code @param {string} [trouble] */
    const finish = (code, trouble = "") => {
      clearTimeout(budget);
      children.delete(child);
      if (interrupted && groups.size + shown.size === 0) process.exit(INTERRUPTED);
      resolve({ code, output: Buffer.concat(chunks).toString("utf8") + trouble, expired });
    };
    child.on("error", (error) => finish(127, error.message));
    // What a command leaves behind in its group is ended with it; it would keep the output open otherwise.
    child.on("exit", () => groups.has(child) && signalGroup(child, "SIGKILL"));
    child.on("close", (code) => finish(code ?? 1));
  });
}
