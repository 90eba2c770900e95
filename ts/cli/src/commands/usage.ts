/** Errors that are the caller's to mend, and the exit codes of every command. */

/** Exit codes, the same for all commands. */
export const EXIT = { fine: 0, findings: 1, usage: 2, fault: 70, interrupted: 130 } as const;

/** One clear sentence about what to change in the call. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Read a whole number of an option, within bounds. */
export function wholeNumber(
  option: string,
  least: number,
  most: number = Number.MAX_SAFE_INTEGER,
): (text: string) => number {
  return (text) => {
    const value = Number(text.replaceAll("_", ""));
    if (Number.isSafeInteger(value) && value >= least && value <= most) return value;
    const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
    throw new UsageError(`${option} takes a whole number ${range}, not "${text}".`);
  };
}

const UNITS: Record<string, number> = { "": 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 };

/** Read a size such as `3G`, `512M` or a number of bytes. */
export function byteSize(option: string): (text: string) => number {
  return (text) => {
    const [, number = "", unit = ""] = /^(\d+(?:\.\d+)?)\s*([kmg]?)i?b?$/i.exec(text.trim()) ?? [];
    const bytes = Math.round(Number(number) * UNITS[unit.toLowerCase()]!);
    if (number !== "" && bytes >= 64 * 2 ** 20) return bytes;
    throw new UsageError(`${option} takes a size of at least 64M, such as 3G, not "${text}".`);
  };
}
