/** One worker process: spawned in a group of its own, spoken with over pipes, watched, and never left behind. */
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, readSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import type { Program } from "../program/program.ts";
import type { Answer, Greeting, Hello, Mark, Ran, Run } from "./protocol.ts";
import { SubjectFault, SubjectRefused, type SubjectSpec } from "./spec.ts";
import { nodeArguments, PYTHON_WORKER } from "./worker-file.ts";

/** How a process ended: by itself, or by a kill of ours for a reason. */
export type Ending =
  | { kind: "exit"; code: number }
  | { kind: "signal"; signal: string }
  | { kind: "hang"; seconds: number }
  | { kind: "memory"; bytes: number };

/** A process that fell, what it was at, and the end of its standard error. */
export interface Fall {
  ending: Ending;
  mark: Mark;
  stderr: string;
}

/** What a batch came to; of one that fell, the transcripts that were answered before. */
export type Exchange = { ran: Ran } | { fall: Fall; answered: Ran["transcripts"] };

/** How often a busy process is looked at. */
const WATCH_MILLISECONDS = 50;
const STDERR_KEPT = 4096;
const LOADING_SECONDS = 60;
/** How long a pipe may stay open after the process and its group ended: something left the group and holds it. */
const DRAIN_MILLISECONDS = 500;
const PAGE = 4096;

/** Processes that are alive: none may outlive this one, however it ends. */
const alive = new Set<WorkerProcess>();
process.on("exit", () => {
  for (const one of alive) one.kill();
});

interface Waiting {
  run: number;
  answered: Ran["transcripts"];
  resolve: (exchange: Exchange) => void;
}

/** A spawned worker. */
export class WorkerProcess {
  readonly #spec: SubjectSpec;
  readonly #scratch = realpathSync(mkdtempSync(join(tmpdir(), "pairity-")));
  readonly #marks: number;
  readonly #child: ChildProcess;
  readonly #ended: Promise<Fall>;
  readonly #waiting: Waiting[] = [];
  #greeted: ((answer: Answer) => void) | undefined;
  #reason: Ending | undefined;
  #fall: Fall | undefined;
  #stderr = "";
  #received: string[] = [];
  #timer: NodeJS.Timeout | undefined;
  #moved = { at: 0, mark: "" };
  #runs = 0;

