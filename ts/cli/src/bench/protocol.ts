/** What the bench driver and its two timers say to each other: JSON lines over standard input and output. */

/** A statement to compile, once; later rounds name it. */
export interface Prepare {
  prepare: string;
  setup: string;
  run: string;
  expect: string;
  /** Whether the names come from the plain equivalent. */
  plain: boolean;
}

/** Times `loops` repetitions of a prepared statement. */
export interface Time {
  time: string;
  loops: number;
}

/** The first line a timer reads: what to load, and where from. */
export interface Load {
  load: { module: string; submodules: string[]; plain: string; root: string };
}

/** What a timer answers: `ready`, nanoseconds for all loops, or why not. */
export type TimerAnswer = { ready: string } | { nanoseconds: number } | { failed: string };
