/** Runs an inspector (a child process that loads the library and tells what it has) and reads its answer. */
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve as resolvePath } from "node:path";
import type { Readable } from "node:stream";

/** How long a module may take to load. */
const LOAD_SECONDS = 60;

export interface Inspection {
  /** The answer's lines, parsed; fewer than two when the process died. */
  lines: unknown[];
  stderr: string;
  /** How the process ended, where it was not by itself: a signal's name, or `timeout`. */
  death: string | null;
}

/** The interpreter itself cannot be started. */
export class StartError extends Error {
  override readonly name = "StartError";

  constructor(command: string, reason: string) {
    super(`${command} cannot be started: ${reason === "ENOENT" ? "there is no such program" : reason}`);
  }
}

/** Run a command with file descriptor 3 as its answer, in a scratch folder of its own that is removed afterwards. */
export async function inspect(
  command: string,
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string> },
): Promise<Inspection> {
  const scratch = await mkdtemp(join(tmpdir(), "pairity-surface-"));
  try {
    return await new Promise<Inspection>((resolve, reject) => {
      // A relative path is meant from here, not from the scratch folder.
      const child = spawn(command.includes("/") ? resolvePath(command) : command, [...args], {
        cwd: options.cwd ?? scratch,
        env: { ...process.env, ...options.env, PAIRITY_SCRATCH: scratch },
        stdio: ["ignore", "ignore", "pipe", "pipe"],
        detached: true,
      });
      let answer = "";
      let stderr = "";
      let death: string | null = null;
      const stop = (): void => {
        try {
          if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
        } catch {
          // It ended by itself in the meantime.
        }
      };
      const timer = setTimeout(() => {
        death = "timeout";
        stop();
      }, LOAD_SECONDS * 1000);
      (child.stdio[3] as Readable).setEncoding("utf8").on("data", (chunk: string) => {
        answer += chunk;
      });
      child.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
        stderr = (stderr + chunk).slice(-20_000);
      });
      process.once("exit", stop);
      child.once("error", (error: NodeJS.ErrnoException) => {
        clearTimeout(timer);
        process.off("exit", stop);
        reject(new StartError(command, error.code ?? error.message));
      });
      child.once("close", (_code, signal) => {
        clearTimeout(timer);
        process.off("exit", stop);
        const lines = answer.split("\n").flatMap((line): unknown[] => {
          try {
            return [JSON.parse(line)];
          } catch {
            return [];
          }
        });
        resolve({ lines, stderr, death: death ?? signal });
      });
    });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** A loader that died or said nothing: the message to show. */
export function silence(inspection: Inspection): string {
  const tail = inspection.stderr.trim().split("\n").slice(-12).join("\n");
  const how =
    inspection.death === "timeout"
      ? `did not load within ${LOAD_SECONDS} s`
      : inspection.death
        ? `the process died of ${inspection.death} while loading`
        : "the process ended while loading";
  return tail ? `${how}: ${tail}` : how;
}
