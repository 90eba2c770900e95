/** The table of what the leak tests make and do, and what each host answers. */

/** How many times fewer objects come and go in the other ways than in the plainest, which costs the least by far. */
export const OTHERS = 10;

/** A member in the names of programs, and its arguments; `__aiter__` iterates to the end. What is to be awaited is. */
export type Step = readonly [name: string, ...args: unknown[]];

/**
 * Objects to make, use and drop, over and over. Arguments are JSON; these stand for other values:
 * `{"map": {…}}` a dict or object, `{"bytes": "…"}`, `{"path": name}` a path in a folder of the run, `{"plugin": true}` the
 * file of a plugin, `{"manager": true}` a new manager, `{"callback": …}` a function that `returns` its argument, `throws`, or `holds` the object itself, and
 * last of all `{"options": {…}}` keyword arguments.
 */
export interface Entry {
  readonly class: string;
  /** The arguments of the constructor. */
  readonly new: readonly unknown[];
  /** Keyword arguments; in Node the options object. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Members to call on each object. */
  readonly calls?: readonly Step[];
  /** Members to call that must throw. */
  readonly raises?: readonly Step[];
  /** Members to call first on one object, which alone is used then. */
  readonly setup?: readonly Step[];
  /** Whether the file of the plugin is another one before the calls. */
  readonly edits?: boolean;
  /** The class of what the last call returns, when the entry is about that. */
  readonly returns?: string;
  /** How many times fewer objects are used, where each of them reads files or starts a thread. */
  readonly divisor?: number;
}

/** One way in which the objects of an entry came and went, and how much more was held afterwards. */
export interface Row {
  readonly entry: number;
  readonly variant: string;
  /** The class of what was made. */
  readonly result: string;
  readonly count: number;
  /** Bytes that Rust has allocated. */
  readonly rust: number;
  /** Bytes of the host: in Python its own blocks, in Node the heap of V8 and what V8 knows to be outside of it. */
  readonly host: number;
  /** The time of the processor that it took, warm-up included. */
  readonly seconds: number;
  /** Objects of the core that JavaScript holds; in Node only. */
  readonly objects?: number;
}
