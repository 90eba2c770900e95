/** The aligned surface as the comparison asks it: by class and member name, with inheritance, in constant time. */
import type { AlignedClass, AlignedMember, AlignedSignature, Alignment, Type } from "../surface/surface.ts";
import type { Host } from "./kind.ts";
import { foldName } from "./names.ts";
import { awaited, type Declared, unite } from "./types.ts";

/** What is declared about one member. */
export interface Declaration {
  /** `Counter.add`, `Counter()`, `inline`. */
  label: string;
  signatures: AlignedSignature[];
  /** What both sides declare as the result, awaited. */
  returns: Declared;
  /** What Node alone declares, for null against undefined. */
  nodeReturns: Declared;
  /** Canonical class of the result, when the declaration names one. */
  returnsClass: string | null;
  async: { python: boolean; node: boolean };
  /** The member makes a plain form of its object, for JSON. */
  isSerialised: boolean;
  /** Node has only identity to answer with. */
  isIdentity: boolean;
}

/** Index over an alignment. */
export class Lookup {
  readonly alignment: Alignment;
  readonly #classes = new Map<string, AlignedClass>();
  readonly #canonical: Record<Host, Map<string, string>> = { python: new Map(), node: new Map() };
  readonly #declarations = new Map<string, Declaration>();
  /** Canonical member names by the host's own, over all classes: one host name never means two things in one library. */
  readonly #names: Record<Host, Map<string, string>> = { python: new Map(), node: new Map() };

  readonly #keys: Record<Host, Map<string, string>> = { python: new Map(), node: new Map() };

  constructor(alignment: Alignment) {
    this.alignment = alignment;
    for (const one of alignment.classes) {
      this.#classes.set(one.canonical, one);
      this.#canonical.python.set(one.python.name, one.canonical);
      this.#canonical.node.set(one.node.name, one.canonical);
      for (const member of one.members) {
        this.#names.python.set(member.python.name, member.canonical);
        this.#names.node.set(member.node.name, member.canonical);
      }
    }
  }

  /** The canonical name of a class by its name in a host; null when it is not aligned. */
  className(host: Host, name: string): string | null {
    return this.#canonical[host].get(name) ?? (this.#classes.has(name) ? name : null);
  }

  /** One key for a class in both hosts, aligned or not. */
  classKey(host: Host, name: string): string {
    return this.className(host, name) ?? foldName(name);
  }

  /** One key for an observed member or a struct's field in both hosts. */
  memberKey(host: Host, name: string): string {
    const cached = this.#keys[host].get(name);
    if (cached !== undefined) return cached;
    const known = this.#names[host].get(name) ?? name;
    const key = known.startsWith("__") || known.startsWith("@@") ? known : foldName(known);
    this.#keys[host].set(name, key);
    return key;
  }

  /** The canonical name of an observed member. */
  canonicalMember(host: Host, name: string): string {
    return this.#names[host].get(name) ?? name;
  }

  /** Whether an instance of the class is a plain object in Node: nothing is checked before it is used. */
  isPlain(className: string): boolean {
    const aligned = this.#classes.get(className);
    return aligned?.rule === "plain-object" || aligned?.makers?.node.kind === "plain";
  }

  /** Whether a class of a host is an enum there or in the other one. */
  isEnum(host: Host, name: string): boolean {
    const aligned = this.#classes.get(this.className(host, name) ?? "");
    return aligned?.python.kind === "enum" || aligned?.node.kind === "enum";
  }

  /** The position of a constructor's parameter; undefined where it has none. */
  place(className: string, parameter: string): number | undefined {
    const [signature] = this.construction(className).signatures;
    const at = signature?.parameters
      .filter((one) => one.passing === "position")
      .findIndex((one) => one.name === parameter);
    return at === undefined || at < 0 ? undefined : at;
  }

  /** What is declared about the constructor of a class. */
  construction(className: string): Declaration {
    const label = `${className}()`;
    return this.#remember(label, () => {
      const signatures = this.#classes.get(className)?.constructors ?? [];
      const type: Type = { kind: "class", name: className };
      return {
        label,
        signatures,
        returns: type,
        nodeReturns: type,
        returnsClass: className,
        async: { python: false, node: false },
        isSerialised: false,
        isIdentity: false,
      };
    });
  }

  /** What is declared about a member: of a class (with its bases) or, with null, a function of the module. */
  declaration(className: string | null, name: string): Declaration {
    const label = className === null ? name : `${className}.${name}`;
    return this.#remember(label, () => this.#declare(label, this.member(className, name)));
  }

  /** The aligned member itself, looked up along the bases. */
  member(className: string | null, name: string): AlignedMember | undefined {
    if (className === null) return this.alignment.functions.find((one) => one.canonical === name);
    const seen = new Set<string>();
    const queue = [className];
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      if (seen.has(next)) continue;
      seen.add(next);
      const aligned = this.#classes.get(next);
      if (aligned === undefined) continue;
      const found = aligned.members.find((one) => one.canonical === name);
      if (found !== undefined) return found;
      queue.push(...aligned.python.bases.map((base) => this.className("python", base) ?? base));
    }
    return undefined;
  }

  #remember(label: string, make: () => Declaration): Declaration {
    const known = this.#declarations.get(label);
    if (known !== undefined) return known;
    const made = make();
    this.#declarations.set(label, made);
    return made;
  }

  #declare(label: string, member: AlignedMember | undefined): Declaration {
    if (member === undefined) {
      return {
        label,
        signatures: [],
        returns: undefined,
        nodeReturns: undefined,
        returnsClass: null,
        async: { python: false, node: false },
        isSerialised: false,
        isIdentity: false,
      };
    }
    const types = member.signatures.map((one) => one.returns);
    if (types.length === 0) types.push(...[member.python.type, member.node.type].filter((one) => one !== undefined));
    const returns = awaited(unite(types));
    const nodeTypes = member.node.signatures.map((one) => one.returns);
    return {
      label,
      signatures: member.signatures,
      returns,
      nodeReturns: awaited(member.node.type ?? unite(nodeTypes)),
      returnsClass: returns?.kind === "class" ? (this.className("python", returns.name) ?? returns.name) : null,
      async: {
        python: member.signatures.some((one) => one.async.python),
        node: member.signatures.some((one) => one.async.node),
      },
      isSerialised: member.rule === "serialise",
      isIdentity: member.rule === "inherited" && member.canonical === "__eq__",
    };
  }
}