  private constructor(spec: SubjectSpec, args: readonly string[]) {
    this.#spec = spec;
    this.#marks = openSync(join(this.#scratch, "marks"), "w+");
    const [command, ...own] = spec.command;
    if (command === undefined) throw new SubjectFault("a subject needs a command");
    this.#child = spawn(command, [...own, ...args], {
      // Node resolves the module from where it starts; both go to their scratch folder once they are greeted.
      cwd: spec.host === "node" && spec.root !== null ? spec.root : this.#scratch,
      env: environment(spec),
      // A group of its own can be killed whole, with whatever the library starts.
      detached: true,
      stdio: ["ignore", "pipe", "pipe", "pipe", "pipe", "pipe", this.#marks],
    });
    alive.add(this);
    this.#ended = this.#listen();
  }

  /** Spawn a worker and load the module; rejects with {@link SubjectRefused} when that fails. */
  static async start(spec: SubjectSpec): Promise<{ worker: WorkerProcess; greeting: Greeting["hello"] }> {
    const worker = new WorkerProcess(spec, spec.host === "python" ? [PYTHON_WORKER] : await nodeArguments());
    return { worker, greeting: await worker.#greet() };
  }

  /** Whether the process has ended. */
  get isDown(): boolean {
    return this.#fall !== undefined || this.#reason !== undefined;
  }

  /** Run programs; resolves also when the process falls. */
  run(programs: Program[], trace = false): Promise<Exchange> {
    if (this.#fall !== undefined) return Promise.resolve({ fall: this.#fall, answered: [] });
    const run = ++this.#runs;
    return new Promise((resolve) => {
      this.#waiting.push({ run, answered: [], resolve });
      this.#write(trace ? { run, programs, trace } : { run, programs });
      this.#watch();
    });
  }

  /** The number of the last batch that was sent; a fall's mark names the one that was running. */
  get lastRun(): number {
    return this.#runs;
  }

  /** End the process and wait until it is gone. */
  async close(): Promise<void> {
    this.#reason ??= { kind: "signal", signal: "SIGKILL" };
    if (this.#fall === undefined) this.kill();
    await this.#ended;
  }

  /** Kill the process and its group at once. */
  kill(): void {
    const { pid } = this.#child;
    if (pid === undefined) return;
    try {
      process.kill(-pid, "SIGKILL");
    } catch {
      // The group is gone already.
    }
    rmSync(this.#scratch, { recursive: true, force: true });
  }

  async #greet(): Promise<Greeting["hello"]> {
    const spec = this.#spec;
    const fixtures: Hello["hello"]["fixtures"] = {};
    for (const [name, hosts] of Object.entries(spec.fixtures ?? {})) {
      const own = hosts[spec.host];
      if (own !== undefined) fixtures[name] = own;
    }
    const { module, root, observe, twins, modules = {}, maxMemory = null, mutate } = spec;
    const answered = new Promise<Answer>((resolve) => {
      this.#greeted = resolve;
    });
    const hello = { module, root, observe, twins, modules, fixtures, maxMemory, scratch: this.#scratch };
    this.#write({ hello: mutate === undefined ? hello : { ...hello, mutate } });
    this.#watch();
    const answer = await Promise.race([answered, this.#ended]);
    this.#greeted = undefined;
    if ("hello" in answer) return answer.hello;
    await this.close();
    if ("refused" in answer) throw new SubjectRefused(spec, answer.refused.message, answer.refused.classes);
    if ("ran" in answer) throw new SubjectFault("the worker answered a greeting with transcripts");
    throw new SubjectRefused(
      spec,
      `${describe(answer.ending)} while the module was loaded\n${answer.stderr}`.trim(),
      [],
    );
  }

  #write(request: Hello | Run): void {
    (this.#child.stdio[3] as Writable).write(`${JSON.stringify(request)}\n`);
  }

  #listen(): Promise<Fall> {
    const child = this.#child;
    const answers = child.stdio[4] as Readable;
    child.stdout?.resume();
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-STDERR_KEPT);
    });
    // A pipe that breaks is a process that ends; the end is what counts.
    for (const stream of child.stdio) stream?.on("error", () => {});
    answers.setEncoding("utf8").on("data", (text: string) => this.#receive(text));
    return new Promise((resolve) => {
      const end = (ending: Ending) => {
        // What the library started must not hold the pipes open.
        this.kill();
        const finish = () => {
          clearTimeout(patience);
          resolve(this.#finish(this.#reason ?? ending));
        };
        const patience = setTimeout(finish, DRAIN_MILLISECONDS);
        child.once("close", finish);
      };
      child.once("error", (error) => {
        this.#stderr += error.message;
        resolve(this.#finish({ kind: "exit", code: 127 }));
      });
      child.once("exit", (code, signal) => {
        end(signal === null ? { kind: "exit", code: code ?? 0 } : { kind: "signal", signal });
      });
    });
  }

  #receive(text: string): void {
    const parts = text.split("\n");
    // Long answers arrive in many pieces: they are joined once.
    for (const part of parts.slice(0, -1)) {
      this.#received.push(part);
      const line = this.#received.join("");
      this.#received = [];
      this.#answer(JSON.parse(line) as Answer);
    }
    const rest = parts.at(-1)!;
    if (rest !== "") this.#received.push(rest);
  }

  #answer(answer: Answer): void {
    if (!("ran" in answer)) {
      this.#greeted?.(answer);
      this.#unwatch();
      return;
    }
    const at = this.#waiting.findIndex((one) => one.run === answer.ran);
    const waiting = this.#waiting[at];
    if (waiting === undefined) return;
    waiting.answered.push(...answer.transcripts);
    if (answer.more === true) return;
    this.#waiting.splice(at, 1);
    if (this.#waiting.length === 0) this.#unwatch();
    waiting.resolve({ ran: { ...answer, transcripts: waiting.answered } });
  }

  #finish(ending: Ending): Fall {
    if (this.#fall !== undefined) return this.#fall;
    this.#unwatch();
    const fall = { ending, mark: this.#mark(), stderr: this.#stderr };
    this.#fall = fall;
    closeSync(this.#marks);
    alive.delete(this);
    rmSync(this.#scratch, { recursive: true, force: true });
    for (const { resolve, answered } of this.#waiting.splice(0)) resolve({ fall, answered });
    return fall;
  }

  #mark(): Mark {
    const bytes = Buffer.alloc(12);
    const read = readSync(this.#marks, bytes, 0, 12, 0);
    if (read < 12) return { run: 0, program: 0, step: -1 };
    return { run: bytes.readInt32LE(0), program: bytes.readInt32LE(4), step: bytes.readInt32LE(8) };
  }

  /** While the worker is busy, its marks have to move and its memory to stay under the cap. */
  #watch(): void {
    if (this.#timer !== undefined) return;
    this.#moved = { at: Date.now(), mark: "" };
    this.#timer = setInterval(() => this.#look(), WATCH_MILLISECONDS);
    this.#timer.unref();
  }

  #unwatch(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #look(): void {
    const { run, program, step } = this.#mark();
    // An answered batch is progress as well: the next one may not have begun.
    const mark = `${run} ${program} ${step} ${this.#waiting[0]?.run}`;
    const now = Date.now();
    if (mark !== this.#moved.mark) this.#moved = { at: now, mark };
    // Loading is slow where nothing is cached yet, and happens once.
    const deadline = this.#runs === 0 ? LOADING_SECONDS : (this.#spec.deadline ?? 10);
    if (now - this.#moved.at > deadline * 1000) this.#end({ kind: "hang", seconds: deadline });
    const bytes = residentBytes(this.#child.pid);
    const cap = this.#spec.maxMemory;
    if (cap !== undefined && cap !== null && bytes > cap) this.#end({ kind: "memory", bytes });
  }

  #end(reason: Ending): void {
    this.#reason ??= reason;
    this.#unwatch();
    this.kill();
  }
}

/** An ending in words. */
export function describe(ending: Ending): string {
  switch (ending.kind) {
    case "exit":
      return `the process ended with code ${ending.code}`;
    case "signal":
      return `the process ended by ${ending.signal}`;
    case "hang":
      return `the process gave no sign of life for ${ending.seconds} seconds`;
    case "memory":
      return `the process held ${ending.bytes} bytes, over its cap`;
  }
}

/** Resident memory of a process; 0 where the system does not say. */
function residentBytes(pid: number | undefined): number {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1]) * PAGE;
  } catch {
    return 0;
  }
}

/** Equal runs need equal environments: hashes in order, no backtraces in messages, no options of ours for Node. */
function environment(spec: SubjectSpec): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _, ...inherited } = process.env;
  return { ...inherited, PYTHONHASHSEED: "0", PYTHONUNBUFFERED: "1", RUST_BACKTRACE: "0", ...spec.env };
}
