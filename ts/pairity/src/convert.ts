/**
 * The conversion matrix: a function for each type that crosses the border, which gives its argument back, and one for
 * each kind of failure. `docs/conversions.md` has the table.
 */
import type { Integer } from "./native.ts";
import { native } from "./native.ts";

/** A color. */
export type Color = (typeof Color)[keyof typeof Color];

/** The colors by name: an `enum.StrEnum` in Python. */
export const Color = { RED: "red", GREEN: "green", BLUE: "blue" } as const;

/** What a warehouse knows of a part. */
export interface PartData {
  name: string;
  /** An integer of 32 bits. */
  count: Integer;
  color: Color;
  tags: readonly string[];
  made?: Date | null;
}

/** Plain data: what {@link echoNested} takes, up to 64 levels deep. */
export type Data =
  | null
  | undefined
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | ArrayBuffer
  | DataView
  | Date
  | readonly Data[]
  | ReadonlyMap<string, Data>
  | { readonly [key: string]: Data };

/** Returns a truth value as it arrived: `true` or `false`, and nothing else. */
export function echoBool(value: boolean): boolean {
  return native.convertEchoBool(value);
}

/** Returns a signed 8-bit integer as it arrived. Throws `ERR_OVERFLOW` when it does not fit. */
export function echoI8(value: Integer): number {
  return native.convertEchoI8(value);
}

/** Returns a signed 16-bit integer as it arrived. Throws `ERR_OVERFLOW` when it does not fit. */
export function echoI16(value: Integer): number {
  return native.convertEchoI16(value);
}

/** Returns a signed 32-bit integer as it arrived. Throws `ERR_OVERFLOW` when it does not fit. */
export function echoI32(value: Integer): number {
  return native.convertEchoI32(value);
}

/**
 * Returns a signed 64-bit integer as it arrived. Throws `ERR_OVERFLOW` when it does not fit, `ERR_UNSAFE_INTEGER`
 * when a number would not be exact.
 */
export function echoI64(value: Integer): number {
  return native.convertEchoI64(value);
}

/** As {@link echoI64}, exact beyond the safe integers. */
export function echoI64BigInt(value: Integer): bigint {
  return native.convertEchoI64BigInt(value);
}

/**
 * Returns a signed 128-bit integer as it arrived. Throws `ERR_OVERFLOW` when it does not fit, `ERR_UNSAFE_INTEGER`
 * when a number would not be exact.
 */
export function echoI128(value: Integer): number {
  return native.convertEchoI128(value);
}

/** As {@link echoI128}, exact beyond the safe integers. */
export function echoI128BigInt(value: Integer): bigint {
  return native.convertEchoI128BigInt(value);
}

/** Returns an unsigned 8-bit integer as it arrived. Throws `ERR_OVERFLOW` when it does not fit. */
export function echoU8(value: Integer): number {
  return native.convertEchoU8(value);
}

/** Returns an unsigned 16-bit integer as it arrived. Throws `ERR_OVERFLOW` when it does not fit. */
export function echoU16(value: Integer): number {
  return native.convertEchoU16(value);
}

/** Returns an unsigned 32-bit integer as it arrived. Throws `ERR_OVERFLOW` when it does not fit. */
export function echoU32(value: Integer): number {
  return native.convertEchoU32(value);
}

/**
 * Returns an unsigned 64-bit integer as it arrived. Throws `ERR_OVERFLOW` when it does not fit, `ERR_UNSAFE_INTEGER`
 * when a number would not be exact.
 */
export function echoU64(value: Integer): number {
  return native.convertEchoU64(value);
}

/** As {@link echoU64}, exact beyond the safe integers. */
export function echoU64BigInt(value: Integer): bigint {
  return native.convertEchoU64BigInt(value);
}

/**
 * Returns the 32-bit float nearest to `value`. Throws `ERR_OVERFLOW` when `value` is finite and beyond the greatest of
 * them: it is never made infinite.
 */
export function echoF32(value: number): number {
  return native.convertEchoF32(value);
}

/** Returns a 64-bit float as it arrived, NaN, the infinities and −0 included. */
export function echoF64(value: number): number {
  return native.convertEchoF64(value);
}

/** Returns a text as it arrived, NUL included. Throws `ERR_VALUE` when it holds a lone surrogate. */
export function echoStr(value: string): string {
  return native.convertEchoStr(value);
}

/** Returns the one character of a text. Throws `ERR_VALUE` when the text has more code points than one, or none. */
export function echoChar(value: string): string {
  return native.convertEchoChar(value);
}

/** Returns a copy of the bytes of a `Uint8Array`, of which `Buffer` is one, an `ArrayBuffer` or a `DataView`. */
export function echoBytes(value: Uint8Array | ArrayBuffer | DataView): Uint8Array<ArrayBuffer> {
  return native.convertEchoBytes(value);
}

/** Returns `null`. */
export function echoNone(value?: null | undefined): null {
  return native.convertEchoNone(value);
}

/**
 * Returns a 64-bit integer as it arrived, or `null`. Throws `ERR_UNSAFE_INTEGER` when a number would not be exact.
 */
export function echoOption(value?: Integer | null | undefined): number | null {
  return native.convertEchoOption(value);
}

