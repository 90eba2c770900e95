/** What the text of a refusal says about the argument that was refused. Texts are CPython's, PyO3's, napi-rs's and V8's own. */
import type { ErrorOutcome } from "../program/program.ts";
import type { CauseId } from "./causes.ts";

const TABLE: { says: RegExp; causes: CauseId[] }[] = [
  { says: /surrogates not allowed|lone surrogate|UnicodeEncodeError/, causes: ["lone_surrogate"] },
  {
    says: /unexpected (keyword|kwarg)|no keyword arguments|unknown (option|field|key)/i,
    causes: ["unknown_option_ignored"],
  },
  {
    says: /missing \d+ required|missing required|required positional|missing an argument/i,
    causes: ["missing_argument"],
  },
  {
    says: /negative int to unsigned|out of range integral|int too (big|large)|Python int too large|does not fit/i,
    causes: ["integer_wrap", "int_beyond_2_53"],
  },
  {
    says: /'float' object cannot be interpreted as an integer|integer expected, got float/i,
    causes: ["integer_truncation"],
  },
];

/** What a refused type is called. Where both sides fail it tells nothing: the other one may refuse the same in other words. */
const TYPES: typeof TABLE = [
  { says: /'NoneType' object (cannot be|is not an instance)/, causes: ["null_undefined", "type_coercion"] },
  {
    says: /' object (cannot be (interpreted|converted|cast)|is not an instance of)|must be real number/,
    causes: ["type_coercion"],
  },
];

/** The causes that an error names when the other side answers. */
export function acceptedCauses(error: ErrorOutcome): readonly CauseId[] {
  const told = refusalCauses(error);
  return told.length > 0 ? told : (TYPES.find((row) => row.says.test(error.message))?.causes ?? []);
}

/** The causes that an error's own text names; none where it does not say. */
export function refusalCauses(error: ErrorOutcome): readonly CauseId[] {
  const text = `${error.classes[0] ?? ""}: ${error.message}`;
  return TABLE.find((row) => row.says.test(text))?.causes ?? [];
}

/** Whether an error says that a property has no setter. */
export function isReadOnly(error: ErrorOutcome): boolean {
  return /not writable|read-?only|has no setter|only a getter|can't set attribute/i.test(error.message);
}
