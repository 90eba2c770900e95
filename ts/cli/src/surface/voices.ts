/** Merges the two voices of one host, stub and live module, and reports where they contradict each other. */
import { fold } from "./names.ts";
import type { ClassSurface, Contradiction, Member, Parameter, Signature, Surface } from "./surface.ts";

/** What one voice says about a module. */
export interface SpokenModule {
  classes: ClassSurface[];
  functions: Member[];
  constants: Member[];
}

type Merged = Pick<Surface, "classes" | "functions" | "constants" | "contradictions">;

/** Merge both voices. The stub knows types, the live module knows what is there: what only the stub has is dropped. */
export function mergeVoices(said: SpokenModule | null, live: SpokenModule): Merged {
  if (!said) return { ...live, contradictions: [] };
  const contradictions: Contradiction[] = [];
  const renamed = renameClasses(said.classes, live.classes, contradictions);
  const stub = renamed.size > 0 ? withClassNames(said, renamed) : said;
  // A function, class or constant may be declared as another of the three (`export const f = …`).
  const declared = new Map(allNames(stub));
  const present = new Map(allNames(live));
  for (const [name, what] of declared) {
    if (present.has(name)) continue;
    if (what === "interface") continue;
    contradictions.push({ where: name, stub: `declares ${article(what)}`, live: "has no such name" });
  }
  for (const [name, what] of present) {
    if (declared.has(name)) continue;
    contradictions.push({ where: name, stub: "does not declare it", live: `has ${article(what)}` });
  }
  const classes = stub.classes.flatMap((one): ClassSurface[] => {
    const found = live.classes.find((other) => other.name === one.name);
    if (found) return [mergeClass(one, found, contradictions)];
    // Interfaces and enums without a runtime object exist in types only; a class may be returned without being exported.
    return one.kind === "interface" || one.kind === "enum" || !present.has(one.name)
      ? [one.kind === "class" ? { ...one, constructors: null } : one]
      : [];
  });
  const known = new Set(classes.map((one) => one.name));
  classes.push(...live.classes.filter((one) => !known.has(one.name)));
  return {
    classes,
    functions: mergeMembers("", stub.functions, live.functions, contradictions, false),
    constants: mergeMembers("", stub.constants, live.constants, contradictions, false),
    contradictions,
  };
}

function allNames(module: SpokenModule): [string, string][] {
  return [
    ...module.classes.map((one): [string, string] => [one.name, one.kind]),
    ...module.functions.map((one): [string, string] => [one.name, "function"]),
    ...module.constants.map((one): [string, string] => [one.name, "constant"]),
  ];
}

function article(what: string): string {
  return /^[aeiou]/.test(what) ? `an ${what}` : `a ${what}`;
}

/** Binding generators leave their prefix on a class (`PyExpression` for `Expression`): the same class under two names. */
function renameClasses(
  stub: readonly ClassSurface[],
  live: readonly ClassSurface[],
  contradictions: Contradiction[],
): Map<string, string> {
  const renamed = new Map<string, string>();
  const bare = (name: string) => fold(name.replace(/^(Py|Js|Napi)(?=[A-Z])/, ""));
  for (const one of stub) {
    if (one.kind === "interface" || live.some((other) => other.name === one.name)) continue;
    const found = live.find(
      (other) => bare(other.name) === bare(one.name) && !stub.some((declared) => declared.name === other.name),
    );
    if (!found) continue;
    renamed.set(one.name, found.name);
    contradictions.push({ where: one.name, stub: `names the class ${one.name}`, live: `names it ${found.name}` });
  }
  return renamed;
}

/** The module with classes called as the live module calls them, wherever types name them. */
function withClassNames(module: SpokenModule, renamed: ReadonlyMap<string, string>): SpokenModule {
  const text = JSON.stringify(module, (_key, value: unknown) => {
    if (typeof value !== "object" || value === null || !("name" in value) || typeof value.name !== "string")
      return value;
    const name = renamed.get(value.name);
    const isClass = "members" in value || ("kind" in value && value.kind === "class");
    return name !== undefined && isClass ? { ...value, name } : value;
  });
  return JSON.parse(text) as SpokenModule;
}

function mergeClass(stub: ClassSurface, live: ClassSurface, contradictions: Contradiction[]): ClassSurface {
  const kind = live.kind === "class" ? stub.kind : live.kind;
  return {
    name: live.name,
    bases: [...new Set([...stub.bases, ...live.bases])],
    constructors: mergeConstructors(stub, live, contradictions),
    members: mergeMembers(stub.name, stub.members, live.members, contradictions, true),
    kind,
    voices: ["stub", "live"],
    doc: stub.doc ?? live.doc,
  };
}

function mergeConstructors(
  stub: ClassSurface,
  live: ClassSurface,
  contradictions: Contradiction[],
): Signature[] | null {
  if (!stub.constructors) {
    const inherited = live.constructors?.some((one) => one.parameters.some((parameter) => !parameter.optional));
    return inherited || stub.kind === "class" ? live.constructors : null;
  }
  const told = live.constructors;
  return told ? mergeSignatures(stub.name, stub.constructors, told, contradictions) : stub.constructors;
}

