/** The one table from a host's exception classes and codes to the kinds that both hosts share. */
import type { ErrorKind, ErrorOutcome } from "../program/program.ts";

/** The hosts a subject can run in. */
export type Host = "python" | "node";

const KINDS_BY_CLASS: Record<Host, Record<string, readonly ErrorKind[]>> = {
  python: {
    PanicException: ["panic"],
    CancelledError: ["cancelled"],
    UnicodeError: ["encoding"],
    OverflowError: ["overflow"],
    ZeroDivisionError: ["value"],
    FileNotFoundError: ["not_found"],
    NotADirectoryError: ["not_a_directory"],
    PermissionError: ["permission"],
    OSError: ["io"],
    IndexError: ["index"],
    KeyError: ["key"],
    LookupError: ["key"],
    TypeError: ["type"],
    AttributeError: ["type", "state"],
    ValueError: ["value"],
    RuntimeError: ["state", "error"],
    Exception: ["error", "state", "plugin"],
    BaseException: ["error"],
  },
  node: {
    TypeError: ["type"],
    // The mirror rules give all three the one built-in class; a code tells them apart.
    RangeError: ["value", "overflow", "index"],
    SyntaxError: ["value"],
    URIError: ["encoding"],
    AbortError: ["cancelled"],
    // WebAssembly's trap.
    RuntimeError: ["panic"],
    Error: ["error", "key", "state", "not_found", "not_a_directory", "permission", "io", "plugin", "cancelled"],
  },
};

const KINDS_BY_CODE: Record<string, readonly ErrorKind[]> = {
  ERR_VALUE: ["value"],
  ERR_DIVISION_BY_ZERO: ["value"],
  ERR_OVERFLOW: ["overflow"],
  ERR_UNSAFE_INTEGER: ["overflow"],
  ERR_TYPE: ["type"],
  ERR_KEY: ["key"],
  ERR_INDEX: ["index"],
  ERR_STATE: ["state"],
  ERR_PANIC: ["panic"],
  ERR_ENCODING: ["encoding"],
  ERR_CANCELLED: ["cancelled"],
  ABORT_ERR: ["cancelled"],
  ERR_INVALID_ARG_TYPE: ["type"],
  ERR_INVALID_ARG_VALUE: ["value", "type"],
  ERR_OUT_OF_RANGE: ["value", "overflow", "index"],
  ENOENT: ["not_found"],
  ENOTDIR: ["not_a_directory"],
  EACCES: ["permission"],
  EPERM: ["permission"],
  // Node-API's own statuses: what the conversion layer says when it refuses an argument.
  InvalidArg: ["type", "value"],
  Cancelled: ["cancelled"],
};

/** Codes that a platform gives by itself; they say nothing about which failure of the library this is. */
const PLATFORM_CODE =
  /^(Ok|InvalidArg|\w+Expected|GenericFailure|PendingException|Cancelled|EscapeCalledTwice|HandleScopeMismatch|CallbackScopeMismatch|QueueFull|Closing|WouldDeadlock|NoExternalBuffersAllowed|Unknown|ABORT_ERR|ERR_INVALID_\w+|ERR_OUT_OF_RANGE|ERR_MISSING_ARGS|E[A-Z0-9]{2,})$/;

const BUILTIN_CLASSES: Record<Host, RegExp> = {
  python:
    /^(\w*Warning|BaseException|Exception|ExceptionGroup|ArithmeticError|AssertionError|AttributeError|BlockingIOError|BrokenPipeError|BufferError|CancelledError|ChildProcessError|Connection\w*Error|EOFError|FileExistsError|FileNotFoundError|FloatingPointError|ImportError|IndexError|InterruptedError|IsADirectoryError|KeyError|KeyboardInterrupt|LookupError|MemoryError|ModuleNotFoundError|NameError|NotADirectoryError|NotImplementedError|OSError|OverflowError|PanicException|PermissionError|ProcessLookupError|RecursionError|ReferenceError|RuntimeError|Stop(Async)?Iteration|SyntaxError|SystemError|SystemExit|TimeoutError|TypeError|UnboundLocalError|Unicode\w*Error|ValueError|ZeroDivisionError)$/,
  node: /^(Error|TypeError|RangeError|SyntaxError|ReferenceError|EvalError|URIError|AggregateError|DOMException|AbortError|RuntimeError|CompileError|LinkError|SystemError|Object)$/,
};

/** What PyO3, CPython, napi-rs and wasm-bindgen say when an argument cannot become the parameter's type. */
const CONVERSION_TEXT =
  /can't convert negative int to unsigned|out of range integral type|int too (big|large) to convert|Python int too large|cannot be (converted|interpreted|cast)|is not an instance of|surrogates not allowed|Failed to (convert|get|create)|Expect value to be|does not match|not a valid|argument must be/i;

const cache = new Map<string, readonly ErrorKind[]>();

/** The kinds an error may be. A code of the shared table decides alone; a class may leave several open. */
export function kindsOf(error: ErrorOutcome, host: Host): readonly ErrorKind[] {
  const key = `${host} ${error.code ?? ""} ${error.classes.join(" ")}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const kinds = findKinds(error, host);
  // Classes made on the fly by a library must not let the table grow for ever.
  if (cache.size > 10_000) cache.clear();
  cache.set(key, kinds);
  return kinds;
}

function findKinds(error: ErrorOutcome, host: Host): readonly ErrorKind[] {
  const { code } = error;
  if (code !== null) {
    const byCode = Object.hasOwn(KINDS_BY_CODE, code) ? KINDS_BY_CODE[code] : undefined;
    if (byCode !== undefined) return byCode;
    if (code.startsWith("ERR_PLUGIN")) return ["plugin"];
    if (code.endsWith("Expected")) return ["type"];
    if (host === "node" && /^E[A-Z0-9]{2,}$/.test(code)) return ["io"];
  }
  for (const name of error.classes) {
    const table = KINDS_BY_CLASS[host];
    if (Object.hasOwn(table, name)) return table[name]!;
  }
  return ["error"];
}

/** The code when it is the library's own, not a status of the platform. */
export function libraryCode(error: ErrorOutcome): string | null {
  return error.code === null || PLATFORM_CODE.test(error.code) ? null : error.code;
}

/** The most derived class when the library defines it, else null. */
export function libraryClass(error: ErrorOutcome, host: Host): string | null {
  const name = error.classes[0];
  return name === undefined || BUILTIN_CLASSES[host].test(name) ? null : name;
}

/** Whether the binding turned an argument away before the library saw it: wrong type, wrong count, not representable. */
export function refusesArgument(error: ErrorOutcome, host: Host): boolean {
  const kinds = kindsOf(error, host);
  if (kinds.includes("type") || kinds.includes("encoding")) return true;
  return CONVERSION_TEXT.test(error.message) && (kinds.includes("overflow") || kinds.includes("error"));
}
