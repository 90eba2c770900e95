/** The plain name rule, applied backwards: `set_range`, `setRange` and `SetRange` fold to one name. */

/** Fold an identifier: no underscores, lower case. Dunder names keep their meaning since nothing else folds to them. */
export function foldName(name: string): string {
  return name.replaceAll("_", "").toLowerCase();
}

const IDENTIFIER = /[A-Za-z_$][\w$]*/g;
const COMPOSED = /[a-z\d][A-Z]|[A-Za-z\d]_[A-Za-z\d]|_$/;

/**
 * Fold the composed identifiers inside a message, so that `max_size must be …` equals `maxSize must be …`.
 * Plain words keep their case: `Name cannot be empty` and `name cannot be empty` stay different.
 */
export function foldIdentifiers(text: string): string {
  return text.replace(IDENTIFIER, (word) => (COMPOSED.test(word) ? foldName(word) : word));
}

/** Fold the name of an error class or code to what it is about: `InlineError`, `INLINE_ERROR` and `ERR_INLINE` give `inline`. */
export function foldErrorName(name: string): string {
  return foldName(name)
    .replace(/^err(or)?/, "")
    .replace(/(error|exception)$/, "");
}
