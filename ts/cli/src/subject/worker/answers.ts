/** What an answer means where a member stands for a question of another name. */

/** The answer to a comparison, or to the negation of equality. */
export function derived(result: unknown, answer: "not" | "<" | "<=" | ">" | ">="): unknown {
  // What is no answer to the question is shown as it is.
  if (answer === "not") return typeof result === "boolean" ? !result : result;
  if (typeof result !== "number") return result;
  return answer === "<" ? result < 0 : answer === "<=" ? result <= 0 : answer === ">" ? result > 0 : result >= 0;
}
