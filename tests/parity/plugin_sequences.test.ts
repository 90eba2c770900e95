/**
 * Random sequences of plugin operations with failures in them, through both hosts and against one model: one after the
 * other, and calls, named hooks and changes side by side; with deadlines, full queues and managers that do not wait.
 *
 * The core has ten thousand of its own (`plugin/tests/random.rs`); here fewer load real files. `PAIRITY_SEQUENCES` sets
 * how many, `PAIRITY_SEED` the first. A sequence that fails is made as short as it can be and still fails.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { CaseFile } from "../../ts/cli/src/index.ts";
import { type Sequence, shorter } from "./sequences/operations.ts";
import { casesOf, sequences } from "./sequences/programs.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const TSX = fileURLToPath(import.meta.resolve("tsx"));
const PYTHON = join(ROOT, process.platform === "win32" ? ".venv/Scripts/python.exe" : ".venv/bin/python");
const COUNT = Number(process.env.PAIRITY_SEQUENCES ?? 60);
const SEED = Number(process.env.PAIRITY_SEED ?? 1);

/** So many go through one run: a report of all of ten thousand would be long. */
const BATCH = 500;

interface Ended {
  code: number | null;
  text: string;
}

/** Runs the programs through both hosts. */
function run(cases: CaseFile): Ended {
  const folder = mkdtempSync(join(tmpdir(), "pairity-sequences-"));
  try {
    writeFileSync(join(folder, "plugin_manager.json"), JSON.stringify(cases));
    const pair = ["check", "pairity", "pairity", "--python", PYTHON, "--node-root", ROOT];
    const args = [...pair, "--cases", folder, "--programs", "0", "--seed", "1"];
    const main = join(ROOT, "ts/cli/src/main.ts");
    const ended = spawnSync(process.execPath, ["--import", TSX, main, ...args], { cwd: ROOT, encoding: "utf8" });
    return { code: ended.status, text: ended.stdout + ended.stderr };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The sequences whose programs the text of a run names. */
function named(text: string, all: readonly Sequence[]): Sequence[] {
  const places = new Set([...text.matchAll(/sequence \d+, (\d+)/g)].map(([, at]) => Number(at)));
  return all.filter((_, at) => places.has(at));
}

/** The shortest sequence that fails as this one does, and how. */
function shrunk(sequence: Sequence): string {
  let shortest = sequence;
  let { text } = run(casesOf([sequence]));
  for (;;) {
    const candidates = shorter(shortest);
    const failing = named(run(casesOf(candidates)).text, candidates);
    const [next] = failing;
    if (next === undefined) return `${JSON.stringify(shortest, undefined, 1)}\n${text}`;
    shortest = next;
    text = run(casesOf([next])).text;
  }
}

describe("random sequences of plugin operations", () => {
  it("come to what the model says, in both hosts", { timeout: 180 * 60_000 }, () => {
    for (let first = 0; first < COUNT; first += BATCH) {
      const all = sequences(Math.min(BATCH, COUNT - first), SEED + first);
      const ended = run(casesOf(all));
      const [failing] = ended.code === 0 ? [] : named(ended.text, all);
      expect(failing && shrunk(failing)).toBeUndefined();
      expect(ended.text).toContain("0 differences");
      expect(ended.code).toBe(0);
    }
  });

  it("reach every outcome of a reload and every refusal, one by one and side by side", () => {
    const text = JSON.stringify(casesOf(sequences(1_000, 1)).programs);
    const outcomes = ["unchanged", "swapped", "aborted", "rolled_back", "failed"];
    const codes = [
      "ERR_KEY",
      "ERR_VALUE",
      "ERR_STATE",
      "ERR_PLUGIN_MISSING",
      "ERR_PLUGIN_NEEDED",
      "ERR_PLUGIN_STATE",
      "ERR_PLUGIN_TIMEOUT",
    ];
    const side = [...codes.slice(0, 1), ...codes.slice(2, 3), ...codes.slice(4)];
    const conducted = [...side, "boom", "ERR_PLUGIN_BUSY", "ERR_PLUGIN_QUEUE_FULL", "ERR_PLUGIN_ASYNC"];
    for (const one of [
      ...outcomes.map((outcome) => `"returns":"${outcome}"`),
      ...codes.map((code) => `"code":"${code}"`),
      ...outcomes.map((outcome) => `["returned",["${outcome}",`),
      ...conducted.map((code) => `["threw","${code}"]`),
    ]) {
      expect(text).toContain(one);
    }
  });

  it("are found out where the model is another, and made short", { timeout: 300_000 }, () => {
    const cases = casesOf(sequences(3, SEED));
    const wrong = JSON.parse(JSON.stringify(cases).replace('"returns":"swapped"', '"returns":"aborted"')) as CaseFile;
    expect(run(wrong).code).toBe(1);
  });
});
