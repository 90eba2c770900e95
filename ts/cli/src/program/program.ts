/**
 * The program format: what a subject is asked to do, and what it answers.
 *
 * Hand-written cases, random programs, reproductions and benchmark workloads are all programs.
 * `docs/programs.md` explains the format; `schema.ts` validates it and prints its JSON Schema.
 */

/** A value as it travels: everything that JSON would blur carries a tag. */
export type Value =
  | null
  | boolean
  /** Text; a lone surrogate travels as its JSON escape. */
  | string
  | Value[]
  /** JavaScript's `undefined`; as an argument it is `None` in Python. */
  | { undefined: true }
  /** An integer by its decimal text. */
  | { int: string }
  /** A float by its shortest round-trip text, or `nan`, `inf`, `-inf`, `-0.0`. */
  | { float: string }
  /** A JavaScript number in a transcript: JavaScript cannot tell 1 from 1.0. Same text as `float`. */
  | { num: string }
  /** Bytes as base64. */
  | { bytes: string }
  /** A contiguous buffer of f64 (`array.array('d')`, `Float64Array`), each as the text of a `float`. */
  | { floats: string[] }
  /** A point in time in UTC: `2026-01-02T03:04:05.006Z`, with six digits of a second where three are not enough. */
  | { datetime: string }
  /** A length of time by the decimal text of its microseconds; JavaScript has a number of milliseconds for it. */
  | { duration: string }
  | { tuple: Value[] }
  | { set: Value[] }
  /** A dict, a plain object or a Map, in its order. Keys of plain objects are strings. */
  | { map: [Value, Value][] }
  /** Python's slice object: start, stop and step, each an int or null. */
  | { slice: [Value, Value, Value] }
  /** An argument nested deeper than the wire allows: `of` inside `depth` lists, or maps with the one key `a`. */
  | { nested: { depth: number; in: "list" | "map"; of: Value } }
  /** A live handle of this program; in a transcript: that very object. */
  | { ref: string }
  /** An object of the library that has no handle; in transcripts only, with its observed state. */
  | { object: string; state?: State }
  /** A class or function of the library, as a value. */
  | { class: string }
  /** A path below the program's scratch folder, `/` separated; mapped in, and back in results and texts. Empty: the folder. */
  | { path: string }
  /** A fixture by name; each host resolves it to its own file (`ok` to `ok.py` and `ok.ts`). */
  | { fixture: string }
  /** A host function that records its calls; `as` names it in the transcript. */
  | { callback: Script; as?: string }
  /** A host object with attributes and methods; with `extends`, an instance of a host subclass of a library class. */
  | { duck: Duck; as?: string }
  /** A container that stands further up on the path, by its distance; 1 is the container that holds this value. */
  | { cycle: number }
  /** In transcripts only: a host value of no tagged kind. */
  | { opaque: string; text: string };

/** What a callback or a duck's method does. `do` runs first (re-entrant steps), then exactly one of the others; none returns null. */
export interface Script {
  do?: Step[];
  returns?: Value;
  /** Return the n-th argument. */
  argument?: number;
  /** Call the overridden method with the same arguments and return its result. */
  super?: true;
  /** Throw the host's exception of this kind with this message. */
  throws?: { kind: "value" | "type" | "key" | "state" | "error"; message: string };
  /** Answer asynchronously: an awaitable, or a promise. */
  async?: true;
  /** Lowered programs only: the canonical name of a duck's method, where the host's differs. */
  canonical?: string;
}

export interface Duck {
  extends?: string;
  args?: Value[];
  attributes?: Record<string, Value>;
  methods?: Record<string, Script>;
}

/** Arguments: positional, and by name. Names are canonical (snake_case). */
export interface Arguments {
  args?: Value[];
  kwargs?: Record<string, Value>;
}

/** What a hand-written step expects of an error; what is absent is not asked for. */
export interface ExpectedError {
  kind?: ErrorKind;
  code?: string | null;
  message?: string;
  /** Public attributes of the error, by their canonical names. */
  fields?: Record<string, Value>;
  cause?: ExpectedError;
}

/** What a hand-written step expects. Absent: only equality of the subjects is asked. */
export interface Expectation {
  returns?: Value;
  throws?: ExpectedError;
  /** Calls that the callbacks and ducks of the program must have received during this step, in order. */
  calls?: CallRecord[];
  /** Observed members of handles after this step. */
  state?: Record<string, Record<string, Value>>;
}

/**
 * A step. Members carry their Python name, protocols their Python data-model name (`__add__`, `__str__`, …);
 * the aligned surface translates both for each host (`lower.ts`).
 */
export type Step = (
  | ({ new: string; as: string } & Arguments)
  /** `on` a handle; `of` a class (static and class methods); neither: a function of the module. */
  | ({ call: string; on?: string; of?: string; as?: string } & Arguments)
  | { get: string; on?: string; of?: string; as?: string }
  | { set: string; on: string; to: Value }
  /** Take at most `limit` items (1,000 when absent). `returns` holds the items; `done` says whether the iterator ended. */
  | { iterate: string; limit?: number }
  /**
   * Enter the handle's scope, run the steps, leave it (also when a step of it throws an unexpected error).
   * With `async` by the asynchronous protocol: `async with` and `await using`.
   */
  | { scope: string; async?: true; as?: string; steps: Step[] }
  | { drop: string }
  | FileStep
) &
  Expectation;

