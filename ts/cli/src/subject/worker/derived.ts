/** Answers that Python has operators for and JavaScript derives from what a method returns. */

/** The answer to a comparison, from the result of `compareTo` or `equals`. */
export function derived(result: unknown, answer: "not" | "<" | "<=" | ">" | ">="): unknown {
  // What is no answer to the question is shown as it is.
  if (answer === "not") return typeof result === "boolean" ? !result : result;
  if (typeof result !== "number") return result;
  return answer === "<" ? result < 0 : answer === "<=" ? result <= 0 : answer === ">" ? result > 0 : result >= 0;
}
