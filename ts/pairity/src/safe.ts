/** What may be done with what a stranger sent: the same results, errors and texts as `pairity.safe` in Python. */
import { type Integer, native } from "./native.ts";
import { pathText } from "./path.ts";

export type { Integer } from "./native.ts";

/** A value of JSON; integers beyond ±(2^53 − 1) are bigints. */
export type Json = null | boolean | number | bigint | string | Json[] | { [key: string]: Json };

/** How much {@link readBytes} and {@link readText} read. */
export interface ReadOptions {
  /** How many bytes the file may have; 16 MiB when absent. */
  maxBytes?: Integer;
}

/** How much {@link parseJson} takes. */
export interface ParseOptions {
  /** How many bytes the text may have in UTF-8; 16 MiB when absent. */
  maxBytes?: Integer;
  /** How many lists and objects may stand in each other, 1 to 512; 64 when absent. */
  maxDepth?: Integer;
}

/**
 * Returns the bytes of the file at `path` below the first of the folders `roots` that has it.
 *
 * The path is relative and goes downwards only: a `..`, an absolute path (so any URL), a symbolic link on the way or at
 * its end, and anything that is no regular file throw `EACCES`, wherever they would lead. The path is opened part by
 * part, so that nobody can lead it astray meanwhile; the roots themselves are trusted. Throws `ERR_LIMIT` when the file
 * has more than `maxBytes` bytes, and `ENOENT` when no folder has it.
 */
export function readBytes(
  path: string | URL,
  roots: readonly (string | URL)[],
  options?: ReadOptions,
): Uint8Array<ArrayBuffer> {
  return native.safeReadBytes(pathText(path), pathTexts(roots), options);
}

/**
 * Returns the text of the file at `path`, in UTF-8, as {@link readBytes} finds it.
 *
 * Line ends and a byte order mark are kept. Throws as {@link readBytes} does, and a RangeError when the file is not
 * UTF-8.
 */
export function readText(path: string | URL, roots: readonly (string | URL)[], options?: ReadOptions): string {
  return native.safeReadText(pathText(path), pathTexts(roots), options);
}

/**
 * Returns the value of a JSON text, a string or UTF-8 bytes.
 *
 * An integer beyond ±(2^53 − 1) is a bigint. Throws a RangeError, with the place, for what is no JSON and for what two
 * parsers might read in two ways: a key that an object has twice, an integer beyond 64 bits, a number beyond the floats,
 * half of a surrogate pair, NaN. Beyond `maxBytes` bytes, or `maxDepth` lists and objects within each other, its code is
 * `ERR_LIMIT`.
 *
 * @example
 * parseJson('{"a": [1, 9007199254740993]}'); // { a: [1, 9007199254740993n] }
 */
export function parseJson(text: string | ArrayBufferView | ArrayBuffer, options?: ParseOptions): Json {
  return native.safeParseJson(text, options) as Json;
}

/**
 * Returns whether two secrets are the same, both strings or both bytes.
 *
 * How long it takes depends on their length alone, not on where they differ; a length is no secret. Throws a TypeError
 * when one is a string and the other is not.
 *
 * @example
 * constantTimeEqual("token", "tokem"); // false
 */
export function constantTimeEqual(
  left: string | ArrayBufferView | ArrayBuffer,
  right: string | ArrayBufferView | ArrayBuffer,
): boolean {
  return native.safeConstantTimeEqual(left, right);
}

/** The texts of a list of paths; what is no list goes on as it is, and is refused with a word for its type. */
function pathTexts(paths: readonly (string | URL)[]): readonly string[] {
  return Array.isArray(paths) ? paths.map(pathText) : (paths as readonly string[]);
}
