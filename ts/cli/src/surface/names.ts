/** Names across hosts: one rule for snake_case and camelCase, and a fold that forgets the difference. */

/** The name without case and underscores: `VDFInfo`, `VdfInfo` and `vdf_info` fold alike. */
export function fold(name: string): string {
  return name.replace(/_/g, "").toLowerCase();
}

/**
 * `set_range` to `setRange`; leading underscores stay, a trailing one (a Python keyword in the way) goes.
 * Names like `__proto__` mean something of their own and stay.
 */
export function camelCase(name: string): string {
  if (/^__.+__$/.test(name)) return name;
  const trimmed = name.replace(/(?<=[^_])_+$/, "");
  return trimmed.replace(/(?<=[^_])_+(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** `setRange` to `set_range`, `toJSON` to `to_json`, `VDFInfo` to `vdf_info`. */
export function snakeCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
    .toLowerCase();
}

/** Which spelling rule leads from a Python name to a Node name; null where none does. */
export function nameRule(python: string, node: string): "same" | "case" | "underscore" | "acronym" | null {
  if (python === node) return "same";
  if (fold(python) !== fold(node)) return null;
  if (/(?<=[^_])_$/.test(python) && camelCase(python) === node) return "underscore";
  if (camelCase(python) === node) return "case";
  // A constant is in capitals as a whole: that is Python's case, no acronym.
  if (python === python.toUpperCase()) return "case";
  return /[A-Z]{2}/.test(python) || /[A-Z]{2}/.test(node) ? "acronym" : "case";
}

/** A dotted name in two: `compute.fib` is `fib` of `compute`. What stands in no submodule has no prefix. */
export function splitName(name: string): { prefix: string | null; local: string } {
  const dot = name.lastIndexOf(".");
  return dot < 0 ? { prefix: null, local: name } : { prefix: name.slice(0, dot), local: name.slice(dot + 1) };
}
