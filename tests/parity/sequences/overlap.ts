/** Calls that run, and calls that begin, while a plugin is being changed: what the model says of them. */
import { type Change, type Model, type Name, type Pending, Refusal, type Reloaded } from "./model.ts";

/** How a manager answers who comes while a plugin is being changed. */
export interface Choices {
  isWaiting: boolean;
  /** How many calls of one plugin may wait. */
  limit: number;
}

/** A call that runs when the change begins: until it is let go, or, without an end of its own, until its deadline. */
export interface Hold {
  name: Name;
  /** Another plugin that it calls before it ends; `late` when it never ends. */
  inner: Name | "late" | null;
}

export const KINDS = ["execute_async", "soon", "execute", "hook_async", "hook", "reload"] as const;

/** A call that begins after the change. */
export interface During {
  kind: (typeof KINDS)[number];
  name: Name;
}

export interface Overlap {
  held: Hold[];
  change: Change;
  during: During[];
}

/** What the conductor is told, and what it returns by the model. */
export interface Conducted {
  held: [Name, Hold["inner"]][];
  during: [During["kind"], Name][];
  outcomes: Outcome[];
}

export type Outcome = ["returned" | "threw", unknown];

function outcome(call: () => unknown): Outcome {
  try {
    return ["returned", call()];
  } catch (error) {
    if (error instanceof Refusal) return ["threw", error.message];
    throw error;
  }
}

/** A report as the conductor has it. */
export function reported(report: Reloaded | null): unknown[] | null {
  return report && [report.outcome, report.phase, report.generation, report.retained];
}

/** Lets the model conduct; what has no one outcome is left out of what is done. */
export function conduct(model: Model, { held, change, during }: Overlap, choices: Choices): Conducted {
  const running = held.map((hold) => ({ hold, begun: outcome(() => runs(model, hold.name)) }));
  let pending: Pending | undefined;
  let changed: Outcome = ["returned", null];
  try {
    pending = model.begin(change);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    changed = ["threw", error.message];
  }
  const begin = pending;
  const isHeld = running.some(({ hold, begun }) => begin?.draining.has(hold.name) && begun[0] === "returned");
  const finish = () => {
    if (begin !== undefined) changed = outcome(() => reported(begin.finish()));
  };
  if (!isHeld) finish();
  const open = isHeld ? begin : undefined;
  const isTimed = held.some(({ inner }) => inner === "late");
  const asked = during.filter(
    (call) => (call.kind !== "reload" || isClaimed(model, open, call.name)) && !(isTimed && dependsOnTime(call, open)),
  );
  const waiting: (() => void)[] = [];
  const counts = { a: 0, b: 0 };
  const later = asked.map((call) => begins(model, call, open, choices, waiting, counts));
  const ended = running.map(({ hold, begun }) => {
    if (begun[0] === "threw") return { hold, outcome: begun };
    const known = { ...hold, inner: isSettled(hold, open) ? hold.inner : null };
    return { hold: known, outcome: outcome(() => ends(model, known)) };
  });
  if (isHeld) finish();
  for (const run of waiting) run();
  return {
    held: ended.map(({ hold }) => [hold.name, hold.inner]),
    during: asked.map(({ kind, name }) => [kind, name]),
    outcomes: [...ended.map((one) => one.outcome), changed, ...later.map((one) => one.outcome)],
  };
}

function runs(model: Model, name: Name): void {
  const plugin = model.plugins.get(name);
  if (plugin === undefined) throw new Refusal("ERR_KEY");
  if (!plugin.isActive) throw new Refusal("ERR_STATE");
}

/** Whether a change holds a plugin, or one behind it, that nobody else can change meanwhile. */
function isClaimed(model: Model, open: Pending | undefined, name: Name): boolean {
  if (open === undefined || !model.plugins.has(name)) return false;
  return open.members.has(name) || (name === "a" && open.members.has("b") && model.plugins.has("b"));
}

/** Whether a call comes to something else before the change than after it: what starts with it is not waited for. */
function dependsOnTime({ kind, name }: During, open: Pending | undefined): boolean {
  const starts = [...(open?.members ?? [])].filter((one) => open?.draining.has(one) === false);
  return kind.startsWith("hook") ? starts.length > 0 : starts.includes(name);
}

/** Whether what a held call does at its end comes before the change, or has nothing to do with it. */
function isSettled({ name, inner }: Hold, open: Pending | undefined): boolean {
  if (inner === null || inner === "late" || open === undefined) return true;
  return open.draining.has(name) || !open.members.has(inner);
}

function ends(model: Model, { name, inner }: Hold): unknown {
  if (inner === "late") throw new Refusal("ERR_PLUGIN_TIMEOUT");
  const answer = inner === null ? null : model.execute(inner);
  return [model.execute(name), answer];
}

/** What a call comes to that begins while the change `open` is under way, at once or after it. */
function begins(
  model: Model,
  { kind, name }: During,
  open: Pending | undefined,
  choices: Choices,
  waiting: (() => void)[],
  counts: Record<Name, number>,
): { outcome: Outcome } {
  if (kind === "reload") return { outcome: ["threw", "ERR_PLUGIN_BUSY"] };
  const isHook = kind === "hook" || kind === "hook_async";
  const run = (): unknown => {
    // What is to be awaited cannot be called so.
    if (kind === "hook" && model.hook().length > 0) throw new Refusal("ERR_PLUGIN_ASYNC");
    return isHook ? model.hook() : model.execute(name);
  };
  const isDraining = isHook ? (open?.draining.size ?? 0) > 0 : open?.draining.has(name) === true;
  if (!isDraining) return { outcome: outcome(run) };
  if (!choices.isWaiting || kind === "execute" || kind === "hook") return { outcome: ["threw", "ERR_PLUGIN_BUSY"] };
  // A hook waits for the first of its plugins that is being changed.
  const place = isHook ? ([...model.plugins.keys()].find((one) => open?.draining.has(one)) ?? name) : name;
  if (counts[place] >= choices.limit) return { outcome: ["threw", "ERR_PLUGIN_QUEUE_FULL"] };
  counts[place] += 1;
  const later: { outcome: Outcome } = { outcome: ["returned", null] };
  waiting.push(() => {
    later.outcome = outcome(run);
  });
  return later;
}
