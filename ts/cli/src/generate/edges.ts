/** The values at which bindings differ: the edges of number types, of text, and of everything else. */
import type { Value } from "../program/program.ts";

/** Integers at the edges of the types that bindings use. */
export const EDGE_INTEGERS: readonly bigint[] = [
  0n,
  1n,
  -1n,
  127n,
  128n,
  255n,
  256n,
  -(2n ** 31n) - 1n,
  -(2n ** 31n),
  2n ** 31n - 1n,
  2n ** 31n,
  2n ** 32n - 1n,
  2n ** 32n,
  2n ** 32n + 1n,
  2n ** 53n - 1n,
  2n ** 53n,
  2n ** 53n + 1n,
  -(2n ** 53n) + 1n,
  -(2n ** 53n) - 1n,
  2n ** 63n - 1n,
  2n ** 63n,
  -(2n ** 63n),
  -(2n ** 63n) - 1n,
  2n ** 64n - 1n,
  2n ** 64n,
];

/** Floats as the texts that programs carry. */
export const EDGE_FLOATS: readonly string[] = [
  "0.0",
  "-0.0",
  "1.0",
  "-1.0",
  "1.5",
  "0.1",
  "nan",
  "inf",
  "-inf",
  "5e-324",
  "2.2250738585072014e-308",
  "1.7976931348623157e+308",
  "2147483648.0",
  "-2147483649.0",
  "4294967296.0",
  "9007199254740991.0",
  "9007199254740993.0",
  "9.223372036854776e+18",
  "1.8446744073709552e+19",
  "1e+21",
  "1e-07",
];

/** Points in time at the edges of calendars and clocks. */
export const EDGE_INSTANTS: readonly string[] = [
  "1970-01-01T00:00:00.000Z",
  "1969-12-31T23:59:59.999Z",
  "0001-01-01T00:00:00.000Z",
  "0099-12-31T00:00:00.000Z",
  "1582-10-10T00:00:00.000Z",
  "2000-02-29T12:00:00.000Z",
  "2038-01-19T03:14:08.000Z",
  "9999-12-31T23:59:59.999Z",
];

/** Lengths of time in microseconds, all of whole milliseconds. */
export const EDGE_DURATIONS: readonly string[] = [
  "0",
  "1000",
  "-1000",
  "999000",
  "86400000000",
  "-86400001000",
  "2147483648000000",
  "9007199254740991000",
  "-9007199254740991000",
];

/** Texts that well-formed UTF-8 holds and that bindings still treat differently. */
export const EDGE_TEXTS: readonly string[] = [
  "",
  " ",
  "\u0000",
  "a\u0000b",
  "é",
  "e\u0301",
  "ß",
  "İ",
  "日本語",
  "🎉",
  "a🎉b",
  "👨‍👩‍👧",
  "\u202eabc",
  "\ufeffabc",
  "\u2028",
  "\r\n",
  "\t",
  "__proto__",
  "constructor",
  "null",
  "0",
  "-1",
  "9007199254740993",
  "'\"\\",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a text that templates would read
  "%s %d {0} ${x}",
];

/** Texts that are no Unicode: legal in both hosts, encodable in neither. */
export const BROKEN_TEXTS: readonly string[] = ["\ud800", "\udc00", "a\ud83cb", "x\udf89"];

/** Values for parameters of which nothing is known, and for misuse. */
export const ODD_VALUES: readonly Value[] = [
  null,
  true,
  false,
  "",
  "abc",
  "42",
  { int: "0" },
  { int: "-1" },
  { int: "42" },
  { int: "9007199254740993" },
  { float: "1.5" },
  { float: "nan" },
  { float: "inf" },
  { bytes: "" },
  { bytes: "AP8=" },
  [],
  [{ int: "1" }, "two", null],
  { map: [] },
  { map: [["a", { int: "1" }]] },
  { map: [["__proto__", { int: "1" }]] },
  { tuple: [{ int: "1" }, { int: "2" }] },
  { set: [{ int: "1" }] },
];

/** Data that no serialiser should follow blindly: it holds itself, or nests deeper than a stack is. */
export const ENDLESS_VALUES: readonly Value[] = [
  [{ cycle: 1 }],
  { map: [["a", { cycle: 1 }]] },
  { nested: { depth: 500, in: "list", of: null } },
  { nested: { depth: 20_000, in: "list", of: null } },
  { nested: { depth: 20_000, in: "map", of: null } },
];

/** A float as programs carry it. */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (value === Number.POSITIVE_INFINITY) return "inf";
  if (value === Number.NEGATIVE_INFINITY) return "-inf";
  if (Object.is(value, -0)) return "-0.0";
  const text = String(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}
