/** What calls throw and promises reject with, as values to look at. */
import { isPairityError } from "pairity/errors";
import { expect } from "vitest";

/** What `body` throws; it fails the test when nothing is thrown. */
export function thrownBy(body: () => unknown): unknown {
  try {
    body();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

/** What a promise is rejected with; it fails the test when the promise is resolved. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => {
      throw new Error("it was resolved");
    },
    (error: unknown) => error,
  );
}

/** Matches an error of the library with this code. */
export function coded(code: string): unknown {
  return expect.toSatisfy((error) => isPairityError(error, code));
}
