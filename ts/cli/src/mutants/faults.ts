/** Mutants inside the worker process, around its calls: `workers/pairity_worker/mutations.py` carries them out. */
import type { Mutant } from "./mutant.ts";

/** The mutants. */
export const FAULTS: Mutant[] = [
  { name: "abort", about: "the process aborts", severity: "crash", causes: ["abort"] },
  { name: "exit", about: "the process exits", severity: "crash", causes: ["exit"] },
  { name: "hang", about: "a call does not come back", severity: "crash", causes: ["hang"] },
  {
    name: "panic",
    about: "an error becomes a panic that except Exception does not catch",
    severity: "crash",
    causes: ["panic"],
  },
  {
    name: "uncatchable",
    about: "an error derives from BaseException only",
    severity: "crash",
    causes: ["uncatchable"],
  },
  {
    name: "wrong error kind",
    about: "every error is a plain one of another kind",
    severity: "error_identity",
    causes: ["error_kind", "error_class"],
  },
  { name: "changed message", about: "an error has another text", severity: "message", causes: ["error_message"] },
  { name: "dropped cause", about: "an error loses its cause", severity: "error_identity", causes: ["error_cause"] },
  { name: "swallowed error", about: "an error becomes None", severity: "acceptance", causes: ["error_swallowed"] },
  {
    name: "swallowed callback error",
    about: "what a callback throws is lost",
    severity: "acceptance",
    causes: ["callback_error"],
  },
  {
    name: "called twice",
    about: "a callback is called a second time",
    severity: "wrong_value",
    causes: ["callback_calls"],
  },
  { name: "mutated argument", about: "a list argument grows", severity: "wrong_value", causes: ["argument_mutated"] },
  {
    name: "unknown option ignored",
    about: "unexpected keywords are dropped",
    severity: "acceptance",
    causes: ["unknown_option_ignored"],
  },
  {
    name: "surrogate replaced",
    about: "a lone surrogate in an argument becomes U+FFFD",
    severity: "acceptance",
    causes: ["lone_surrogate"],
  },
  { name: "truncation", about: "1.5 is taken for an integer", severity: "acceptance", causes: ["integer_truncation"] },
  { name: "boolean as number", about: "True is taken for 1", severity: "acceptance", causes: ["bool_as_number"] },
  { name: "coercion", about: "a number is taken for a text", severity: "acceptance", causes: ["type_coercion"] },
  {
    name: "argument wraps",
    about: "an integer argument is taken modulo 2^32",
    severity: "wrong_value",
    causes: ["integer_wrap", "int_beyond_2_53"],
  },
].map((one): Mutant => ({ ...one, host: "python", worker: one.name }) as Mutant);
