/**
 * The worker protocol: JSON lines, one object a line, over two pipes of their own.
 *
 * A worker is spawned with: fd 0 closed, fd 1 and 2 captured (the library may print), fd 3 requests in, fd 4 answers out,
 * fd 5 a watchdog that the parent holds open: end of file means that the parent is gone, and the worker exits.
 * Programs arrive lowered: members under the host's own names, options objects formed, so that a worker needs no alignment.
 */
import type { Program, Transcript } from "../program/program.ts";

export interface Hello {
  hello: {
    /** Python module to import, or Node package specifier. */
    module: string;
    /** Node: the folder from which the specifier resolves. Python: prepended to sys.path when set. */
    root: string | null;
    /** Observed members by class (host names): read after every step, sent when changed. */
    observe: Record<string, string[]>;
    /** Node: method or property name → its BigInt twin, by class. */
    twins: Record<string, Record<string, string>>;
    /** Fixture texts, written into each program's scratch folder on first use. */
    fixtures: Record<string, { suffix: string; text: string }>;
    /** Cap in bytes; Python sets RLIMIT_AS on itself, Node is sampled from outside. */
    maxMemory: number | null;
  };
}

export interface Run {
  run: number;
  programs: Program[];
}

export type Request = Hello | Run | { bye: true };

export interface Greeting {
  hello: {
    runtime: string;
    module: string;
    version: string | null;
    artefacts: string[];
  };
}

export type Answer =
  | Greeting
  /** The module did not load: the loader's own text. */
  | { refused: { message: string; classes: string[] } }
  /** Written before each program of a batch, so that a death names its program. */
  | { begin: number }
  | { ran: number; transcripts: Transcript[] };
