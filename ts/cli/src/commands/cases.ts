/** The case files of a folder. */
import { existsSync, statSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseCaseFile } from "../program/schema.ts";
import type { NamedCases } from "../run/cases.ts";
import { UsageError } from "./usage.ts";

/** Read every case file of a folder, in the order of their names. A folder without any is a mistake: nothing would be proved. */
export async function readCases(folder: string | undefined): Promise<NamedCases[]> {
  if (folder === undefined) return [];
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw new UsageError(`--cases ${folder} is no folder.`);
  const names = (await readdir(folder)).filter((name) => name.endsWith(".json")).sort();
  if (names.length === 0) throw new UsageError(`--cases ${folder} has no case file (*.json).`);
  return Promise.all(
    names.map(async (file) => {
      const path = join(folder, file);
      return { file, cases: parseCaseFile(await readFile(path, "utf8"), path) };
    }),
  );
}
