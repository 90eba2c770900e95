/** Lines two surfaces up: which class, function and member of one host is which of the other's, and by which rule. */
import { alignMembers, count, type Tally } from "./align-members.ts";
import { alignSignatures } from "./align-parameters.ts";
import type { ClassNames } from "./meet.ts";
import { fold, nameRule, splitName } from "./names.ts";
import { assignRoles } from "./roles.ts";
import type {
  AlignedClass,
  AlignedSignature,
  Alignment,
  ClassSurface,
  Maker,
  Member,
  Rule,
  Signature,
  Surface,
} from "./surface.ts";

/** What a configuration overrides: names (`Class`, `Class.member`, `function`), Python's to Node's. */
export interface AlignOptions {
  names?: Readonly<Record<string, string>>;
}

interface ClassPair {
  python: ClassSurface;
  node: ClassSurface;
  rule: Rule;
}

/** Align two surfaces. */
export function align(python: Surface, node: Surface, options: AlignOptions = {}): Alignment {
  const tally: Tally = { rules: {}, onlyPython: [], onlyNode: [], idioms: [], mismatches: [] };
  const names = options.names ?? {};
  const pairs = pairClasses(python, node, names);
  const classes: ClassNames = new Map(pairs.map((pair) => [pair.node.name, pair.python.name]));
  const factories = new Set<Member>();
  const aligned = pairs.map((pair) => alignClass(pair, { python, node, classes, names, tally, factories }));
  const functions = alignMembers(
    {
      owner: null,
      python: [...python.functions, ...python.constants].filter((member) => !factories.has(member)),
      node: [...node.functions, ...node.constants].filter((member) => !factories.has(member)),
      classes,
      names,
    },
    tally,
  );
  leftClasses(python, node, pairs, tally);
  assignRoles(aligned, functions);
  for (const { rule } of pairs) count(tally, rule);
  return {
    python,
    node,
    classes: aligned,
    functions,
    ...tally,
    onlyPython: tally.onlyPython.sort(),
    onlyNode: tally.onlyNode.sort(),
  };
}

interface Context {
  python: Surface;
  node: Surface;
  classes: ClassNames;
  names: Readonly<Record<string, string>>;
  tally: Tally;
  factories: Set<Member>;
}

/** A class's name without the prefix that binding generators add. */
function bareName(name: string): string {
  return name.replace(/(?<=^|\.)(Py|Js|Napi)(?=[A-Z])/, "");
}

function pairClasses(python: Surface, node: Surface, names: Readonly<Record<string, string>>): ClassPair[] {
  const pairs: ClassPair[] = [];
  const used = new Set<ClassSurface>();
  const passes: ((left: ClassSurface, right: ClassSurface) => Rule | null)[] = [
    (left, right) => (names[left.name] === right.name ? "config" : null),
    (left, right) => (left.name in names ? null : nameRule(left.name, right.name)),
    (left, right) => (fold(bareName(left.name)) === fold(bareName(right.name)) ? "case" : null),
  ];
  for (const rule of passes) {
    for (const left of python.classes) {
      if (pairs.some((pair) => pair.python === left)) continue;
      const found = node.classes.find((right) => !used.has(right) && fits(left, right) && rule(left, right) !== null);
      if (!found) continue;
      used.add(found);
      const isPlain = found.kind === "interface" && left.kind !== "exception";
      pairs.push({ python: left, node: found, rule: isPlain ? "plain-object" : (rule(left, found) ?? "same") });
    }
  }
  pairByResult(python, node, pairs);
  return pairs;
}

/** Two functions of one name return a class each, and neither class has a counterpart: they are one class under two names. */
function pairByResult(python: Surface, node: Surface, pairs: ClassPair[]): void {
  const result = (surface: Surface, member: Member): ClassSurface | undefined => {
    const returns = member.signatures[0]?.returns;
    const name = returns?.kind === "class" ? returns.name : null;
    const found = surface.classes.find((one) => one.name === name && one.kind === "class");
    return found && !pairs.some((pair) => pair.python === found || pair.node === found) ? found : undefined;
  };
  for (const one of python.functions) {
    const other = node.functions.find((candidate) => nameRule(one.name, candidate.name) !== null);
    const left = result(python, one);
    const right = other && result(node, other);
    if (left && right) pairs.push({ python: left, node: right, rule: "result" });
  }
}

