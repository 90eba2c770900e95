/**
 * A subject: programs in, results out, whatever the library does to its process.
 *
 * Batches go to one warm worker, two at a time so that it never waits. When the worker dies, a fresh one takes over;
 * the program that was running is run again alone in a process of its own, and only what dies there is called guilty.
 * The innocent programs of its batch run again.
 */
import type { Death, Program, Result } from "../program/program.ts";
import type { Greeting } from "./protocol.ts";
import { SubjectFault, type SubjectSpec } from "./spec.ts";
import { type Ending, type Exchange, type Fall, WorkerProcess } from "./worker-process.ts";

const IN_FLIGHT = 2;
const BATCH = 100;
/** A worker that keeps dying before it begins anything is no use. */
const FALLS_WITHOUT_BEGINNING = 5;

/** What happened to a subject that no result shows. */
export interface SubjectCounts {
  /** Worker processes that were started. */
  processes: number;
  /** Processes that died of what they ran. */
  deaths: number;
  /** Batches whose death did not happen again in any order: the machine, or chance. */
  unstable: number;
}

/** Drives one build of a library in one interpreter. */
export class Subject {
  readonly spec: SubjectSpec;
  readonly counts: SubjectCounts = { processes: 0, deaths: 0, unstable: 0 };
  #live: Promise<WorkerProcess> | undefined;
  readonly #open = new Set<WorkerProcess>();
  #free = IN_FLIGHT;
  readonly #queue: (() => void)[] = [];
  #greeting: Greeting["hello"] | undefined;
  #closed = false;
  #suspects: Promise<unknown> = Promise.resolve();

  constructor(spec: SubjectSpec) {
    this.spec = spec;
  }

  /** Start the worker and load the module; rejects with `SubjectRefused` when it does not load. */
  async start(): Promise<Greeting["hello"]> {
    await this.#worker();
    return this.#greeting!;
  }

  /** Run programs, lowered for this host; each gets a result. Rejects only for a fault of the tool. */
  async run(programs: readonly Program[]): Promise<Result[]> {
    const size = this.spec.batch ?? BATCH;
    const batches: Promise<Result[]>[] = [];
    for (let start = 0; start < programs.length; start += size) {
      batches.push(this.#admitted(programs.slice(start, start + size)));
    }
    return (await Promise.all(batches)).flat();
  }

  /** Run one program in a process of its own. */
  async runAlone(program: Program): Promise<Result> {
    const [exchange] = await this.#fresh([program], (worker) => worker.run([program], true));
    return "fall" in exchange! ? deathOf(exchange.fall, true) : resultsOf(exchange!)[0]!;
  }

  /** End all processes of this subject. */
  async close(): Promise<void> {
    this.#closed = true;
    const live = await this.#live?.catch(() => undefined);
    const open = live === undefined ? [...this.#open] : [...this.#open, live];
    await Promise.all(open.map((worker) => worker.close()));
  }

  async #admitted(programs: Program[]): Promise<Result[]> {
    if (this.#free === 0) await new Promise<void>((resolve) => this.#queue.push(resolve));
    else this.#free--;
    try {
      return await this.#batch(programs);
    } finally {
      const next = this.#queue.shift();
      if (next === undefined) this.#free++;
      else next();
    }
  }

  async #batch(programs: Program[]): Promise<Result[]> {
    let rest = programs;
    const results: Result[] = [];
    for (let vain = 0; rest.length > 0; ) {
      const worker = await this.#worker();
      const sent = worker.run(rest);
      const run = worker.lastRun;
      const exchange = await sent;
      if ("ran" in exchange) {
        const ran = resultsOf(exchange);
        results.push(...ran);
        rest = rest.slice(ran.length);
        if (exchange.ran.poisoned === true) await this.#retire(worker);
        continue;
      }
      this.#checkOpen();
      const { mark } = exchange.fall;
      if (mark.run !== run && ++vain < FALLS_WITHOUT_BEGINNING) continue;
      const answered = resultsOf(exchange);
      results.push(...answered);
      rest = rest.slice(answered.length);
      if (rest.length === 0) break;
      this.counts.deaths++;
      const guilty = mark.run === run ? Math.max(0, Math.min(mark.program - answered.length, rest.length - 1)) : 0;
      const before = programs.slice(0, programs.length - rest.length);
      results.push(...(await this.#isolate(before, rest, guilty)));
      return results;
    }
    return results;
  }

  /** A batch killed its worker: while the suspect runs again alone, the others run again together. */
  async #isolate(before: Program[], programs: Program[], suspect: number): Promise<Result[]> {
    const others = this.#without(programs, suspect);
    // A rejection is met below; until then it must not count as unhandled.
    others.catch(() => {});
    const alone = await this.#suspected(programs[suspect]!);
    if ("death" in alone) return (await others).toSpliced(suspect, 0, alone);
    // It needs company: one after the other in one process, so that the marks tell exactly which one falls.
    const exchanges = await this.#fresh([...before, ...programs], (worker, program) => worker.run([program], true));
    const last = exchanges.at(-1)!;
    const guilty = exchanges.length - 1 - before.length;
    if ("fall" in last && guilty >= 0) {
      const death: Death = { ...deathOf(last.fall, true), history: true };
      const rest = guilty === suspect ? await others : await this.#without(programs, guilty);
      return rest.toSpliced(guilty, 0, death);
    }
    this.counts.unstable++;
    return (await others).toSpliced(suspect, 0, alone);
  }

  #without(programs: Program[], left: number): Promise<Result[]> {
    return this.#batch(programs.filter((_, index) => index !== left));
  }

  /** Run a suspect alone; one at a time, since each may take as much memory as is allowed. */
  #suspected(program: Program): Promise<Result> {
    const run = this.#suspects.then(() => this.runAlone(program));
    this.#suspects = run.catch(() => {});
    return run;
  }

