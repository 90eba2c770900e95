/** What a subject is, and what can go wrong with it that is no outcome of a program. */
import type { CaseFile } from "../program/program.ts";
import type { Hello } from "./protocol.ts";

/** A process to be driven: one build of a library in one interpreter. Subjects are N, not two. */
export interface SubjectSpec {
  host: "python" | "node";
  /** The interpreter, with arguments of its own: `["python3"]`, `["node", "--expose-gc"]`. */
  command: readonly string[];
  /** Python module, or Node package specifier. */
  module: string;
  /** Node: the folder from which the specifier resolves. Python: prepended to sys.path. */
  root: string | null;
  observe: Hello["hello"]["observe"];
  twins: Hello["hello"]["twins"];
  /** What to import beside the module, by the prefix of its members' names. */
  modules?: Readonly<Record<string, string>>;
  /** Case file fixtures, by name and host. */
  fixtures?: CaseFile["fixtures"];
  /** Cap of each process in bytes. */
  maxMemory?: number | null;
  /** Seconds that one program may take; it is killed after them. 10 when absent. */
  deadline?: number;
  /** How many programs go to the worker in one request; 100 when absent. */
  batch?: number;
  /** Self-tests only: a fault that the Python worker commits on purpose. */
  mutate?: string;
  /** Added to the environment. */
  env?: Readonly<Record<string, string>>;
}

/** The module did not load; the loader's own text. */
export class SubjectRefused extends Error {
  readonly host: SubjectSpec["host"];
  readonly module: string;
  /** The class chain of what the loader threw; empty when the process died of it. */
  readonly classes: string[];

  constructor(spec: SubjectSpec, message: string, classes: string[]) {
    super(message);
    this.name = "SubjectRefused";
    this.host = spec.host;
    this.module = spec.module;
    this.classes = classes;
  }
}

/** A fault of the tool: a program that is no program, or a worker that cannot be spoken with. */
export class SubjectFault extends Error {
  override readonly name: string = "SubjectFault";
}
