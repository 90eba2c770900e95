/**
 * The Node worker: executes programs against one module and answers their transcripts; it never judges.
 *
 * Node's own modules only, Node 18 or later, so that it runs wherever Node does. `docs/programs.md` explains the
 * protocol, the values and the normalised texts. The Python worker (`workers/pairity_worker/`) is its twin, file by file.
 */
import fs from "node:fs";
import { Socket } from "node:net";
import path from "node:path";
import { Worker as Thread } from "node:worker_threads";
import type { Transcript } from "../../program/program.ts";
import type { Answer, Hello, Request, Run } from "../protocol.ts";
import { drive } from "./drive.ts";
import { faultOf } from "./faults.ts";
import { Files, restFolder } from "./files.ts";
import { chain, Library } from "./library.ts";
import { prepare } from "./prepare.ts";
import { Program } from "./program.ts";

/** Milliseconds after which transcripts go out although the batch goes on: a process that falls takes the others with it. */
const PART = 100;

const REQUESTS = 3;
const ANSWERS = 4;
const WATCHDOG = 5;
const MARKS = 6;

/** Imports a specifier as source text in the library's root would. */
export type Import = (specifier: string) => Promise<unknown>;

/** One process: the library, and the programs that are run against it. */
class Worker {
  #library: Library | undefined;
  #hello: Hello["hello"] | undefined;
  #serial = 0;
  #poisoned = false;
  readonly #mark = Buffer.alloc(12);

  /** Load the library and say what was loaded, or why not. */
  async greet(hello: Hello["hello"], load: Import): Promise<Answer> {
    this.#hello = hello;
    const root = process.cwd();
    process.chdir(restFolder(hello.scratch));
    try {
      const module = await load(hello.module);
      const submodules = new Map<string, unknown>();
      for (const [prefix, specifier] of Object.entries(hello.modules ?? {}))
        submodules.set(prefix, await load(specifier));
      for (const one of [module, ...submodules.values()]) await prepare(one);
      this.#library = new Library(module, hello, submodules);
    } catch (error) {
      const classes = error instanceof Error ? chain(error) : [typeof error];
      return { refused: { message: error instanceof Error ? error.message : String(error), classes } };
    }
    const runtime = `Node ${process.version}`;
    return { hello: { runtime, module: hello.module, version: versionOf(hello.module, root), artefacts: artefacts() } };
  }

  /** Run a batch; its last transcripts are the answer, and what took long before that has gone out. */
  async run(request: Run): Promise<Answer> {
    const transcripts: (Transcript | { malformed: string })[] = [];
    const { scratch, fixtures } = this.#hello!;
    let since = performance.now();
    for (let index = 0; index < request.programs.length && !this.#poisoned; index++) {
      this.#note(request.run, index, -1);
      this.#serial++;
      const files = new Files(scratch, this.#serial, fixtures);
      const trace = request.trace === true ? (step: number) => this.#note(request.run, index, step) : undefined;
      const program = new Program(this.#library!, files, trace);
      try {
        const ended = drive(program.run(request.programs[index]!.steps, true));
        transcripts.push((ended instanceof Promise ? await ended : ended).outcomes);
      } catch (error) {
        const fault = faultOf(error);
        if (fault === undefined) throw error;
        transcripts.push({ malformed: fault.message });
      }
      files.remove();
      this.#poisoned = program.poisoned;
      if (performance.now() - since < PART || this.#poisoned) continue;
      send({ ran: request.run, transcripts: transcripts.splice(0), more: true });
      since = performance.now();
    }
    return this.#poisoned ? { ran: request.run, transcripts, poisoned: true } : { ran: request.run, transcripts };
  }

  /** Note what is running where the parent can read it after a death. */
  #note(run: number, program: number, step: number): void {
    this.#mark.writeInt32LE(run, 0);
    this.#mark.writeInt32LE(program, 4);
    this.#mark.writeInt32LE(step, 8);
    fs.writeSync(MARKS, this.#mark, 0, 12, 0);
  }
}

/** The version that the package's own description states. */
function versionOf(specifier: string, root: string): string | null {
  const name = specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
  for (let folder = root; ; folder = path.dirname(folder)) {
    for (const file of [path.join(folder, "node_modules", name, "package.json"), path.join(folder, "package.json")]) {
      try {
        const { name: found, version } = JSON.parse(fs.readFileSync(file, "utf8")) as {
          name?: string;
          version?: string;
        };
        if (found === name) return version ?? null;
      } catch {
        // No such file: look further up.
      }
    }
    if (folder === path.dirname(folder)) return null;
  }
}

/** The native files that are mapped into the process. */
function artefacts(): string[] {
  try {
    const maps = fs.readFileSync("/proc/self/maps", "utf8");
    return [...new Set(maps.match(/\/\S.*\.node$/gm) ?? [])].sort();
  } catch {
    return [];
  }
}

/** End when the parent's end of the watchdog pipe closes; a thread of its own, since the library may block this one. */
function watchParent(): void {
  const source = `
    const { Socket } = require("node:net");
    const end = () => {
      // The group first: the library may have started processes. A worker that leads no group ends alone.
      try { process.kill(-process.pid, "SIGKILL"); } catch {}
      process.kill(process.pid, "SIGKILL");
    };
    new Socket({ fd: ${WATCHDOG} }).on("end", end).on("error", end).on("close", end).resume();`;
  // Its text is no module, whatever the flags of this process say.
  new Thread(source, { eval: true, execArgv: [] }).unref();
}

/** Split at line feeds only: texts hold every other separator unescaped. */
async function* lines(input: Socket): AsyncGenerator<string> {
  input.setEncoding("utf8");
  let begun = "";
  for await (const chunk of input as AsyncIterable<string>) {
    const parts = chunk.split("\n");
    parts[0] = begun + parts[0]!;
    begun = parts.pop()!;
    yield* parts;
  }
}

function send(answer: Answer): void {
  let data = Buffer.from(`${JSON.stringify(answer)}\n`);
  while (data.length > 0) {
    try {
      data = data.subarray(fs.writeSync(ANSWERS, data));
    } catch (error) {
      if ((error as { code?: unknown }).code !== "EAGAIN") throw error;
    }
  }
}

/** Answer requests until the parent says goodbye or is gone. `load` imports from the library's root. */
export async function serve(load: Import): Promise<void> {
  watchParent();
  const worker = new Worker();
  for await (const line of lines(new Socket({ fd: REQUESTS, readable: true, writable: false }))) {
    const request = JSON.parse(line) as Request;
    if ("hello" in request) send(await worker.greet(request.hello, load));
    else if ("run" in request) send(await worker.run(request));
    else break;
  }
  // Handles and threads of the library must not keep the process.
  process.kill(process.pid, "SIGKILL");
}
