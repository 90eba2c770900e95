/** What the last run found, so that `pairity repro` needs only an id. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Finding } from "../report/report.ts";
import { writeWhole } from "./output.ts";
import type { PairSpec } from "./setup.ts";
import { UsageError } from "./usage.ts";

const FOLDER = ".pairity";
const FILE = join(FOLDER, "last-run.json");

/** A run as it is remembered. */
export interface RememberedRun {
  spec: PairSpec;
  floatUlps: number;
  hash: "number" | "laws";
  maxMemory: number;
  findings: Finding[];
}

/** Keep the findings of a run, in a folder that keeps itself out of version control. */
export async function rememberRun(run: RememberedRun): Promise<void> {
  if (!existsSync(join(FOLDER, ".gitignore"))) await writeWhole(join(FOLDER, ".gitignore"), "*\n");
  await writeWhole(FILE, `${JSON.stringify(run)}\n`);
}

/** The last run of this folder. */
export async function recallRun(): Promise<RememberedRun> {
  if (!existsSync(FILE)) throw new UsageError("No run is remembered here; run `pairity check` in this folder first.");
  return JSON.parse(await readFile(FILE, "utf8")) as RememberedRun;
}
