/**
 * What a plugin manager does, said a second time and in the plainest way: a model that random sequences are checked by.
 *
 * Two plugins, `a` and `b`, which requires `a`. A plugin adds `n` to its count at each call, begins at 0 whenever it is
 * initialized, and fails in one of its methods, or in none. What comes too late fails as what throws does.
 */

export const FAULTS = [
  "none",
  "construct",
  "initialize",
  "shutdown",
  "save_state",
  "migrate",
  "load_state",
  "execute",
] as const;

export type Fault = (typeof FAULTS)[number];

/** A version of a plugin's file. */
export interface Variant {
  n: number;
  schema: number;
  fault: Fault;
  /** Whether the method that fails returns what never comes, until the deadline. */
  isLate: boolean;
}

/** A generation: an object of a version. */
interface Generation {
  variant: Variant;
  count: number;
  number: number;
}

interface Plugin {
  current: Generation;
  previous: { generation: Generation; swap: number } | null;
  newest: number;
  isActive: boolean;
}

/** What a reload did; the code of the error where it was refused. */
export interface Reloaded {
  outcome: "unchanged" | "swapped" | "aborted" | "rolled_back" | "failed";
  phase: string | null;
  generation: number;
  retained: number[];
}

/** A refusal by the manager, by its code, or what a plugin throws. */
export class Refusal extends Error {}

/** A fault of a plugin in a phase. */
class Stop extends Error {
  readonly phase: string;

  constructor(phase: string) {
    super(phase);
    this.phase = phase;
  }
}

export type Name = "a" | "b";

/** A change of a plugin and of those behind it. */
export type Change =
  | { kind: "reload" | "reload_with_state"; name: Name }
  | { kind: "rollback"; name: Name }
  | { kind: "unregister"; name: Name };

/** A change that is under way. */
export interface Pending {
  /** Whose calls it waits for, and who takes none meanwhile. */
  draining: Set<Name>;
  /** Who cannot be changed by anybody else. */
  members: Set<Name>;
  /** What it comes to; null for what reports nothing. */
  finish: () => Reloaded | null;
}

interface Member {
  name: Name;
  plugin: Plugin;
  old: Generation;
  next: Generation;
  isMade: boolean;
  ran: boolean;
  saved: number | null;
  forNext: number;
  isStopped: boolean;
  isLost: boolean;
}

function meet(generation: Generation, fault: Fault, phase: string): void {
  if (generation.variant.fault === fault) throw new Stop(phase);
}

/** What a version throws where nothing but that is told. */
function refusal({ isLate }: Variant): Refusal {
  return new Refusal(isLate ? "ERR_PLUGIN_TIMEOUT" : "boom");
}

function start(generation: Generation): void {
  meet(generation, "initialize", "initialize");
  generation.count = 0;
}

export class Model {
  readonly files: Record<Name, Variant>;
  readonly plugins = new Map<Name, Plugin>();
  #swaps = 0;

  constructor(files: Record<Name, Variant>) {
    this.files = { ...files };
  }

  load(name: Name): void {
    if (this.plugins.has(name)) throw new Refusal("ERR_VALUE");
    if (name === "b" && !this.plugins.has("a")) throw new Refusal("ERR_PLUGIN_MISSING");
    const generation = { variant: this.files[name], count: 0, number: 1 };
    if (["construct", "initialize"].includes(generation.variant.fault)) throw refusal(generation.variant);
    this.plugins.set(name, { current: generation, previous: null, newest: 1, isActive: true });
  }

  execute(name: Name): number[] {
    const plugin = this.#plugin(name);
    if (!plugin.isActive) throw new Refusal("ERR_STATE");
    if (plugin.current.variant.fault === "execute") throw new Refusal("boom");
    plugin.current.count += plugin.current.variant.n;
    return [plugin.current.variant.n, plugin.current.count];
  }

  /** What the plugins that run answer to a hook: the number of each version. */
  hook(): number[] {
    const active = [...this.plugins.values()].filter((plugin) => plugin.isActive);
    return active.map((plugin) => plugin.current.variant.n);
  }

  /** Begins a change, up to where it waits for the calls that run. */
  begin(change: Change): Pending {
    const { kind, name } = change;
    if (kind === "unregister") return this.#unregister(name);
    return kind === "rollback" ? this.#rollback(name) : this.#reload(name, kind === "reload_with_state");
  }

