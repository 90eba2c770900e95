/** A watcher in a process of its own: what it tells, and what it costs. */
import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import type { Subject } from "./subjects.ts";

/** One call of its callback. */
export interface Call {
  /** Of the monotonic clock, in nanoseconds. */
  readonly at: bigint;
  readonly paths: readonly string[];
}

/** How long a watcher that says that it is ready is given to be so, in milliseconds: not every one can tell. */
const GRACE = 500;

/** A watcher that runs. */
export class Watcher {
  readonly calls: Call[] = [];
  readonly #child: ChildProcess;
  #errors = "";

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  /** Starts to watch a path. */
  static async start(subject: Subject, path: string): Promise<Watcher> {
    const [command = "", ...args] = subject.command;
    const child = spawn(command, [...args, path], { env: { ...process.env, ...subject.env } });
    const watcher = new Watcher(child);
    child.stderr.on("data", (text) => {
      watcher.#errors += String(text);
    });
    await new Promise<void>((resolve, reject) => {
      createInterface(child.stdout).on("line", (line) => {
        if (line === "ready") return resolve();
        const [at, paths] = JSON.parse(line) as [string, string[]];
        watcher.calls.push({ at: BigInt(at), paths });
      });
      child.on("exit", (code) => reject(new Error(`${subject.name} ended with ${code}: ${watcher.#errors}`)));
    });
    await sleep(GRACE);
    watcher.calls.length = 0;
    return watcher;
  }

  /** Waits until it has told nothing for `quiet` milliseconds after `isDone`, but at most `longest`. */
  async settle(quiet: number, longest: number, isDone: () => boolean = () => true): Promise<void> {
    const end = Date.now() + longest;
    let count = -1;
    let since = Date.now();
    while (Date.now() < end) {
      if (count !== this.calls.length) {
        count = this.calls.length;
        since = Date.now();
      }
      if (Date.now() - since >= quiet && isDone()) return;
      await sleep(5);
    }
  }

  /** Stops the process, so that the system's queue of events fills, or lets it go on. */
  signal(signal: "SIGSTOP" | "SIGCONT"): void {
    this.#child.kill(signal);
  }

  /** The time of processors that it has used, in nanoseconds; undefined where the system does not tell. */
  used(): number | undefined {
    const tasks = `/proc/${this.#child.pid}/task`;
    try {
      const times = readdirSync(tasks).map((task) => readFileSync(`${tasks}/${task}/schedstat`, "utf8"));
      return times.reduce((sum, time) => sum + Number(time.split(" ")[0]), 0);
    } catch {
      return undefined;
    }
  }

  /** Ends it. */
  async end(): Promise<void> {
    const child = this.#child;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => {
      child.once("exit", resolve);
    });
    child.kill("SIGKILL");
    await ended;
  }
}
