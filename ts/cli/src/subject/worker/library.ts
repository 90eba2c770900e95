/** The library under test: its module, what it exports, and how its objects are observed. */
import { inspect } from "node:util";
import type { Hello } from "../protocol.ts";
import { isUnsafeInteger } from "./faults.ts";

/** An object whose members are not known. */
export type Bag = Record<PropertyKey, unknown>;

/** A class of the library, or any function. */
export type Callable = (...args: unknown[]) => unknown;

/** Reads one observed member. */
export type Reader = (target: unknown) => unknown;

/** The members that are observed on an object: canonical names, and how each is read. */
export interface Observed {
  names: string[];
  readers: Reader[];
}

/** Nothing to observe. */
export const NOTHING: Observed = { names: [], readers: [] };

/** Classes of the language itself; getters are left alone, since reading some globals loads or warns. */
const BUILTIN = new Set<unknown>(
  Object.values(Object.getOwnPropertyDescriptors(globalThis))
    .map((one) => one.value as unknown)
    .filter((value) => typeof value === "function"),
);

/** The key of a member: `@@iterator` is a well-known symbol. */
export function keyOf(name: string): PropertyKey {
  if (!name.startsWith("@@")) return name;
  if (name === "@@inspect") return inspect.custom;
  return (Symbol as unknown as Record<string, symbol>)[name.slice(2)] ?? Symbol.for(name.slice(2));
}

/** Call a member, as written in source text: the receiver is `this`. */
export function callMember(target: unknown, name: string, args: unknown[]): unknown {
  // A custom inspection takes options and a function: the language's own entry passes them.
  if (name === "@@inspect") return inspect(target);
  const member = (target as Bag)[keyOf(name)];
  // An operator is no member.
  if (member === undefined && name === "===") return target === args[0];
  if (typeof member !== "function") throw new TypeError(`${name} is not a function`);
  return Reflect.apply(member, target, args);
}

/** The module and the classes met in it. */
export class Library {
  /** By function: which integer arguments it takes as bigint, by a bit each. */
  readonly bigints = new WeakMap<object, number>();
  readonly #module: Bag;
  readonly #fallback: Bag;
  readonly #hello: Hello["hello"];
  readonly #observed = new Map<unknown, Observed>();
  /** Submodules by the prefix that their members' names have. */
  readonly #modules = new Map<string, Bag>();
  /** The names of classes that a submodule offers and the module itself does not. */
  readonly #names = new Map<unknown, string>();

