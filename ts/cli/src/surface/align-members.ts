/** Matches the members of one class, or the functions of a module, across the hosts. */
import { alignSignatures } from "./align-parameters.ts";
import type { ClassNames } from "./meet.ts";
import { meet } from "./meet.ts";
import { camelCase, fold, nameRule, snakeCase } from "./names.ts";
import {
  DERIVED,
  INHERITED,
  NODE_IDIOMS,
  PROTOCOLS,
  PYTHON_IDIOMS,
  RELEASES,
  SERIALISING,
  UNARY,
} from "./protocols.ts";
import type { Access, AlignedMember, AlignedSignature, Idiom, Member, Mismatch, Rule, Signature } from "./surface.ts";

/** What matching collects over all classes. */
export interface Tally {
  rules: Partial<Record<Rule, number>>;
  onlyPython: string[];
  onlyNode: string[];
  idioms: Idiom[];
  mismatches: Mismatch[];
}

/** Count one match of a rule. */
export function count(tally: Tally, rule: Rule, times = 1): void {
  tally.rules[rule] = (tally.rules[rule] ?? 0) + times;
}

export interface MemberScope {
  /** The class's canonical name; null for the functions of the module. */
  owner: string | null;
  python: readonly Member[];
  node: readonly Member[];
  classes: ClassNames;
  /** Both hosts have a class of objects here: in Node they have what all objects have. */
  inherits?: boolean;
  /** Python's name to Node's, from the configuration. */
  names: Readonly<Record<string, string>>;
}

const CALLABLE: ReadonlySet<Member["kind"]> = new Set(["method", "static", "function"]);

/** Whether it may be called without arguments, as far as is known. */
function takesNothing({ signatures }: Member): boolean {
  const isFree = ({ parameters }: Signature) => parameters.every((one) => one.optional || one.kind === "rest");
  return signatures.length === 0 || signatures.some(isFree);
}

/** Match all members of a scope. What is left goes to the tally: an idiom, or only on one side. */
export function alignMembers(scope: MemberScope, tally: Tally): AlignedMember[] {
  return new Matcher(scope, tally).run();
}

class Matcher {
  readonly #scope: MemberScope;
  readonly #tally: Tally;
  readonly #aligned: AlignedMember[] = [];
  readonly #usedPython = new Set<Member>();
  readonly #usedNode = new Set<Member>();

  constructor(scope: MemberScope, tally: Tally) {
    this.#scope = scope;
    this.#tally = tally;
  }

  run(): AlignedMember[] {
    this.#configured();
    this.#named();
    this.#tabled();
    if (this.#scope.inherits) this.#inherited();
    this.#accessors();
    this.#asyncTwins();
    this.#bigintTwins();
    this.#leftovers();
    return this.#aligned;
  }

  #freePython(): Member[] {
    return this.#scope.python.filter((member) => !this.#usedPython.has(member));
  }

