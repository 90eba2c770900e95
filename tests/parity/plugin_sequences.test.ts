/**
 * Random sequences of plugin operations with failures in them, through both hosts and against one model.
 *
 * The core has ten thousand of its own (`plugin/tests/random.rs`); here fewer load real files. `PAIRITY_SEQUENCES` sets
 * how many, `PAIRITY_SEED` the first.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { CaseFile } from "../../ts/cli/src/index.ts";
import { sequences } from "./plugin_sequences.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const TSX = fileURLToPath(import.meta.resolve("tsx"));
const PYTHON = join(ROOT, process.platform === "win32" ? ".venv/Scripts/python.exe" : ".venv/bin/python");
const COUNT = Number(process.env.PAIRITY_SEQUENCES ?? 60);
const SEED = Number(process.env.PAIRITY_SEED ?? 1);

/** Runs the programs through both hosts. */
function run(cases: CaseFile): { code: number | null; text: string } {
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

describe("random sequences of plugin operations", () => {
  it("come to what the model says, in both hosts", { timeout: 30 * 60_000 }, () => {
    const ended = run(sequences(COUNT, SEED));
    expect(ended.text).toContain("0 differences");
    expect(ended.code).toBe(0);
  });

  it("reach every outcome of a reload and every refusal", () => {
    const text = JSON.stringify(sequences(500, 1).programs);
    const outcomes = ["unchanged", "swapped", "aborted", "rolled_back", "failed"].map((one) => `"returns":"${one}"`);
    const codes = ["ERR_KEY", "ERR_VALUE", "ERR_STATE", "ERR_PLUGIN_MISSING", "ERR_PLUGIN_NEEDED", "ERR_PLUGIN_STATE"];
    for (const one of [...outcomes, ...codes.map((code) => `"code":"${code}"`)]) expect(text).toContain(one);
  });

  it("are found out where the model is another", () => {
    const cases = sequences(3, SEED);
    const wrong = JSON.parse(JSON.stringify(cases).replace('"returns":"swapped"', '"returns":"aborted"')) as CaseFile;
    expect(run(wrong).code).toBe(1);
  });
});