function mergeMembers(
  owner: string,
  stub: readonly Member[],
  live: readonly Member[],
  contradictions: Contradiction[],
  inClass: boolean,
): Member[] {
  const merged: Member[] = [];
  const at = (name: string) => (owner ? `${owner}.${name}` : name);
  for (const one of stub) {
    const found = live.find((other) => other.name === one.name);
    if (found) {
      merged.push(mergeMember(at(one.name), one, found, contradictions));
    } else if (inClass) {
      if (one.kind === "property" && one.voices.includes("stub")) {
        // An attribute that is set in `__init__` or by the constructor stands on no class: keep it.
        merged.push(one);
      } else if (!one.name.startsWith("__")) {
        contradictions.push({ where: at(one.name), stub: `declares a ${one.kind}`, live: "has no such member" });
      }
    }
  }
  for (const one of live) {
    if (stub.some((other) => other.name === one.name)) continue;
    // A class that hashes itself and has the slot of comparisons has an equality: nothing else goes with a hash.
    const isEquality = one.name === "__eq__" && live.some((other) => other.name === "__hash__");
    if (one.uncertain && !isEquality) continue;
    merged.push(one);
    if (inClass && stub.length > 0 && !one.name.startsWith("__") && !one.name.startsWith("@@")) {
      contradictions.push({ where: at(one.name), stub: "does not declare it", live: `has a ${one.kind}` });
    }
  }
  return merged;
}

function mergeMember(where: string, stub: Member, live: Member, contradictions: Contradiction[]): Member {
  const callable = (kind: Member["kind"]) => kind !== "property" && kind !== "constant";
  if (callable(stub.kind) !== callable(live.kind) && !where.includes(".__")) {
    contradictions.push({ where, stub: `declares a ${stub.kind}`, live: `has a ${live.kind}` });
  }
  const isAccessor = live.kind === "property" && live.writable !== undefined;
  if (isAccessor && stub.writable !== undefined && live.writable !== stub.writable) {
    const word = (writable: boolean | undefined) => (writable ? "can be set" : "is read-only");
    contradictions.push({ where, stub: word(stub.writable), live: word(live.writable) });
  }
  const kind = callable(stub.kind) === callable(live.kind) ? stub.kind : live.kind;
  const merged: Member = {
    ...stub,
    kind,
    signatures: mergeSignatures(where, stub.signatures, live.signatures, contradictions),
    voices: ["stub", "live"],
    doc: stub.doc ?? live.doc,
  };
  if (isAccessor && live.writable !== undefined) merged.writable = live.writable;
  return merged;
}

/** Overloads are believed; a single signature is held against the live one. */
function mergeSignatures(
  where: string,
  stub: readonly Signature[],
  live: readonly Signature[],
  contradictions: Contradiction[],
): Signature[] {
  const told = live[0];
  const declared = stub[0];
  // Nobody passes the operand of an operator by name.
  if (where.includes(".__")) return [...(stub.length > 0 ? stub : live)];
  if (!told || !declared || stub.length > 1) return [...(stub.length > 0 ? stub : live)];
  const isOpen = told.parameters.some((one) => one.kind === "rest" || one.kind === "keyword_rest");
  const byName = new Map(told.parameters.map((parameter) => [parameter.name, parameter]));
  const parameters = declared.parameters.map((parameter, index): Parameter => {
    const found = byName.get(parameter.name);
    if (!found) {
      const other = told.parameters[index];
      if (!isOpen && parameter.kind !== "rest" && parameter.kind !== "keyword_rest") {
        const says = other && !declared.parameters.some((one) => one.name === other.name) ? other.name : null;
        const text = says ? `names it ${says}` : "has no such parameter";
        contradictions.push({ where: `${where}(${parameter.name})`, stub: "declares it", live: text });
        if (says && other) return { ...parameter, name: other.name, kind: other.kind };
      }
      return parameter;
    }
    if (found.optional !== parameter.optional) {
      const word = (optional: boolean) => (optional ? "optional" : "required");
      contradictions.push({
        where: `${where}(${parameter.name})`,
        stub: word(parameter.optional),
        live: word(found.optional),
      });
    }
    const isElided = parameter.default === undefined || parameter.default === "...";
    const value = isElided && found.optional ? found.default : parameter.default;
    return { ...parameter, kind: found.kind, optional: found.optional, ...(value !== undefined && { default: value }) };
  });
  const named = new Set(parameters.map((parameter) => parameter.name));
  for (const parameter of told.parameters) {
    if (named.has(parameter.name) || parameter.kind === "rest" || parameter.kind === "keyword_rest") continue;
    contradictions.push({
      where: `${where}(${parameter.name})`,
      stub: "does not declare it",
      live: `takes it${parameter.default === undefined ? "" : `, default ${parameter.default}`}`,
    });
    parameters.push(parameter);
  }
  return [{ ...declared, parameters }];
}
