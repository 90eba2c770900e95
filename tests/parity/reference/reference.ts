/** The reference pair, laid out as its users would find it: a Python path and a folder with `node_modules`. */
import { mkdirSync, mkdtempSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));

/** Where the two sides of the reference pair are found. */
export interface ReferencePair {
  pythonRoot: string;
  nodeRoot: string;
}

/** Lay the pair out below a fresh temporary folder. */
export function layOutReference(): ReferencePair {
  const nodeRoot = mkdtempSync(join(tmpdir(), "pairity-reference-"));
  mkdirSync(join(nodeRoot, "node_modules"));
  symlinkSync(join(here, "node", "ledger"), join(nodeRoot, "node_modules", "ledger"));
  return { pythonRoot: join(here, "python"), nodeRoot };
}