/** What a program does to the file system, inside its scratch folder. */
export type FileStep =
  | { file: "write"; path: string; data: FileData }
  /** Write a temporary file beside it, then rename it over the path. */
  | { file: "replace"; path: string; data: FileData }
  /** Overwrite the content and put mtime back. */
  | { file: "rewrite_keeping_mtime"; path: string; data: FileData }
  | { file: "touch"; path: string }
  | { file: "rename"; path: string; to: string }
  | { file: "remove"; path: string }
  | { file: "mkdir"; path: string }
  | { file: "symlink"; path: string; to: string };

/** A text, or the text of a fixture; the file then gets this host's suffix, and the path without it keeps naming it. */
export type FileData = string | { fixture: string };

/** What lowering adds to a step for one host's worker; never written by hand. */
export interface Lowered {
  /** `new`: what makes the object instead of a constructor: a function of the module, or a static method `of` a class. */
  factory?: { call: string; of?: string };
  /** `new`: the named arguments are the object itself: an interface in Node, a dict in Python. */
  plain?: true;
  /** The result is not reported: the other host has none here. */
  quiet?: true;
  /** An operator that changes its left side: what it returns is bound to `on` again and reported as that handle. */
  inPlace?: true;
  /**
   * The arguments are `start`, `stop` and what to put there: by the object's length they become the place and the number
   * that its `splice` takes, and what to put there one argument an item.
   */
  splice?: true;
  /**
   * What is done with a call's result before it is reported: `not` negates it, a comparison asks it about 0,
   * `next` takes an iterator result apart.
   */
  answer?: "not" | "<" | "<=" | ">" | ">=" | "next";
  /** `scope`: the method that takes the scope as a callback, and enters and leaves around it. */
  within?: string;
}

/** A step as a worker gets it. */
export type LoweredStep = Step & Lowered;

export interface Program {
  name?: string;
  steps: Step[];
}

/** A case file: one class, its programs, and host-side fixtures. */
export interface CaseFile {
  $schema?: string;
  /** The class the file specifies; a file has this or `module`. */
  class?: string;
  /** The function module the file specifies. */
  module?: string;
  /** Files by fixture name, then by host (`python`, `node`): `{"ok": {"python": {"suffix": ".py", "text": "…"}, …}}`. */
  fixtures?: Record<string, Record<string, { suffix: string; text: string }>>;
  programs: Program[];
}

export type ErrorKind =
  | "value"
  | "overflow"
  | "type"
  | "key"
  | "index"
  | "state"
  | "not_found"
  | "not_a_directory"
  | "permission"
  | "io"
  | "panic"
  | "plugin"
  | "encoding"
  | "cancelled"
  | "error";

export interface CallRecord {
  /** The callback's name, or `duck.method`. */
  callback: string;
  args: Value[];
}

/** The members of an object that were observed: properties by name, protocols (`__repr__`) by data-model name. */
export type State = Record<string, Value | { error: ErrorOutcome }>;

export interface ErrorOutcome {
  /** The exception's classes from the most derived to the root's child (`ValueError`, `Exception`; `RangeError`, `Error`). */
  classes: string[];
  code: string | null;
  message: string;
  cause: ErrorOutcome | null;
  /** Its public data attributes beside those above, by the host's names; absent when it has none. */
  fields?: Record<string, Value>;
  /** Python's `__notes__`: shown, never compared. */
  notes?: string[];
  /** What was thrown is no Error / derives from BaseException only. */
  outside?: true;
}

/** One transcript line: the outcome of one step. */
export interface Outcome {
  step: number;
  value?: Value;
  error?: ErrorOutcome;
  /** For `iterate`: whether the iterator ended within the limit. For a call of `__next__`: true when it was exhausted. */
  done?: boolean;
  /** The step needs a handle that an earlier step failed to make: nothing was done. */
  skipped?: true;
  /** Node: an integer argument was refused as a number and accepted as a bigint. */
  took?: "bigint";
  /** The result was awaited. */
  async?: true;
  /** The result was beyond the host's safe integers and came through the BigInt twin. */
  via?: "bigint";
  calls?: CallRecord[];
  /** Arguments that the call changed, by position or name, as they are now. */
  mutated?: Record<string, Value>;
  /** State of live handles that differs from the last state sent in this program; null for a handle that is gone. */
  state?: Record<string, State | null>;
  /** Outcomes of the steps inside a scope, and of the re-entrant steps of callbacks, in the order of their running. */
  inner?: Outcome[];
}

export type Transcript = Outcome[];

/** How a program ended when its subject did not answer it. */
export type Death = (
  | { death: "abort" | "signal"; signal: string }
  | { death: "exit"; code: number }
  | { death: "hang"; seconds: number }
  | { death: "memory"; bytes: number }
) & {
  /** The end of what the process wrote to standard error. */
  stderr: string;
  /** The step that was running; absent when the process fell between steps. */
  step?: number;
  /** It happens only after other programs in the same process. */
  history?: true;
};

export type Result = { transcript: Transcript } | Death;
