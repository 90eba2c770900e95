// Tells by content whether a step has anything to do: a stamp keeps the hash of what went in and of what came out.
// Times are not asked: a fresh clone, a branch switch or a touched file must neither rebuild nor be taken as built.
// Plain JavaScript, since it runs before any dependency is installed.

import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { ROOT } from "./run.mjs";

const SKIPPED = new Set(["node_modules", "target", "__pycache__"]);

/**
 * @typedef {object} Step
 * @property {string} stamp the file that keeps the stamp
 * @property {readonly string[]} inputs files and folders, from the root of the repository
 * @property {readonly string[]} tools what else decides the result, such as the version of a compiler
 * @property {readonly string[]} outputs files and folders that the step makes
 */

/**
 * The files below a path in a fixed order; none where it does not exist.
 * @param {string} path
 * @returns {string[]}
 */
export function filesBelow(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return [];
  if (!stat.isDirectory()) return [path];
  return readdirSync(path)
    .filter((name) => !SKIPPED.has(name))
    .sort()
    .flatMap((name) => filesBelow(join(path, name)));
}

/**
 * A hash over the names and the contents of files.
 * @param {readonly string[]} paths files and folders, from the root of the repository
 * @param {readonly string[]} [words] what else goes into the hash
 */
export function fingerprint(paths, words = []) {
  const hash = createHash("sha256");
  for (const word of words) hash.update(`${word}\0`);
  for (const file of paths.flatMap((path) => filesBelow(resolve(ROOT, path)))) {
    const content = readFileSync(file);
    hash.update(`${relative(ROOT, file)}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

/** @param {Step} step */
function stampOf(step) {
  // An output that is missing altogether must not look like one that was empty when the stamp was written.
  const missing = step.outputs.filter((path) => filesBelow(resolve(ROOT, path)).length === 0);
  return `${fingerprint(step.inputs, step.tools)} ${fingerprint(step.outputs, missing)}\n`;
}

/**
 * Whether nothing that goes in or came out has changed since the step was stamped.
 * @param {Step} step
 */
export function isFresh(step) {
  try {
    return readFileSync(resolve(ROOT, step.stamp), "utf8") === stampOf(step);
  } catch {
    return false;
  }
}

/**
 * Stamps a step that was carried out.
 * @param {Step} step
 */
export function stamp(step) {
  const file = resolve(ROOT, step.stamp);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, stampOf(step));
}
