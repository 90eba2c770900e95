/** Comparison of texts: what two different strings have in common tells why they differ. */
import type { CauseId } from "./causes.ts";
import { foldIdentifiers } from "./names.ts";

/** A surrogate without its other half. */
export const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** Whether the text holds half of a surrogate pair. */
export function hasLoneSurrogate(text: string): boolean {
  return !text.isWellFormed();
}

/** The cause that two different texts show, `value` when they show none. */
export function textCause(left: string, right: string): CauseId {
  if (left.replace(LONE_SURROGATE, "\uFFFD") === right.replace(LONE_SURROGATE, "\uFFFD")) return "lone_surrogate";
  // Each half of a pair, or each byte of its encoding, may have been replaced by a character of its own.
  const collapse = (text: string) => text.replace(LONE_SURROGATE, "\uFFFD").replace(/\uFFFD+/g, "\uFFFD");
  if ((left.includes("\uFFFD") || right.includes("\uFFFD")) && collapse(left) === collapse(right))
    return "lone_surrogate";
  if (isDefaultText(left) !== isDefaultText(right)) return "object_text";
  const plain = (text: string) => text.replace(/(?<![\w.])(-?\d+)\.0(?![\d.])/g, "$1");
  if (plain(left) === plain(right)) return "float_kind";
  if (/-0(\.0)?\b/.test(left + right) && plain(left).replace(/-0\b/g, "0") === plain(right).replace(/-0\b/g, "0")) {
    return "negative_zero";
  }
  return "value";
}

/**
 * Whether two texts of an object differ only in how their hosts write what it holds: `None`, `True` and the brackets of a
 * list are Python's, `null`, `true` and brackets with spaces JavaScript's.
 */
export function sameInHostWords(python: string, node: string): boolean {
  const words: Record<string, string> = { None: "null", True: "true", False: "false" };
  // What stands in quotes is data.
  const outside = (text: string, change: (part: string) => string) =>
    text.replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[^'"]+/g, (part) => (/^['"]/.test(part) ? part : change(part)));
  const a = outside(python, (part) => part.replace(/\b(None|True|False)\b/g, (word) => words[word]!));
  const b = outside(node, (part) =>
    part
      .replace(/\bundefined\b/g, "null")
      .replace(/([[{]) (?! )/g, "$1")
      .replace(/(?<! ) ([\]}])/g, "$1"),
  );
  return a === b;
}

/** Whether a text is what a host prints for an object that defines no text of its own. */
export function isDefaultText(text: string): boolean {
  return /^\[object \w+\]$/.test(text) || /^<[\w.]+ object( at 0x[0-9a-f]+)?>$/.test(text) || /^\w+ \{\}$/.test(text);
}

/** Where a backtrace begins that a library put into its message: frames are of the build, not of the error. */
const BACKTRACE = /\n\s*(stack backtrace|backtrace|stack trace)s?:[\s\S]*$/i;

/** Messages are equal when they are, with composed identifiers folded by the name rule and frames of a backtrace left out. */
export function sameMessage(left: string, right: string): boolean {
  if (left === right) return true;
  const normal = (text: string) =>
    foldIdentifiers(text.replace(BACKTRACE, "\n<backtrace>").replace(/\b0x[0-9a-f]{6,}\b/gi, "0x"));
  return normal(left) === normal(right);
}