/** An enum is no class, and an exception is only an exception. */
function fits(left: ClassSurface, right: ClassSurface): boolean {
  if (left.kind === "exception" || right.kind === "exception") return left.kind === right.kind;
  if (left.kind === "enum" || right.kind === "enum") return left.kind === right.kind;
  return true;
}

function alignClass(pair: ClassPair, context: Context): AlignedClass {
  const { python, node } = pair;
  const { tally } = context;
  const prefix = `${python.name}.`;
  const names = Object.fromEntries(
    Object.entries(context.names).flatMap(([left, right]) =>
      left.startsWith(prefix) ? [[left.slice(prefix.length), right.replace(/^.*\./, "")]] : [],
    ),
  );
  const construction = pair.python.kind === "exception" ? null : construct(pair, context);
  // Of an enum the members matter; what a host's enums can do beside that is the host's.
  const isUsed = (member: Member) =>
    !context.factories.has(member) && (python.kind !== "enum" || member.kind === "constant");
  // What a plain object is made of need not be readable in Python.
  const fields = pair.rule === "plain-object" ? (construction?.constructors[0]?.parameters ?? []) : [];
  const isField = (member: Member) =>
    fields.some((field) => field.node.name === member.name) &&
    !python.members.some((one) => nameRule(one.name, member.name));
  const members =
    python.kind === "exception"
      ? []
      : alignMembers(
          {
            owner: python.name,
            python: python.members.filter(isUsed),
            node: node.members.filter((member) => isUsed(member) && !isField(member)),
            classes: context.classes,
            inherits: pair.rule !== "plain-object" && python.kind === "class" && node.kind === "class",
            names,
          },
          tally,
        );
  const aligned: AlignedClass = {
    canonical: python.name,
    python,
    node,
    constructors: construction?.constructors ?? null,
    members,
    rule: pair.rule,
  };
  if (construction) aligned.makers = construction.makers;
  return aligned;
}

interface Construction {
  constructors: AlignedSignature[];
  makers: { python: Maker; node: Maker };
}

/** How both hosts make an instance with the same parameters; null where they cannot. */
function construct(pair: ClassPair, context: Context): Construction | null {
  const { python, node } = pair;
  const { tally, classes } = context;
  if (pair.rule === "plain-object") {
    if (!python.constructors) return null;
    const plain = alignSignatures(python.constructors, [plainSignature(node)], classes).matches;
    if (plain.length === 0) return null;
    return {
      constructors: plain.map((match) => match.signature),
      makers: { python: { kind: "constructor" }, node: { kind: "plain" } },
    };
  }
  if (python.constructors && node.constructors) {
    const { matches, reason } = alignSignatures(python.constructors, node.constructors, classes);
    const first = matches[0];
    // A class that declares no constructor has an empty one in TypeScript, and often a function that really makes it.
    const isBare = (signatures: readonly Signature[]) => signatures.every((one) => one.parameters.length === 0);
    const bare = isBare(node.constructors) ? "node" : isBare(python.constructors) ? "python" : null;
    const others = bare === "node" ? python.constructors : node.constructors;
    const made = bare === null ? null : byFactory(pair, others, bare, context);
    if (made) return made;
    if (first) {
      if (matches.some((match) => match.usesOptions)) count(tally, "options");
      if (matches.length === 1) {
        tally.onlyPython.push(...first.onlyPython.map((name) => `${python.name}(${name})`));
        tally.onlyNode.push(...first.onlyNode.map((name) => `${python.name}(${name})`));
      }
      return {
        constructors: matches.map((match) => match.signature),
        makers: { python: { kind: "constructor" }, node: { kind: "constructor" } },
      };
    }
    tally.mismatches.push({ where: python.name, reason: reason ?? "the constructors do not line up" });
    return null;
  }
  if (python.constructors) return byFactory(pair, python.constructors, "node", context);
  if (node.constructors) return byFactory(pair, node.constructors, "python", context);
  return null;
}

