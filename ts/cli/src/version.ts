/** The version of this package. */
import { readFileSync } from "node:fs";

const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { version: string };

/** The version, as `package.json` has it. */
export const VERSION: string = manifest.version;
