/** What a pair's configuration says about kinds of differences. */
import type { Policy, Verdict } from "../config.ts";
import type { CauseId } from "./causes.ts";

const COVERED: Record<Exclude<keyof Policy, "hash">, readonly CauseId[]> = {
  integers: ["integer_wrap", "integer_truncation", "int_beyond_2_53", "bool_as_number"],
  strings: ["lone_surrogate"],
  null: ["null_undefined"],
  unknownOptions: ["unknown_option_ignored"],
  errorCodes: ["error_code", "error_class"],
  errorMessages: ["error_message"],
};

/** How a cause is judged for this pair; a finding unless the configuration says otherwise. */
export function judge(cause: CauseId, policy: Policy): Verdict {
  for (const [key, causes] of Object.entries(COVERED)) {
    if (causes.includes(cause)) return policy[key as keyof typeof COVERED] ?? "report";
  }
  return "report";
}
