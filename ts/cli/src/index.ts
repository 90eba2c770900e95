/** The programmatic interface: a typed configuration, and the types of what the commands print. */
export { defineConfig, type PairityConfig } from "./config.ts";
export type { CaseFile, Program, Step, Value } from "./program/program.ts";
export type { Finding, Report } from "./report/report.ts";
export type { Alignment } from "./surface/surface.ts";
