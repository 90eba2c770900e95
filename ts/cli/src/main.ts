#!/usr/bin/env node
/** The command line. */
import { Command, CommanderError } from "commander";
import { benchCommand } from "./commands/bench.ts";
import { checkCommand } from "./commands/check.ts";
import { reproCommand } from "./commands/repro.ts";
import { surfaceCommand } from "./commands/surface.ts";
import { EXIT, UsageError } from "./commands/usage.ts";
import { ConfigError } from "./config.ts";
import { CaseFileError } from "./program/schema.ts";
import { KnownFileError } from "./run/known.ts";
import { VERSION } from "./version.ts";

/** Errors whose message is the whole story for the caller. */
const USAGE = [UsageError, CaseFileError, ConfigError, KnownFileError];

const program = new Command("pairity")
  .description("Drives the Python and the Node binding of one library side by side and finds where they differ.")
  .version(VERSION)
  .showHelpAfterError("(--help tells all options)")
  .exitOverride();

for (const command of [checkCommand("check"), checkCommand("fuzz"), reproCommand(), surfaceCommand(), benchCommand()]) {
  program.addCommand(command.exitOverride());
}

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitOf(error);
}

function exitOf(error: unknown): number {
  // Commander has printed its own sentence; help and version end with 0.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.usage;
  if (USAGE.some((kind) => error instanceof kind)) {
    process.stderr.write(`pairity: ${(error as Error).message}\n`);
    return EXIT.usage;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`pairity: a fault of the tool, not of the pair:\n${text}\n`);
  return EXIT.fault;
}
