import { expect, test } from "vitest";
import { median, quantile, summarize } from "./statistics.ts";

test("the median of an even count is the mean of the middle two", () => {
  expect(median([4, 1, 3, 2])).toBe(2.5);
});

test("quantiles interpolate between neighbours", () => {
  expect(quantile([0, 10], 0.25)).toBe(2.5);
});

test("the spread is the distance of the quartiles as a share of the median", () => {
  expect(summarize([1, 2, 3, 4, 5])).toEqual({ min: 1, median: 3, spread: 2 / 3 });
});
