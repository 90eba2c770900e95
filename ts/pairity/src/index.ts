/** Classes written once in Rust, native in TypeScript and in Python, proved to behave the same in both. */
export { Counter, type CounterData } from "./counter.ts";
export { isPairityError, type PairityError } from "./errors.ts";
export type { Integer } from "./native.ts";
