/** The text of a float as both workers write it: Python's repr. */

/** Write a number by its shortest round trip: `1.0`, `1e+16`, `1e-05`, `-0.0`, `nan`, `inf`. */
export function floatText(value: number): string {
  const size = Math.abs(value);
  if (size < 1e16 && (size >= 1e-4 || size === 0)) {
    if (!Number.isInteger(value)) return String(value);
    return Object.is(value, -0) ? "-0.0" : `${value}.0`;
  }
  if (Number.isNaN(value)) return "nan";
  if (size === Number.POSITIVE_INFINITY) return value < 0 ? "-inf" : "inf";
  // Python pads the exponent to two digits.
  return value.toExponential().replace(/e([+-])(\d)$/, "e$10$2");
}

const FLOAT = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/;

/** Read the text of a float; undefined when it is none. */
export function parseFloatText(text: string): number | undefined {
  if (FLOAT.test(text)) return Number(text);
  if (text === "nan") return Number.NaN;
  if (text === "inf") return Number.POSITIVE_INFINITY;
  return text === "-inf" ? Number.NEGATIVE_INFINITY : undefined;
}
