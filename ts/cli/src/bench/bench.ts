/** Times the operations of a pair in both runtimes, in interleaved rounds, beside their plain equivalents. */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createInterface, type Interface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Operation, Operations } from "./operations.ts";
import type { Load, Prepare, Time, TimerAnswer } from "./protocol.ts";
import { median, type Summary, summarize } from "./statistics.ts";

/** Both hosts, in the order of every report. */
export const HOSTS = ["python", "node"] as const;
/** One of them. */
export type Host = (typeof HOSTS)[number];

/** What `bench` needs to know beside the operations. */
export interface BenchOptions {
  python: string;
  /** The folder from which both modules resolve. */
  root: string;
  rounds: number;
  /** How long one timing takes, about, in milliseconds. */
  milliseconds: number;
  /** Only operations whose id contains this. */
  filter?: string;
  onProgress?: (done: number, total: number, id: string) => void;
}

/** The figures of one operation in one runtime: nanoseconds per unit. */
export interface Timing {
  native: Summary;
  plain: Summary;
  /** The plain equivalent's time by the native one's, round by round: above 1, native is faster. */
  speedup: Summary;
}

/** The figures of a whole run. */
export interface BenchReport {
  runtimes: Record<Host, string>;
  rounds: number;
  /** Nanoseconds of one turn of the empty loop, and of one call of a function that does nothing. */
  overhead: Record<Host, { loop: Summary; call: Summary }>;
  operations: { id: string; units: number; timings: Record<Host, Timing> }[];
}

const FLOOR = {
  python: { call: "def nothing(): pass", run: "nothing()" },
  node: { call: "let calls = 0; const nothing = () => { calls++; };", run: "nothing();" },
} as const;

/** A process that times statements in one runtime. */
class Timer {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;
  readonly #reader: Interface;
  #errors = "";

  constructor(command: string, args: string[], cwd: string) {
    this.#process = spawn(command, args, { cwd, stdio: "pipe" });
    this.#process.stderr.on("data", (data: Buffer) => {
      this.#errors = (this.#errors + data.toString()).slice(-2000);
    });
    // A timer that cannot start answers nothing; `ask` reports it.
    this.#process.on("error", (error) => {
      this.#errors += error.message;
    });
    this.#process.stdin.on("error", () => undefined);
    this.#reader = createInterface({ input: this.#process.stdout });
    this.#lines = this.#reader[Symbol.asyncIterator]();
  }

  async ask(message: Load | Prepare | Time): Promise<Exclude<TimerAnswer, { failed: string }>> {
    this.#process.stdin.write(`${JSON.stringify(message)}\n`);
    const line = await this.#lines.next();
    if (line.done) {
      throw new Error(`the timer ended: ${this.#errors.trim() || "without a word"}`);
    }
    const answer = JSON.parse(line.value) as TimerAnswer;
    if ("failed" in answer) {
      throw new Error(answer.failed);
    }
    return answer;
  }

  async time(id: string, loops: number): Promise<number> {
    const answer = await this.ask({ time: id, loops });
    return "nanoseconds" in answer ? answer.nanoseconds : Number.NaN;
  }

  /** How many loops take about `milliseconds`, found by doubling. */
  async calibrate(id: string, milliseconds: number): Promise<number> {
    const target = milliseconds * 1e6;
    for (let loops = 1; ; loops *= 4) {
      const elapsed = await this.time(id, loops);
      if (elapsed >= target / 8 || loops >= 1e8) {
        return Math.max(1, Math.round((loops * target) / Math.max(elapsed, 1)));
      }
    }
  }

  close(): void {
    this.#reader.close();
    this.#process.kill();
  }
}

function start(host: Host, options: BenchOptions): Timer {
  return host === "python"
    ? new Timer(options.python, ["-I", fileURLToPath(new URL("../../workers/bench.py", import.meta.url))], options.root)
    : new Timer(process.execPath, [fileURLToPath(new URL("./timer.js", import.meta.url))], options.root);
}