  #unregister(name: Name): Pending {
    const plugin = this.#plugin(name);
    if (name === "a" && this.plugins.has("b")) throw new Refusal("ERR_PLUGIN_NEEDED");
    const finish = () => {
      this.plugins.delete(name);
      const { variant } = plugin.current;
      if (plugin.isActive && variant.fault === "shutdown") throw refusal(variant);
      return null;
    };
    return { draining: new Set(plugin.isActive ? [name] : []), members: new Set([name]), finish };
  }

  #reload(name: Name, withState: boolean): Pending {
    this.#plugin(name);
    const members = this.#closure(name).map(([key, plugin]) => {
      const next = { variant: this.files[key], count: 0, number: plugin.newest + 1 };
      return this.#member(key, plugin, next, true);
    });
    return this.#change(members, withState);
  }

  #rollback(name: Name): Pending {
    const first = this.#plugin(name).previous;
    if (first === null) throw new Refusal("ERR_PLUGIN_STATE");
    const members = this.#closure(name).map(([key, plugin]) => {
      const { previous } = plugin;
      const next = previous?.swap === first.swap ? previous.generation : plugin.current;
      return this.#member(key, plugin, next, false);
    });
    return this.#change(members, true);
  }

  #plugin(name: Name): Plugin {
    const plugin = this.plugins.get(name);
    if (plugin === undefined) throw new Refusal("ERR_KEY");
    return plugin;
  }

  #closure(name: Name): [Name, Plugin][] {
    return [...this.plugins].filter(([key]) => key === name || name === "a");
  }

  #member(name: Name, plugin: Plugin, next: Generation, isMade: boolean): Member {
    const old = plugin.current;
    const state = { saved: null, forNext: 0, isStopped: false, isLost: false };
    return { name, plugin, old, next, isMade, ran: plugin.isActive, ...state };
  }

  #change(members: Member[], withState: boolean): Pending {
    const [first] = members as [Member];
    const pending = (draining: Member[], finish: () => Reloaded): Pending => {
      const names = (some: Member[]) => new Set(some.map((member) => member.name));
      return { draining: names(draining), members: names(members), finish };
    };
    const isSame = JSON.stringify(first.next.variant) === JSON.stringify(first.old.variant);
    if (first.isMade && isSame && first.ran) return pending([], () => this.#report(first, "unchanged", null));
    try {
      for (const member of members) if (member.isMade) meet(member.next, "construct", "construct");
    } catch (stop) {
      return pending([], () => this.#report(first, "aborted", (stop as Stop).phase));
    }
    const ran = members.filter((member) => member.ran);
    return pending(ran, () => this.#finish(members, withState));
  }

  /** What happens after the last call has ended. */
  #finish(members: Member[], withState: boolean): Reloaded {
    const [first] = members as [Member];
    try {
      this.#save(members, withState);
    } catch (stop) {
      return this.#report(first, "aborted", (stop as Stop).phase);
    }
    try {
      for (const member of members.filter((one) => one.ran).reverse()) {
        member.isStopped = true;
        meet(member.old, "shutdown", "shutdown");
      }
      for (const member of members) {
        start(member.next);
        if (member.saved === null) continue;
        meet(member.next, "load_state", "restore");
        member.next.count = member.forNext;
      }
    } catch (stop) {
      this.#goBack(members);
      const isBack = first.ran && members.every((member) => !member.isLost);
      return this.#report(first, isBack ? "rolled_back" : "failed", (stop as Stop).phase);
    }
    this.#swap(members);
    return this.#report(first, "swapped", null);
  }

  /** What happens before anything is shut down. */
  #save(members: Member[], withState: boolean): void {
    for (const member of members) {
      if (!withState || !member.ran) continue;
      meet(member.old, "save_state", "save");
      member.saved = member.old.count;
      member.forNext = member.saved;
    }
    for (const member of members) {
      const [from, to] = [member.old.variant.schema, member.next.variant.schema];
      if (member.saved === null || from === to) continue;
      if (member.isMade && from > to) throw new Stop("migrate");
      meet(member.next, "migrate", "migrate");
      member.forNext = member.saved + 1000;
    }
  }

  #goBack(members: Member[]): void {
    for (const member of members) {
      if (!member.isStopped) continue;
      try {
        if (member.name === "b" && members.some((one) => one.name === "a" && one.isLost)) throw new Stop("requires");
        start(member.old);
        if (member.saved === null) continue;
        meet(member.old, "load_state", "restore");
        member.old.count = member.saved;
      } catch {
        member.isLost = true;
        member.plugin.isActive = false;
      }
    }
  }

  #swap(members: Member[]): void {
    const swap = ++this.#swaps;
    for (const { plugin, old, next, ran } of members) {
      plugin.isActive = true;
      if (next === old) continue;
      plugin.current = next;
      plugin.newest = Math.max(plugin.newest, next.number);
      // What did not run is nothing to go back to, and nobody goes back to what runs.
      if (ran) plugin.previous = { generation: old, swap };
      else if (plugin.previous?.generation === next) plugin.previous = null;
    }
  }

  #report(first: Member, outcome: Reloaded["outcome"], phase: string | null): Reloaded {
    const { current, previous } = first.plugin;
    const numbers = [current.number, ...(previous === null ? [] : [previous.generation.number])];
    return { outcome, phase, generation: current.number, retained: numbers.sort((one, other) => one - other) };
  }
}
