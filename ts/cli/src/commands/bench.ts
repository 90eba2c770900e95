/** `pairity bench`: times a pair's operations in both runtimes. */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { Command } from "commander";
import yoctoSpinner from "yocto-spinner";
import { bench } from "../bench/bench.ts";
import { readOperations } from "../bench/operations.ts";
import { benchPage } from "../bench/page.ts";
import { benchTable } from "../bench/table.ts";

interface Options {
  python: string;
  root: string;
  rounds: string;
  milliseconds: string;
  fast?: true;
  filter?: string;
  json?: true;
  html?: string;
}

/** A positive number from the command line. */
function positive(text: string, option: string): number {
  const value = Number(text);
  if (!(value > 0)) {
    throw new Error(`--${option} takes a number above 0, not "${text}"`);
  }
  return value;
}

async function run(path: string, options: Options): Promise<void> {
  const operations = await readOperations(path);
  const spinner = process.stderr.isTTY ? yoctoSpinner({ text: "starting", stream: process.stderr }).start() : null;
  try {
    const report = await bench(operations, {
      python: options.python.includes("/") ? resolve(options.python) : options.python,
      root: resolve(options.root),
      rounds: options.fast ? 3 : Math.round(positive(options.rounds, "rounds")),
      milliseconds: options.fast ? 0.3 : positive(options.milliseconds, "milliseconds"),
      ...(options.filter === undefined ? {} : { filter: options.filter }),
      onProgress: (done, total, id) => {
        if (spinner) {
          spinner.text = `${done}/${total} ${id}`;
        }
      },
    });
    spinner?.stop();
    process.stdout.write(`${options.json ? JSON.stringify(report, null, 2) : benchTable(report)}\n`);
    if (options.html !== undefined) {
      await mkdir(dirname(options.html), { recursive: true });
      await writeFile(options.html, benchPage(report));
      process.stderr.write(`wrote ${options.html}\n`);
    }
  } finally {
    spinner?.stop();
  }
}

/** The command, to be added to the program. */
export function benchCommand(): Command {
  return new Command("bench")
    .description("time the operations of a pair in Python and in Node, beside their plain equivalents")
    .argument("<operations>", "the operations file (JSON)")
    .option("--python <interpreter>", "the Python interpreter", "python3")
    .option("--root <folder>", "the folder from which both modules resolve", ".")
    .option("--rounds <n>", "interleaved rounds", "15")
    .option("--milliseconds <n>", "how long one timing takes, about", "10")
    .option("--fast", "few and short rounds: every operation runs and is checked, the times say little")
    .option("--filter <text>", "only operations whose id contains this")
    .option("--json", "print the report as JSON")
    .option("--html <file>", "write the report as a page, too")
    .action(run);
}
