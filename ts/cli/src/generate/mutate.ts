/** Small changes to a text that a parser accepts, so that the result is nearly accepted, or means something else. */
import type { Random } from "./random.ts";

const NUMBERS = [
  "0",
  "-1",
  "1.5",
  "1e21",
  "2147483648",
  "4294967296",
  "9007199254740993",
  "18446744073709551616",
  "007",
];
const OPERATORS = ["+", "-", "*", "/", "%", "^", "==", "<", ">", "&&", "||", "=", "!", "?", ":", ".", ","];
const INSERTS = ["🎉", "é", "\u0000", "\n", " ", "\\", '"', "'", "<", "&", "\ufeff", "\u202e"];

/** One change: a number, an operator or a character of it, or a piece of another text. */
export function mutateText(text: string, others: readonly string[], random: Random): string {
  switch (random.below(7)) {
    case 0:
      return replaceOne(text, /\d+(?:\.\d+)?/g, random.pick(NUMBERS), random);
    case 1:
      return replaceOne(text, /[-+*/%^<>=!&|]+/g, random.pick(OPERATORS), random);
    case 2: {
      const at = random.below(text.length + 1);
      return text.slice(0, at) + random.pick(INSERTS) + text.slice(at);
    }
    case 3: {
      const at = random.below(text.length + 1);
      return text.slice(0, at) + text.slice(at + random.between(1, 4));
    }
    case 4: {
      const other = random.pick(others);
      return text.slice(0, random.below(text.length + 1)) + other.slice(random.below(other.length + 1));
    }
    case 5:
      return replaceOne(text, /"[^"]*"|'[^']*'/g, random.pick(['""', '"🎉"', "'a'", '"\\u0041"']), random);
    default:
      return random.chance(0.5) ? text + text : text.slice(0, random.below(text.length + 1));
  }
}

function replaceOne(text: string, pattern: RegExp, replacement: string, random: Random): string {
  const found = [...text.matchAll(pattern)];
  if (found.length === 0) return text + replacement;
  const match = random.pick(found);
  return text.slice(0, match.index) + replacement + text.slice(match.index + match[0].length);
}
