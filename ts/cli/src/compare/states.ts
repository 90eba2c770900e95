/** Observed state of live handles: workers send what changed, the table keeps the whole. */
import type { ErrorOutcome, State } from "../program/program.ts";
import type { CauseId } from "./causes.ts";
import type { Answered } from "./difference.ts";
import { compareErrors } from "./errors.ts";
import { type Context, compareValues, isErrorState } from "./values.ts";

type Sent = Record<string, State | null>;

/** The last state of every handle on both sides. */
export class StateTable {
  readonly #left = new Map<string, State | null>();
  readonly #right = new Map<string, State | null>();
  readonly #told = new Set<string>();

  /** Take in what both sides sent and return the handles to compare: those that either side says have changed. */
  update(left: Sent | undefined, right: Sent | undefined): string[] {
    const changed = left === undefined ? [] : Object.keys(left);
    for (const handle of changed) this.#left.set(handle, left![handle]!);
    if (right !== undefined) {
      for (const handle of Object.keys(right)) {
        this.#right.set(handle, right[handle]!);
        if (left === undefined || !(handle in left)) changed.push(handle);
      }
    }
    return changed;
  }

  /** The last state of a handle on each side; null when it is gone or was never seen. */
  of(handle: string): [State | null, State | null] {
    return [this.#left.get(handle) ?? null, this.#right.get(handle) ?? null];
  }

  /** Whether this is the first difference in the text of a class in this program; a text differs again after every step. */
  firstTime(className: string | null, member: string): boolean {
    const key = `${className ?? "?"}.${member}`;
    if (this.#told.has(key)) return false;
    this.#told.add(key);
    return true;
  }
}

/** An observed member that differs. */
export interface StateMismatch {
  member: string;
  path: string;
  left: Answered;
  right: Answered;
  hint: CauseId | undefined;
}

const EMPTY: StateMismatch[] = [];

/** Compare the members that both sides observe. A handle that is gone on one side only has no members to compare. */
export function compareState(
  left: State | null,
  right: State | null,
  className: string | null,
  context: Context,
): StateMismatch[] {
  if (left === null || right === null) return EMPTY;
  let found: StateMismatch[] | undefined;
  const { lookup } = context;
  for (const name in left) {
    const key = lookup.memberKey(context.left, name);
    const other = counterpart(right, name, key, context);
    if (other === undefined) continue;
    const mismatch = compareMember(left[name]!, other, className, name, context);
    if (mismatch === null) continue;
    found ??= [];
    found.push({ member: lookup.canonicalMember(context.left, name), ...mismatch });
  }
  return found ?? EMPTY;
}

function counterpart(state: State, name: string, key: string, context: Context): State[string] | undefined {
  if (name in state) return state[name];
  for (const other in state) if (context.lookup.memberKey(context.right, other) === key) return state[other];
  return undefined;
}

function compareMember(
  left: State[string],
  right: State[string],
  className: string | null,
  name: string,
  context: Context,
): Omit<StateMismatch, "member"> | null {
  if (isErrorState(left) || isErrorState(right)) {
    const show = (one: State[string]): Answered => (isErrorState(one) ? one : { value: one });
    const shown = { path: name, left: show(left), right: show(right) };
    if (isErrorState(left) && isErrorState(right)) {
      const found = compareErrors(left.error, right.error, context);
      return found === null ? null : { ...shown, hint: found.hint };
    }
    const failed = isErrorState(left) ? left.error : (right as { error: ErrorOutcome }).error;
    return failed.code === "ERR_UNSAFE_INTEGER" ? null : { ...shown, hint: undefined };
  }
  if (name === "__hash__" && context.hash === "laws") return null;
  const member = context.lookup.canonicalMember(context.left, name);
  const declaration = className === null ? undefined : context.lookup.declaration(className, member);
  const found = compareValues(left, right, declaration?.returns, context, declaration?.nodeReturns);
  if (found === null) return null;
  return { path: `${name}${found.path}`, left: found.left, right: found.right, hint: specific(found.hint) };
}

const UNSPECIFIC: readonly CauseId[] = ["value", "value_kind", "container_kind", "length", "missing_value"];

/** A hint that says more than "different"; the step that changed the state decides otherwise. */
function specific(hint: CauseId): CauseId | undefined {
  return UNSPECIFIC.includes(hint) ? undefined : hint;
}
