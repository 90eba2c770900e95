/** The configuration of a command: the file it names, or the one of the folder. */
import { existsSync } from "node:fs";
import { loadConfig, type PairityConfig } from "../config.ts";
import { UsageError } from "./usage.ts";

/** Where the configuration stands unless told otherwise. */
const FILES = [
  "pairity.config.ts",
  "pairity.config.mts",
  "pairity.config.js",
  "pairity.config.mjs",
  "pairity.config.json",
];

/** Read the configuration; without one everything has its default. */
export async function readConfig(told: string | undefined): Promise<PairityConfig> {
  if (told !== undefined && !existsSync(told)) throw new UsageError(`--config ${told} is no file.`);
  const file = told ?? FILES.find((name) => existsSync(name));
  return file === undefined ? {} : loadConfig(file);
}
