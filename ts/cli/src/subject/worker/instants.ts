/** Points in time and lengths of time as programs carry them. */

/** The text of a point in time: in UTC, with three digits of a second or six. */
export const INSTANT = /^(?!0000)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(\d{3})?Z$/;

/** Cut a point in time to the milliseconds that JavaScript's dates have. */
export function toMilliseconds(instant: string): string {
  return instant.replace(/(\.\d{3})\d{3}Z$/, "$1Z");
}

/** The whole milliseconds, towards the past, of a number of microseconds. */
export function milliseconds(microseconds: string): number {
  const exact = BigInt(microseconds);
  const part = ((exact % 1000n) + 1000n) % 1000n;
  return Number((exact - part) / 1000n);
}
