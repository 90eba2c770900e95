/** Robust figures of repeated timings. */

/** Minimum, median, and the distance between the quartiles as a share of the median. */
export interface Summary {
  min: number;
  median: number;
  spread: number;
}

/** The middle value; of an even count, the mean of the middle two. NaN of none. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The value below which the share `q` of the values lies, interpolated linearly. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * q;
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place % 1);
}

/** Summarises timings of one thing. */
export function summarize(values: readonly number[]): Summary {
  const middle = median(values);
  return {
    min: Math.min(...values),
    median: middle,
    spread: (quantile(values, 0.75) - quantile(values, 0.25)) / middle,
  };
}
