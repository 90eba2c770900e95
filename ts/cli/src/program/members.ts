/** The aligned members as programs name them: by class and canonical name, with inheritance. */
import type { AlignedClass, AlignedMember, Alignment, Type } from "../surface/surface.ts";

/** The hosts a program can be lowered for. */
export type Host = "python" | "node";

/** An index over an alignment; a handle whose class is not known is asked about by the member's name alone. */
export class Members {
  readonly #classes = new Map<string, AlignedClass>();
  readonly #byClass = new Map<string, Map<string, AlignedMember | null>>();
  readonly #functions = new Map<string, AlignedMember>();
  readonly #anywhere = new Map<string, AlignedMember>();

  constructor(alignment: Alignment) {
    for (const one of alignment.classes) {
      // Both names lead to a class: declared types may carry either.
      this.#classes.set(one.canonical, one);
      if (!this.#classes.has(one.node.name)) this.#classes.set(one.node.name, one);
      for (const member of one.members) {
        if (!this.#anywhere.has(member.canonical)) this.#anywhere.set(member.canonical, member);
      }
    }
    for (const member of alignment.functions) this.#functions.set(member.canonical, member);
  }

  /** The aligned class of a name. */
  class(name: string): AlignedClass | undefined {
    return this.#classes.get(name);
  }

  /** A function or constant of the module. */
  function(name: string): AlignedMember | undefined {
    return this.#functions.get(name);
  }

  /** A member of a class or of its bases; with null, of whichever class has it. */
  member(className: string | null, name: string): AlignedMember | undefined {
    if (className === null) return this.#anywhere.get(name);
    let table = this.#byClass.get(className);
    if (table === undefined) {
      table = new Map();
      this.#byClass.set(className, table);
    }
    let found = table.get(name);
    if (found === undefined) {
      found = this.#search(className, name) ?? null;
      table.set(name, found);
    }
    return found ?? undefined;
  }

  /** The canonical name of the class that a declared type is; null where it is none. */
  classOfType(type: Type | undefined): string | null {
    if (type === undefined) return null;
    if (type.kind === "class") return this.#classes.get(type.name)?.canonical ?? null;
    if (type.kind === "awaitable") return this.classOfType(type.of);
    if (type.kind !== "union") return null;
    for (const part of type.of) {
      const found = this.classOfType(part);
      if (found !== null) return found;
    }
    return null;
  }

  #search(className: string, name: string): AlignedMember | undefined {
    const seen = new Set<string>();
    const queue = [className];
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const aligned = this.#classes.get(next);
      if (aligned === undefined || seen.has(next)) continue;
      seen.add(next);
      const found = aligned.members.find((member) => member.canonical === name);
      if (found !== undefined) return found;
      queue.push(...aligned.python.bases, ...aligned.node.bases);
    }
    return undefined;
  }
}