/** One host has a constructor, the other a function or static method that returns the class. */
function byFactory(
  pair: ClassPair,
  constructors: readonly Signature[],
  host: "python" | "node",
  context: Context,
): Construction | null {
  const surface = context[host];
  const owner = pair[host];
  const makes = (member: Member): boolean =>
    member.signatures.some((one) => one.returns.kind === "class" && one.returns.name === owner.name);
  const candidates = [
    ...surface.functions.filter(makes).map((member) => ({ member, kind: "function" as const })),
    ...owner.members
      .filter((member) => member.kind === "static" && makes(member))
      .map((member) => ({ member, kind: "static" as const })),
  ];
  const outcomes = candidates.flatMap(({ member, kind }) => {
    const signatures: readonly Signature[] = member.signatures;
    const [left, right] = host === "node" ? [constructors, signatures] : [signatures, constructors];
    const { matches } = alignSignatures(left, right, context.classes);
    const best = matches.reduce((sum, match) => Math.max(sum, match.score), 0);
    const isAsync = signatures.some((one) => one.async);
    const isNamesake = fold(member.name) === fold(owner.name);
    return matches.length > 0
      ? [{ member, kind, matches, score: best + (isNamesake ? 0.75 : 0) - (isAsync ? 0.5 : 0), isAsync }]
      : [];
  });
  // Without any agreeing name a function that happens to return the class is no constructor.
  const best = outcomes.sort((a, b) => b.score - a.score)[0];
  if (!best || best.score <= 0) return null;
  context.factories.add(best.member);
  count(context.tally, "factory");
  if (best.matches.some((match) => match.usesOptions)) count(context.tally, "options");
  const maker: Maker = { kind: best.kind, name: best.member.name, ...(best.isAsync ? { async: true } : {}) };
  const direct: Maker = { kind: "constructor" };
  return {
    constructors: best.matches.map((match) => match.signature),
    makers: host === "node" ? { python: direct, node: maker } : { python: maker, node: direct },
  };
}

/** The fields of an interface as the options of a constructor that takes one object. */
function plainSignature(node: ClassSurface): Signature {
  const fields = node.members.map((member) => ({
    name: member.name,
    type: member.type ?? ({ kind: "any" } as const),
    optional: member.optional ?? false,
  }));
  return {
    parameters: [{ name: "fields", kind: "positional", optional: false, type: { kind: "struct", name: null, fields } }],
    returns: { kind: "void" },
    async: false,
  };
}

/** The exception itself or one that it derives from, for which Node has a guard (`isFailed`) or an interface of Error. */
function exceptionShape(one: ClassSurface, python: Surface, node: Surface): { guard?: Member; of: string } | null {
  const local = (name: string) => fold(splitName(name).local);
  const seen = new Set<string>();
  const queue = [one.name];
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    if (seen.has(name)) continue;
    seen.add(name);
    const guard = node.functions.find((member) => local(member.name) === `is${local(name)}`);
    if (guard) return { guard, of: name };
    if (node.classes.some((right) => right.kind === "interface" && local(right.name) === local(name)))
      return { of: name };
    queue.push(...(python.classes.find((other) => other.name === name)?.bases ?? []));
  }
  return null;
}

/** Classes that only one host has. Interfaces are types: they are no gap. */
function leftClasses(python: Surface, node: Surface, pairs: readonly ClassPair[], tally: Tally): void {
  for (const one of python.classes) {
    if (pairs.some((pair) => pair.python === one)) continue;
    const shape = one.kind === "exception" ? exceptionShape(one, python, node) : null;
    if (shape) {
      const { guard, of } = shape;
      count(tally, "exception");
      const how = guard ? `${guard.name}() and a code` : "an interface of Error";
      const what = of === one.name ? "an exception class" : `an exception class below ${of}`;
      tally.idioms.push({ host: "python", where: one.name, reason: `${what}; Node has ${how}` });
      if (guard) tally.onlyNode = tally.onlyNode.filter((name) => name !== guard.name);
    } else {
      tally.onlyPython.push(one.name);
    }
  }
  for (const one of node.classes) {
    if (one.kind !== "interface" && !pairs.some((pair) => pair.node === one)) tally.onlyNode.push(one.name);
  }
}
