// Puts the licences beside a package's manifest before npm packs it: npm packs nothing from outside.

import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./run.mjs";

for (const name of ["LICENSE", "LICENSE-MIT", "LICENSE-APACHE"]) copyFileSync(join(ROOT, name), name);