  #freeNode(): Member[] {
    return this.#scope.node.filter((member) => !this.#usedNode.has(member));
  }

  #configured(): void {
    for (const [python, node] of Object.entries(this.#scope.names)) {
      const left = this.#freePython().find((member) => member.name === python);
      const right = this.#freeNode().find((member) => member.name === node);
      if (left && right) this.#match(left, right, "config");
    }
  }

  /** Equal names, after the spelling rules; of two candidates the one of the same kind. */
  #named(): void {
    for (const left of this.#freePython()) {
      if (left.name.startsWith("__")) continue;
      const candidates = this.#freeNode().flatMap((right) => {
        const rule = nameRule(left.name, right.name);
        return rule ? [{ right, rule }] : [];
      });
      const best = candidates.find(({ right }) => isCallable(right) === isCallable(left)) ?? candidates[0];
      if (best)
        this.#match(left, best.right, isCallable(left) === isCallable(best.right) ? best.rule : "property-method");
    }
  }

  /** The protocol table, and the customary names of serialising. */
  #tabled(): void {
    const table = { ...PROTOCOLS, ...SERIALISING };
    for (const [python, names] of Object.entries(table)) {
      const isProtocol = python in PROTOCOLS;
      const candidates = names.flatMap((name) => this.#scope.node.find((member) => member.name === name) ?? []);
      // `copy(from, to)` copies something else than itself.
      const right = candidates.find((member) => !UNARY.has(python) || takesNothing(member));
      if (!right) continue;
      // One `compareTo` serves four comparisons, one `at` may also be a method of its own.
      if (!isProtocol && this.#usedNode.has(right)) continue;
      const left = this.#scope.python.find((member) => member.name === python) ?? this.#derived(python);
      if (!left || this.#usedPython.has(left)) continue;
      if (left.uncertain && !this.#scope.python.some((member) => member.name === python && !member.uncertain)) {
        this.#usedPython.add(left);
        if (python !== "__eq__") continue;
      }
      this.#match(left, right, isProtocol ? "protocol" : "serialise");
    }
  }

  /** What Python's class says of itself, where Node's leaves that to what all objects have. */
  #inherited(): void {
    for (const [protocol, name] of Object.entries(INHERITED)) {
      const own = this.#scope.python.find((member) => member.name === protocol);
      // An equality that may be none answers as identity does, and so differs in nothing.
      const left = own !== undefined && (isMeant(own) || own.uncertain) ? own : this.#derived(protocol);
      if (!left || this.#aligned.some((member) => member.canonical === protocol)) continue;
      if (this.#scope.node.some((member) => member.name === name)) continue;
      const right: Member = { name, kind: "method", signatures: [], voices: ["live"], doc: null };
      this.#match({ ...left, signatures: protocol === "__eq__" ? [EQUALS] : [] }, right, "inherited");
      if (own !== undefined) this.#usedPython.add(own);
    }
  }

  /** A protocol that Python derives from another method of the class. */
  #derived(protocol: string): Member | null {
    const sources = DERIVED[protocol] ?? [];
    const source = this.#scope.python.find((member) => sources.includes(member.name));
    if (!source || (protocol === "__str__" && !isMeant(source))) return null;
    return { name: protocol, kind: "method", signatures: [], voices: ["live"], doc: null };
  }

  /** A property on one side, `getX` and `setX` on the other. */
  #accessors(): void {
    const find = (members: readonly Member[], verb: string, name: string) =>
      members.find((member) => member.kind === "method" && fold(member.name) === fold(verb + name));
    for (const left of this.#freePython()) {
      if (left.kind !== "property") continue;
      const get = find(this.#freeNode(), "get", left.name);
      if (!get) continue;
      const set = find(this.#freeNode(), "set", left.name);
      if (set) this.#usedNode.add(set);
      const access: AlignedMember["access"] = {
        python: { get: { kind: "property", name: left.name }, set: writer(left) },
        node: { get: { kind: "method", name: get.name }, set: set ? { kind: "method", name: set.name } : null },
      };
      this.#match(left, get, "accessor", access);
    }
    this.#getFunctions();
    for (const right of this.#freeNode()) {
      if (right.kind !== "property") continue;
      const get = find(this.#freePython(), "get", right.name);
      if (!get) continue;
      const set = find(this.#freePython(), "set", right.name);
      if (set) this.#usedPython.add(set);
      const access: AlignedMember["access"] = {
        python: { get: { kind: "method", name: get.name }, set: set ? { kind: "method", name: set.name } : null },
        node: { get: { kind: "property", name: right.name }, set: writer(right) },
      };
      this.#match(get, right, "accessor", access, snakeCase(right.name));
    }
  }

  /** `encoding_for(x)` and `getEncodingFor(x)`: a verb that says nothing. */
  #getFunctions(): void {
    const bare = (name: string) => fold(name).replace(/^get(?=.)/, "");
    for (const left of this.#freePython()) {
      if (!isCallable(left) || left.name.startsWith("__")) continue;
      const right = this.#freeNode().find((member) => isCallable(member) && bare(member.name) === bare(left.name));
      if (right) this.#match(left, right, "accessor");
    }
  }

  /** `evaluate` and `evaluateSync`, `async_evaluate` and `evaluate`: one body, awaited or not. */
  #asyncTwins(): void {
    const base = (name: string) => fold(name).replace(/^async(?=.)|(?<=.)(async|sync)$/, "");
    const isTwin = (name: string) => base(name) !== fold(name);
    const isAsync = (member: Member) => member.signatures[0]?.async ?? false;
    const find = (members: readonly Member[], other: Member): Member | undefined => {
      const twins = members.filter(
        (member) =>
          isCallable(member) && base(member.name) === base(other.name) && (isTwin(member.name) || isTwin(other.name)),
      );
      return twins.find((member) => isAsync(member) === isAsync(other)) ?? twins[0];
    };
    for (const right of this.#freeNode()) {
      const left = isCallable(right) ? find(this.#scope.python, right) : undefined;
      if (!left) continue;
      const name = this.#usedPython.has(left) ? snakeCase(right.name) : left.name;
      this.#match(left, right, "async-twin", undefined, name);
    }
    for (const left of this.#freePython()) {
      const right = isCallable(left) ? find(this.#scope.node, left) : undefined;
      if (right) this.#match(left, right, "async-twin");
    }
  }

  #bigintTwins(): void {
    for (const right of this.#freeNode()) {
      const name = /^(.+)BigInt$/.exec(right.name)?.[1];
      const served = this.#aligned.filter((member) => member.node.name === name);
      if (served.length === 0) continue;
      for (const member of served) member.bigint = right.name;
      this.#usedNode.add(right);
      count(this.#tally, "bigint-twin");
    }
  }

  #leftovers(): void {
    const at = (name: string) => (this.#scope.owner === null ? name : `${this.#scope.owner}.${name}`);
    const hasScope = this.#scope.node.some((member) => /^@@(asyncD|d)ispose$/.test(member.name));
    for (const left of this.#freePython()) {
      const reason = pythonIdiom(left.name);
      if (reason) this.#tally.idioms.push({ host: "python", where: at(left.name), reason });
      else if (!left.uncertain && !isDefaultProtocol(left)) this.#tally.onlyPython.push(at(left.name));
    }
    for (const right of this.#freeNode()) {
      const reason =
        NODE_IDIOMS[right.name] ??
        this.#alias(right) ??
        (hasScope && RELEASES.has(right.name) ? NODE_IDIOMS["@@dispose"] : null);
      if (reason) this.#tally.idioms.push({ host: "node", where: at(right.name), reason });
      else this.#tally.onlyNode.push(at(right.name));
    }
  }

  /** `fromJSON` beside a matched `fromDict`: the name that `JSON.stringify` and its readers ask for. */
  #alias(right: Member): string | null {
    const served = Object.entries(SERIALISING).some(
      ([python, names]) => names.includes(right.name) && this.#scope.python.some((one) => one.name === python),
    );
    return served ? "the customary name in JavaScript for what has another name as well" : null;
  }

  #match(left: Member, right: Member, rule: Rule, access?: AlignedMember["access"], name = left.name): void {
    this.#usedPython.add(left);
    this.#usedNode.add(right);
    const kind = this.#kind(left, right, rule);
    const at = this.#scope.owner === null ? name : `${this.#scope.owner}.${name}`;
    const signatures = kind === "property" ? this.#valueOf(left, right) : this.#signatures(at, left, right);
    if (!signatures) return;
    count(this.#tally, rule);
    const canonical = this.#unique(name);
    const member: AlignedMember = { canonical, kind, python: left, node: right, rule, signatures };
    const written = access ?? (kind === "property" ? directAccess(left, right) : undefined);
    if (written) member.access = written;
    this.#aligned.push(member);
  }

  #unique(name: string): string {
    let canonical = name;
    while (this.#aligned.some((member) => member.canonical === canonical)) canonical += "_async";
    return canonical;
  }

  #kind(left: Member, right: Member, rule: Rule): AlignedMember["kind"] {
    if (rule === "protocol" || rule === "inherited") return "protocol";
    const isValue = (member: Member) => member.kind === "property" || member.kind === "constant";
    if (isValue(left) || isValue(right)) return "property";
    if (this.#scope.owner === null) return "function";
    return left.kind === "static" || right.kind === "static" ? "static" : "method";
  }

  /** A property's one signature: no parameters, and the type that both declare. */
  #valueOf(left: Member, right: Member): AlignedSignature[] {
    const type = (member: Member) => member.type ?? member.signatures[0]?.returns ?? ({ kind: "any" } as const);
    const returns = meet(type(left), type(right), this.#scope.classes) ?? type(left);
    const isAsync = (member: Member) => isCallable(member) && (member.signatures[0]?.async ?? false);
    return [{ parameters: [], returns, async: { python: isAsync(left), node: isAsync(right) } }];
  }

  #signatures(at: string, left: Member, right: Member): AlignedSignature[] | null {
    // A voice that knows no signature is no obstacle: the other side's parameters are taken for both.
    const known = left.signatures.length > 0 ? left.signatures : right.signatures;
    const other = right.signatures.length > 0 ? right.signatures : known;
    const isBare = right.kind === "property" || SCOPED.has(left.name);
    if (known.length === 0 || isBare) return this.#valueOf(left, right);
    const borrowed = left.signatures.length === 0 ? known.map(pythonise) : known;
    const { matches, reason } = alignSignatures(borrowed, other, this.#scope.classes);
    if (matches.length === 0) {
      this.#tally.mismatches.push({ where: at, reason: reason ?? "the parameters do not line up" });
      return null;
    }
    if (matches.some((match) => match.usesOptions)) count(this.#tally, "options");
    const first = matches[0]!;
    if (matches.length === 1 && !left.name.startsWith("__")) {
      this.#tally.onlyPython.push(...first.onlyPython.map((name) => `${at}(${name})`));
      this.#tally.onlyNode.push(...first.onlyNode.map((name) => `${at}(${name})`));
    }
    return matches.map((match) => match.signature);
  }
}

/** Whether a class defines a protocol on purpose: every class of an extension module has some. */
function isMeant(member: Member): boolean {
  return !member.uncertain && !isDefaultProtocol(member);
}

/** Equality takes anything. */
const EQUALS: Signature = {
  parameters: [{ name: "other", kind: "positional", optional: false, type: { kind: "any" } }],
  returns: { kind: "boolean" },
  async: false,
};

/** Parameters that only Node knows, as Python would name them. */
function pythonise(signature: Member["signatures"][number]): Member["signatures"][number] {
  return { ...signature, parameters: signature.parameters.map((one) => ({ ...one, name: snakeCase(one.name) })) };
}

/** Programs never pass these anything: `with` does, or the callback form of it. */
const SCOPED: ReadonlySet<string> = new Set(["__enter__", "__exit__", "__aexit__"]);

const OPERATOR = /^__[ri]?(add|sub|mul|truediv|floordiv|mod|pow|matmul|and|or|xor|lshift|rshift|neg|pos|abs|invert)__$/;

function pythonIdiom(name: string): string | null {
  const known = PYTHON_IDIOMS[name];
  if (known !== undefined) return known;
  const isProtocol = name.startsWith("__") && !(name in PROTOCOLS) && !OPERATOR.test(name);
  return isProtocol ? "a protocol of Python" : null;
}

function isCallable(member: Member): boolean {
  return CALLABLE.has(member.kind);
}

function writer(member: Member): Access["set"] {
  return member.writable ? { kind: "property", name: member.name } : null;
}

function directAccess(left: Member, right: Member): AlignedMember["access"] {
  const access = (member: Member): Access => ({
    get: { kind: isCallable(member) ? "method" : "property", name: member.name },
    set: isCallable(member) ? null : writer(member),
  });
  return { python: access(left), node: access(right) };
}

/** Protocols that every class of an extension module may have without meaning anything by it. */
function isDefaultProtocol(member: Member): boolean {
  return member.voices.length === 1 && member.voices[0] === "live" && ["__str__", "__hash__"].includes(member.name);
}

/** The name that Node would give to a Python member; what a missing member should be called. */
export function expectedNodeName(python: string): string {
  return PROTOCOLS[python]?.[0] ?? SERIALISING[python]?.[0] ?? camelCase(python);
}
