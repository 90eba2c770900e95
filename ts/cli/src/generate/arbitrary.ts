/** Programs as a fast-check arbitrary, for property tests over a library's own bindings. */
import fc from "fast-check";
import type { Program } from "../program/program.ts";
import type { Alignment } from "../surface/surface.ts";
import { Generator, type GeneratorOptions } from "./generator.ts";

/**
 * Random programs of an alignment. fast-check draws the program's number and does not shrink: `shrink` of this folder
 * reduces the program itself, which knows what depends on what.
 */
export function programs(alignment: Alignment, options: Omit<GeneratorOptions, "seed"> = {}): fc.Arbitrary<Program> {
  // fast-check's own seed decides the number, so that one stream is random enough.
  const generator = new Generator(alignment, { ...options, seed: 0 });
  return fc.noShrink(fc.nat()).map((index) => generator.generate(index).program);
}
