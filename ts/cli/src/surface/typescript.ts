/** The TypeScript compiler. */
import { createRequire } from "node:module";
import type ts from "typescript";

/** Required, since an import would have its nine megabytes searched for what they export: a second at every start. */
export const typescript = createRequire(import.meta.url)("typescript") as typeof ts;
