/** Where a report goes: the terminal or JSON on stdout, and the files that were asked for. */
import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { renderJson } from "../report/json.ts";
import { renderJunit } from "../report/junit.ts";
import { renderPage } from "../report/page.ts";
import type { Report } from "../report/report.ts";
import { renderSarif } from "../report/sarif.ts";
import { renderReport } from "../report/terminal.ts";
import { UsageError } from "./usage.ts";

/** The forms that were asked for. */
export interface Outputs {
  json?: true;
  verbose?: true;
  junit?: string;
  sarif?: string;
  html?: string;
}

/** Write a file beside its place and rename it, so that nobody meets half of it. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(temporary, text);
    await rename(temporary, path);
  } catch (error) {
    throw new UsageError(`${path} cannot be written: ${(error as Error).message}.`);
  }
}

/** Write all forms. Standard output gets exactly one: JSON, or the terminal report. */
export async function writeReport(report: Report, outputs: Outputs): Promise<void> {
  await writeToStdout(outputs.json ? renderJson(report) : `${renderReport(report, outputs.verbose === true)}\n`);
  if (outputs.junit !== undefined) await writeWhole(outputs.junit, renderJunit(report));
  if (outputs.sarif !== undefined) await writeWhole(outputs.sarif, renderSarif(report));
  if (outputs.html !== undefined) await writeWhole(outputs.html, renderPage(report));
}

/** Resolves when the text has left the process: an exit right after it would cut a pipe short. */
export async function writeToStdout(text: string): Promise<void> {
  await new Promise<void>((done, fail) => {
    process.stdout.write(text, (error) => {
      // A reader that has seen enough (`| head`) is no fault.
      if (error && (error as NodeJS.ErrnoException).code !== "EPIPE") fail(error);
      else done();
    });
  });
}