/** One prepared statement with the loops that fill a round. */
interface Lane {
  timer: Timer;
  id: string;
  loops: number;
  perLoop: number[];
}

async function lane(timer: Timer, id: string, code: Omit<Prepare, "prepare">, milliseconds: number): Promise<Lane> {
  try {
    await timer.ask({ prepare: id, ...code });
    return { timer, id, loops: await timer.calibrate(id, milliseconds), perLoop: [] };
  } catch (cause) {
    throw new Error(`${id}: ${(cause as Error).message}`, { cause });
  }
}

/** Rounds of all lanes in turn, so that a slow moment of the machine hits them all. */
async function interleave(lanes: Lane[], rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    for (const one of lanes) {
      one.perLoop.push((await one.timer.time(one.id, one.loops)) / one.loops);
    }
  }
}

/** Runs the benchmark; every statement's result is checked in every round. */
export async function bench(operations: Operations, options: BenchOptions): Promise<BenchReport> {
  const chosen = operations.operations.filter(({ id }) => id.includes(options.filter ?? ""));
  if (chosen.length === 0) {
    throw new Error(`no operation's id contains "${options.filter}"`);
  }
  const timers = { python: start("python", options), node: start("node", options) };
  try {
    const { submodules } = operations;
    const loads = HOSTS.map((host) =>
      timers[host].ask({ load: { ...operations[host], submodules, root: options.root } }),
    );
    const [python, node] = (await Promise.all(loads)).map((answer) => ("ready" in answer ? answer.ready : ""));
    const report: BenchReport = {
      runtimes: { python: `Python ${python}`, node: `Node ${node}` },
      rounds: options.rounds,
      overhead: {
        python: await floor("python", timers.python, options),
        node: await floor("node", timers.node, options),
      },
      operations: [],
    };
    for (const [index, operation] of chosen.entries()) {
      options.onProgress?.(index, chosen.length, operation.id);
      report.operations.push({
        id: operation.id,
        units: operation.units,
        timings: await measure(operation, timers, options),
      });
    }
    return report;
  } finally {
    timers.python.close();
    timers.node.close();
  }
}

async function floor(
  host: Host,
  timer: Timer,
  { rounds, milliseconds }: BenchOptions,
): Promise<BenchReport["overhead"][Host]> {
  const always = host === "python" ? "True" : "true";
  const empty = { setup: "", run: "", expect: always, plain: false };
  const loop = await lane(timer, "floor/loop", empty, milliseconds);
  const call = await lane(
    timer,
    "floor/call",
    { ...empty, setup: FLOOR[host].call, run: FLOOR[host].run },
    milliseconds,
  );
  await interleave([loop, call], rounds);
  return { loop: summarize(loop.perLoop), call: summarize(call.perLoop) };
}

async function measure(
  operation: Operation,
  timers: Record<Host, Timer>,
  options: BenchOptions,
): Promise<Record<Host, Timing>> {
  const lanes: Lane[] = [];
  for (const host of HOSTS) {
    for (const plain of [false, true]) {
      const id = `${operation.id}/${host}${plain ? "/plain" : ""}`;
      lanes.push(await lane(timers[host], id, { ...operation[host], plain }, options.milliseconds));
    }
  }
  await interleave(lanes, options.rounds);
  const timing = (native: Lane | undefined, plain: Lane | undefined): Timing => {
    const [ours, theirs] = [native, plain].map((one) => (one?.perLoop ?? []).map((time) => time / operation.units));
    return {
      native: summarize(ours ?? []),
      plain: summarize(theirs ?? []),
      speedup: summarize((ours ?? []).map((time, round) => (theirs?.[round] ?? Number.NaN) / time)),
    };
  };
  return { python: timing(lanes[0], lanes[1]), node: timing(lanes[2], lanes[3]) };
}

/** The overall figure of a host: the median over all operations of native against plain. */
export function overall(report: BenchReport, host: Host): number {
  return median(report.operations.map(({ timings }) => timings[host].speedup.median));
}