  /** Run programs one by one in a process of their own, until one falls. */
  async #fresh(
    programs: readonly Program[],
    run: (worker: WorkerProcess, program: Program) => Promise<Exchange>,
  ): Promise<Exchange[]> {
    let worker = await this.#spawn();
    const exchanges: Exchange[] = [];
    try {
      for (const program of programs) {
        const exchange = await run(worker, program);
        exchanges.push(exchange);
        if ("fall" in exchange) break;
        if (exchange.ran.poisoned === true) {
          await this.#retire(worker);
          worker = await this.#spawn();
        }
      }
    } finally {
      await this.#retire(worker);
    }
    this.#checkOpen();
    return exchanges;
  }

  /** The warm worker; a dead one is replaced. */
  async #worker(): Promise<WorkerProcess> {
    for (;;) {
      this.#checkOpen();
      this.#live ??= this.#spawn();
      const current = this.#live;
      const worker = await current.catch((error: unknown) => {
        if (this.#live === current) this.#live = undefined;
        throw error;
      });
      if (!worker.isDown) return worker;
      if (this.#live === current) this.#live = undefined;
      this.#open.delete(worker);
    }
  }

  async #spawn(): Promise<WorkerProcess> {
    this.#checkOpen();
    this.counts.processes++;
    const { worker, greeting } = await WorkerProcess.start(this.spec);
    this.#greeting ??= greeting;
    this.#open.add(worker);
    // Whoever closed meanwhile did not see it.
    if (this.#closed) await this.#retire(worker);
    this.#checkOpen();
    return worker;
  }

  async #retire(worker: WorkerProcess): Promise<void> {
    this.#open.delete(worker);
    await worker.close();
  }

  #checkOpen(): void {
    if (this.#closed) throw new SubjectFault("the subject is closed");
  }
}

function resultsOf(exchange: Exchange): Result[] {
  return ("ran" in exchange ? exchange.ran.transcripts : exchange.answered).map((transcript) => {
    if ("malformed" in transcript) throw new SubjectFault(`a program is malformed: ${transcript.malformed}`);
    return { transcript };
  });
}

function deathOf(fall: Fall, traced: boolean): Death {
  const step = traced && fall.mark.step >= 0 ? { step: fall.mark.step } : {};
  return { ...deathKind(fall.ending), stderr: fall.stderr, ...step };
}

function deathKind(ending: Ending) {
  switch (ending.kind) {
    case "exit":
      return { death: "exit", code: ending.code } as const;
    case "signal":
      return { death: ending.signal === "SIGABRT" ? "abort" : "signal", signal: ending.signal } as const;
    case "hang":
      return { death: "hang", seconds: ending.seconds } as const;
    case "memory":
      return { death: "memory", bytes: ending.bytes } as const;
  }
}
