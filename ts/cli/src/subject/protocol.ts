/**
 * The worker protocol: JSON lines, one object a line, over two pipes of their own.
 *
 * A worker is spawned in a process group of its own with: fd 0 at end of file, fd 1 and 2 captured (the library may
 * print), fd 3 requests in, fd 4 answers out, fd 5 a watchdog that the parent holds open (end of file means that the
 * parent is gone: the worker ends itself and its group), fd 6 a file of 12 bytes for marks: before each program, and
 * in traced runs before each step, the worker writes {@link Mark} there, so that a death names its program without a
 * message for each one.
 *
 * Programs arrive lowered (`program/lower.ts`): members under the host's own names, so that a worker needs no alignment.
 */
import type { Program, Transcript } from "../program/program.ts";

/** The first request: what to load and how to observe it. */
export interface Hello {
  hello: {
    /** Python module to import, or Node package specifier. */
    module: string;
    /** Node: the folder from which the specifier resolves (also the worker's initial working directory). Python: prepended to sys.path when set. */
    root: string | null;
    /** Observed members by class (host name): canonical name → the host's member. Read after every step, sent when changed. */
    observe: Record<string, Record<string, string>>;
    /** Node: method or property name → its BigInt twin, by class; functions of the module under the empty name. */
    twins: Record<string, Record<string, string>>;
    /** Submodules to import beside the module, by the prefix of their members' names: `{"compute": "pairity.compute"}`. */
    modules?: Record<string, string>;
    /** Fixture texts of this host, written into a program's scratch folder on first use. */
    fixtures: Record<string, { suffix: string; text: string }>;
    /** Cap in bytes; Python sets RLIMIT_AS on itself, Node is sampled from outside. */
    maxMemory: number | null;
    /** An empty folder that the parent made and removes: the working directory, below it a folder for each program that needs one. */
    scratch: string;
    /** Self-tests only: a fault that the worker commits on purpose (`workers/pairity_worker/mutations.py`). Python's worker alone knows them. */
    mutate?: string;
  };
}

/** A batch of programs; in a traced run each step is marked as well. */
export interface Run {
  run: number;
  programs: Program[];
  trace?: true;
}

export type Request = Hello | Run | { bye: true };

/** What the worker really loaded. */
export interface Greeting {
  hello: {
    runtime: string;
    module: string;
    version: string | null;
    artefacts: string[];
  };
}

/** The module did not load: the loader's own text. */
export interface Refusal {
  refused: { message: string; classes: string[] };
}

/** The transcripts of a batch, in order; a batch that takes its time is answered in parts. */
export interface Ran {
  ran: number;
  /** Another part follows. */
  more?: true;
  /** A program that is no program is answered by what is wrong with it: a fault of the tool. */
  transcripts: (Transcript | { malformed: string })[];
  /** A WebAssembly trap came up: the instance lies from then on, so the worker runs nothing more and wants to be replaced. */
  poisoned?: true;
}

export type Answer = Greeting | Refusal | Ran;

/** What fd 6 holds: three little-endian 32-bit integers; the step is −1 before the first one and in untraced runs. */
export interface Mark {
  run: number;
  program: number;
  step: number;
}
