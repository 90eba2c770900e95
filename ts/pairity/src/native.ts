/** Loads the native functions; private to the package. */
import { createRequire } from "node:module";
import type { Native } from "../native/index.d.ts";

export type { Handle, Integer } from "../native/index.d.ts";

function load(): Native {
  const file = `../native/pairity.${process.platform}-${process.arch}.node`;
  try {
    return createRequire(import.meta.url)(file) as Native;
  } catch (cause) {
    throw new Error(
      `pairity has no native module for ${process.platform}-${process.arch}, or it does not load: ` +
        "install the package again, or build it from source with `npm start`.",
      { cause },
    );
  }
}

export const native = load();