/** As {@link echoOption}, exact beyond the safe integers. */
export function echoOptionBigInt(value?: Integer | null | undefined): bigint | null {
  return native.convertEchoOptionBigInt(value);
}

/**
 * Returns an array of 64-bit integers as it arrived. Throws `ERR_UNSAFE_INTEGER` when a number would not be exact.
 */
export function echoList(value: readonly Integer[]): number[] {
  return native.convertEchoList(value);
}

/** As {@link echoList}, exact beyond the safe integers. */
export function echoListBigInt(value: readonly Integer[]): bigint[] {
  return native.convertEchoListBigInt(value);
}

/** Returns a tuple of a 32-bit integer, a text and a truth value as it arrived. */
export function echoTuple(
  value: readonly [number: Integer, text: string, truth: boolean],
): [number: number, text: string, truth: boolean] {
  return native.convertEchoTuple(value);
}

/**
 * Returns a plain object of floats as it arrived; `__proto__` is an ordinary key. A `Map` may be given as well.
 * Keys keep their order, except those that look like indices, which JavaScript puts first.
 */
export function echoDict(value: { readonly [key: string]: number } | ReadonlyMap<string, number>): {
  [key: string]: number;
} {
  return native.convertEchoDict(value);
}

/** Returns a `Map` from 32-bit integers to texts as it arrived, in its order. */
export function echoOrderedMap(value: ReadonlyMap<Integer, string>): Map<number, string> {
  return native.convertEchoOrderedMap(value);
}

/** Returns a `Set` of texts as it arrived. */
export function echoSet(value: ReadonlySet<string>): Set<string> {
  return native.convertEchoSet(value);
}

/**
 * Returns a point in time as it arrived, to the millisecond. Throws `ERR_VALUE` for an invalid date, `ERR_OVERFLOW`
 * when it is in UTC not in the years 1 to 9999.
 */
export function echoDatetime(value: Date): Date {
  return native.convertEchoDatetime(value);
}

/** Returns a length of time as it arrived, in whole milliseconds. */
export function echoDuration(value: number): number {
  return native.convertEchoDuration(value);
}

/** Returns a point in time as ISO 8601 writes it in UTC, as the core read it. Throws as {@link echoDatetime} does. */
export function formatDatetime(value: Date): string {
  return native.convertFormatDatetime(value);
}

/** Returns a length of time, in whole milliseconds, as ISO 8601 writes it in seconds, as the core read it. */
export function formatDuration(value: number): string {
  return native.convertFormatDuration(value);
}

/** Returns a color. Throws `ERR_VALUE` for any other text. */
export function echoEnum(value: Color): Color {
  return native.convertEchoEnum(value);
}

/**
 * Returns a part. Throws `ERR_KEY` when a field is absent, `ERR_VALUE` when one is unknown, and the error of its type,
 * which names it.
 */
export function echoStruct(value: PartData): {
  name: string;
  count: number;
  color: Color;
  tags: string[];
  made: Date | null;
} {
  return native.convertEchoStruct(value);
}

/**
 * Returns plain data as it arrived: a `Map` becomes a plain object, and an integer beyond the safe ones is a bigint.
 * Throws `ERR_VALUE` when it is nested deeper than 64 levels, as what contains itself is.
 */
export function echoNested(value?: Data): Data {
  return native.convertEchoNested(value) as Data;
}

/** Throws `ERR_VALUE`, a RangeError: a value of the right type that is not acceptable. */
export function failValue(value: string): never {
  return native.convertFailValue(value);
}

/** Throws `ERR_DIVISION_BY_ZERO`, a RangeError. */
export function failDivisionByZero(): never {
  return native.convertFailDivisionByZero();
}

/** Throws `ERR_OVERFLOW`, a RangeError. */
export function failOverflow(): never {
  return native.convertFailOverflow();
}

/** Throws `ERR_TYPE`, a TypeError. */
export function failType(): never {
  return native.convertFailType();
}

/** Throws `ERR_KEY`, an Error. */
export function failKey(key: string): never {
  return native.convertFailKey(key);
}

/** Throws `ERR_INDEX`, a RangeError. */
export function failIndex(): never {
  return native.convertFailIndex();
}

/** Throws `ERR_STATE`, an Error. */
export function failState(): never {
  return native.convertFailState();
}

/** Throws `ENOENT`, an Error. */
export function failNotFound(path: string): never {
  return native.convertFailNotFound(path);
}

/** Throws `ENOTDIR`, an Error. */
export function failNotADirectory(path: string): never {
  return native.convertFailNotADirectory(path);
}

/** Throws `EACCES`, an Error. */
export function failPermission(path: string): never {
  return native.convertFailPermission(path);
}

/** Throws `EIO`, an Error. */
export function failIo(path: string): never {
  return native.convertFailIo(path);
}

/** Throws `ERR_STATE`, whose `cause` is an `ERR_STATE`, whose `cause` is an `ENOENT`. */
export function failChain(path: string): never {
  return native.convertFailChain(path);
}

/** Throws `ERR_QUOTA`, an error with the fields of `QuotaExceeded`. */
export function failQuota(resource: string, limit: Integer, used: Integer): never {
  return native.convertFailQuota(resource, limit, used);
}

/** Panics in the core with this message, which throws `ERR_PANIC`, an Error. */
export function failPanic(message: string): never {
  return native.convertFailPanic(message);
}
