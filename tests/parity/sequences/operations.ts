/** Random sequences of plugin operations: data, each part of which can be left out. */
import { LATE, NAMES, type Style } from "./fixtures.ts";
import { type Change, FAULTS, type Name, type Variant } from "./model.ts";
import { type Choices, type During, type Hold, KINDS } from "./overlap.ts";

/** One operation on the manager. */
export type Operation =
  | { kind: "load" | "soon" | "late"; name: Name }
  | { kind: "change"; change: Change; variant: Variant }
  | { kind: "overlap"; change: Change; variant: Variant; held: Hold[]; during: During[] }
  | { kind: "call" };

/** A sequence, and the manager that it is about. */
export interface Sequence {
  seed: number;
  style: Style;
  /** How many milliseconds what plugins promise is waited for; null for ever. */
  deadline: number | null;
  choices: Choices;
  operations: Operation[];
}

/** Short, since it is waited for whenever something is late; a promise that is kept at once is kept before any timer. */
const DEADLINE = 2;

const LENGTH = 12;

/** A number below a limit. */
type Random = (below: number) => number;

/** Numbers that a seed determines (mulberry32). */
function randomly(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

function one<T>(random: Random, all: readonly T[]): T {
  return all[random(all.length)] as T;
}

function many<T>(random: Random, limit: number, make: () => T): T[] {
  return Array.from({ length: random(limit + 1) }, make);
}

/** The sequence of a seed. */
export function sequenceOf(seed: number): Sequence {
  const random = randomly(seed);
  const style: Style = random(3) === 0 ? "sync" : "async";
  const deadline = style === "async" && random(2) === 0 ? DEADLINE : null;
  const isChoosy = style === "async" && deadline === null && random(2) === 0;
  const choices = { isWaiting: !isChoosy || random(2) === 0, limit: isChoosy ? random(3) : 1024 };
  const operations = Array.from({ length: LENGTH }, () => operationOf(random, style, deadline !== null));
  return { seed, style, deadline, choices, operations };
}

/** What cannot even begin is rare, so that sequences get somewhere. */
function variantOf(random: Random, mayBeLate: boolean): Variant {
  const fault = random(2) === 0 ? "none" : one(random, FAULTS);
  const isLate = mayBeLate && LATE.includes(fault) && random(2) === 0;
  return { n: 1 + random(2), schema: 1 + random(2), fault, isLate };
}

function changeOf(random: Random): Change {
  const name = one(random, NAMES);
  const kinds = ["reload", "reload_with_state", "reload_with_state", "reload_with_state", "rollback"] as const;
  return random(18) === 0 ? { kind: "unregister", name } : { kind: one(random, kinds), name };
}

function operationOf(random: Random, style: Style, mayBeLate: boolean): Operation {
  const name = one(random, NAMES);
  const kind = random(style === "sync" ? 7 : 12);
  if (kind === 0) return { kind: "load", name };
  if (kind === 1) return { kind: "call" };
  if (kind < 7) return { kind: "change", change: changeOf(random), variant: variantOf(random, mayBeLate) };
  if (kind === 7) return { kind: mayBeLate && random(2) === 0 ? "late" : "soon", name };
  return overlapOf(random, mayBeLate);
}

/** With a deadline held calls last until that, and who comes meanwhile comes at a time that nobody knows. */
function overlapOf(random: Random, mayBeLate: boolean): Operation {
  const inner = (): Hold["inner"] => (mayBeLate ? "late" : random(3) === 0 ? one(random, NAMES) : null);
  const kinds = mayBeLate ? (["execute_async", "soon", "hook_async"] as const) : KINDS;
  return {
    kind: "overlap",
    change: changeOf(random),
    variant: variantOf(random, mayBeLate),
    held: many(random, 3, () => ({ name: one(random, NAMES), inner: inner() })),
    during: many(random, 4, () => ({ kind: one(random, kinds), name: one(random, NAMES) })),
  };
}

/** The sequences that are one part shorter than this one, the shortest first. */
export function shorter(sequence: Sequence): Sequence[] {
  const { operations } = sequence;
  const half = Math.floor(operations.length / 2);
  const with_ = (some: Operation[]): Sequence => ({ ...sequence, operations: some });
  const halves = half > 1 ? [with_(operations.slice(0, half)), with_(operations.slice(half))] : [];
  const without = operations.map((_, at) => with_(operations.toSpliced(at, 1)));
  const thinner = operations.flatMap((operation, at) =>
    simpler(operation).map((less) => with_(operations.toSpliced(at, 1, less))),
  );
  return [...halves, ...without, ...thinner];
}

function simpler(operation: Operation): Operation[] {
  if (operation.kind !== "overlap") return [];
  const { held, during, change, variant } = operation;
  if (held.length + during.length === 0) return [{ kind: "change", change, variant }];
  return [
    ...held.map((_, at) => ({ ...operation, held: held.toSpliced(at, 1) })),
    ...during.map((_, at) => ({ ...operation, during: during.toSpliced(at, 1) })),
  ];
}