  constructor(module: unknown, hello: Hello["hello"], submodules: ReadonlyMap<string, unknown> = new Map()) {
    this.#module = module as Bag;
    this.#fallback = fallbackOf(module as Bag);
    this.#hello = hello;
    const above = new Set([...Object.values(this.#module), ...Object.values(this.#fallback)]);
    for (const [prefix, sub] of submodules) {
      const members: Bag = Object.assign(Object.create(null) as Bag, fallbackOf(sub as Bag), sub);
      this.#modules.set(prefix, members);
      for (const [name, value] of Object.entries(members)) {
        if (typeof value === "function" && !above.has(value) && !this.#names.has(value))
          this.#names.set(value, `${prefix}.${name}`);
      }
    }
  }

  /** A class, function or constant of the module by its dotted name, or a submodule. */
  find(name: string): unknown {
    const parts = name.split(".");
    for (let length = this.#modules.size > 0 ? parts.length : 0; length > 0; length--) {
      const sub = this.#modules.get(parts.slice(0, length).join("."));
      if (sub !== undefined) return parts.slice(length).reduce((value, part) => (value as Bag)[part] as Bag, sub);
    }
    const [first, ...rest] = parts as [string, ...string[]];
    const found = first in this.#module ? this.#module[first] : this.#fallback[first];
    return rest.reduce((value, part) => (value as Bag)[part], found);
  }

  /** The name under which programs know a class. */
  nameOf(kind: Callable): string {
    return this.#names.get(kind) ?? kind.name;
  }

  /** A class or function of the module, for a call. */
  findCallable(name: string): Callable {
    const found = this.find(name);
    if (typeof found !== "function") throw new TypeError(`${name} is not a function`);
    return found as Callable;
  }

  /** Whether a function is a class of the library. */
  isClass(value: Callable): boolean {
    return (
      this.find(this.nameOf(value)) === value && Object.getOwnPropertyDescriptor(value, "prototype")?.writable !== true
    );
  }

  /** The class of an object of the library; undefined for plain objects and the language's own. */
  classOf(value: object): Callable | undefined {
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype === null || prototype === Object.prototype) return undefined;
    const kind = (prototype as Bag).constructor;
    return typeof kind !== "function" || BUILTIN.has(kind) || kind.name === "Object" ? undefined : (kind as Callable);
  }

  /** The members observed on live handles of an object's class, those of its bases included. */
  observed(value: object): Observed {
    const kind = this.classOf(value);
    if (kind === undefined) return NOTHING;
    const known = this.#observed.get(kind);
    if (known !== undefined) return known;
    const members = new Map<string, string>();
    for (const name of this.#chain(value).reverse()) {
      const table = Object.hasOwn(this.#hello.observe, name) ? this.#hello.observe[name]! : {};
      for (const [canonical, member] of Object.entries(table)) members.set(canonical, member);
    }
    const observed: Observed = {
      names: [...members.keys()],
      readers: [...members.values()].map((member) => this.#reader(member, this.twin(value, member))),
    };
    this.#observed.set(kind, observed);
    return observed;
  }

  /** The same for a result whose class is not observed: its own data and its public getters. */
  fields(value: object): Observed {
    const names = new Set(Object.keys(value));
    for (
      let at: object | null = Object.getPrototypeOf(value);
      at !== null && at !== Object.prototype;
      at = Object.getPrototypeOf(at)
    ) {
      for (const [name, one] of Object.entries(Object.getOwnPropertyDescriptors(at)))
        if (one.get !== undefined) names.add(name);
    }
    const shown = [...names].filter((name) => !name.startsWith("_") && name !== "constructor");
    return { names: shown, readers: shown.map((name) => (target) => (target as Bag)[name]) };
  }

  #chain(value: object): string[] {
    return chain(value, (kind) => this.nameOf(kind));
  }

  /** Whose members the BigInt twins of are known: the classes of an object, a class, or a submodule. */
  #owners(owner: object): string[] {
    if (typeof owner === "function") return [this.nameOf(owner as Callable)];
    for (const [prefix, sub] of this.#modules) if (sub === owner) return [prefix];
    return this.#chain(owner);
  }

  /** The BigInt twin of a member of an object, class or submodule, of a function of the module with null. */
  twin(owner: unknown, member: string): string | undefined {
    const { twins } = this.#hello;
    const names = owner === null ? [""] : this.#owners(owner as object);
    for (const name of names) {
      const table = Object.hasOwn(twins, name) ? twins[name]! : {};
      if (Object.hasOwn(table, member)) return table[member];
    }
    return undefined;
  }

  #reader(member: string, twin: string | undefined): Reader {
    const key = keyOf(member);
    const read: Reader = (target) => {
      const value = (target as Bag)[key];
      return typeof value === "function" ? callMember(target, member, []) : value;
    };
    if (twin === undefined) return member === "@@inspect" ? (target) => inspect(target) : read;
    const exact = this.#reader(twin, undefined);
    return (target) => {
      try {
        return read(target);
      } catch (error) {
        if (!isUnsafeInteger(error)) throw error;
        return exact(target);
      }
    };
  }
}

/** Of a CommonJS module whose exports cannot be read off its source, only the default is there. */
function fallbackOf(module: Bag): Bag {
  const fallback = module.default;
  return typeof fallback === "object" || typeof fallback === "function" ? ((fallback ?? {}) as Bag) : {};
}

/** Class names of an object from the most derived to the root's child. */
export function chain(value: object, nameOf = (kind: Callable): string => kind.name): string[] {
  const names: string[] = [];
  for (
    let at: object | null = Object.getPrototypeOf(value);
    at !== null && at !== Object.prototype;
    at = Object.getPrototypeOf(at)
  ) {
    const kind: unknown = at.constructor;
    if (typeof kind !== "function") continue;
    const name = nameOf(kind as Callable);
    if (name !== names.at(-1)) names.push(name);
  }
  return names;
}
