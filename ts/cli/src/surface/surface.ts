/** What a module offers, as one host's stub and live module say it, and how two hosts' surfaces line up. */

/** A declared type, host-neutral. `number` is TypeScript's bare `number`: int or float, the other host decides. */
export type Type =
  /** `bigint`: a JavaScript parameter that takes only bigint. */
  | { kind: "int"; bigint?: true }
  /** `utf8`: the host that has the text as bytes, where the other one has it as text. */
  | { kind: "string"; utf8?: "python" | "node" }
  | {
      kind:
        | "float"
        | "number"
        | "bytes"
        | "boolean"
        | "null"
        | "undefined"
        | "any"
        /** A type parameter: whatever the caller wants it to be, the same in the whole program. */
        | "variable"
        /** Python's `a:b:c`; JavaScript has no value for it. */
        | "slice"
        | "path"
        | "buffer"
        | "datetime"
        | "duration"
        | "void";
    }
  | { kind: "list" | "set" | "iterator" | "async_iterator" | "awaitable"; of: Type }
  | { kind: "tuple"; of: Type[] }
  | { kind: "map"; key: Type; value: Type }
  | { kind: "struct"; name: string | null; fields: Field[] }
  | { kind: "class"; name: string }
  | { kind: "callback"; parameters: Type[]; returns: Type }
  | { kind: "union"; of: Type[] }
  | { kind: "literal"; value: string | number | boolean | null }
  | { kind: "enum"; name: string; values: (string | number)[] }
  /** A type that is named but not resolvable. */
  | { kind: "unknown"; text: string };

export interface Field {
  name: string;
  type: Type;
  optional: boolean;
}

export interface Parameter {
  name: string;
  /** `either` is Python's positional-or-keyword; TypeScript's are `positional`. */
  kind: "positional" | "either" | "keyword" | "rest" | "keyword_rest";
  optional: boolean;
  /** Source text of the default, as declared. */
  default?: string;
  type: Type;
}

export interface Signature {
  parameters: Parameter[];
  returns: Type;
  async: boolean;
}

/** Who says that a member exists. */
export type Voice = "stub" | "live";

export interface Member {
  /** The host's own spelling; protocols by their host form (`__add__`; `@@iterator`, `@@inspect`, `@@dispose`). */
  name: string;
  kind: "method" | "static" | "property" | "function" | "constant";
  /** Properties only. */
  type?: Type;
  writable?: boolean;
  /** Overloads in order; empty for properties and where no voice knows the signature. */
  signatures: Signature[];
  voices: Voice[];
  doc: string | null;
  /** A field of an interface that may be absent. */
  optional?: true;
  /** The live voice has it, but the host gives every class of the kind such a member (one slot serves all comparisons). */
  uncertain?: true;
}

export interface ClassSurface {
  name: string;
  bases: string[];
  /** Overloads of the constructor; null: cannot be constructed from the host. */
  constructors: Signature[] | null;
  members: Member[];
  /** `exception` derives from the host's error type. */
  kind: "class" | "exception" | "enum" | "interface";
  voices: Voice[];
  doc: string | null;
}

/** Two voices of one host that disagree: a stub that lies. */
export interface Contradiction {
  where: string;
  stub: string;
  live: string;
}

/** A side that does not load, with the loader's own text. */
export interface LoadFailure {
  host: "python" | "node";
  module: string;
  message: string;
  /** The class chain of what the loader threw, most derived first. */
  classes: string[];
  code: string | null;
  /** `found`: the module is there and does not load, which is a finding; else a usage error. */
  found: boolean;
}

/** Text that comes with a package: where inputs of its own stand. */
export interface Prose {
  /** What kind of text it is: Markdown and docstrings have fenced or indented examples. */
  from: string;
  text: string;
}

export interface Surface {
  host: "python" | "node";
  module: string;
  /** The name the package has in its registry, where it differs from the module's or is known. */
  distribution?: string | null;
  version: string | null;
  runtime: string;
  /** What was really loaded. */
  artefacts: { file: string; kind: "native" | "wasm" | "script" | "stub"; note?: string }[];
  classes: ClassSurface[];
  functions: Member[];
  constants: Member[];
  contradictions: Contradiction[];
  /** README and module documentation: the generator's dictionary. */
  prose: Prose[];
  /** What the package says about the engines it needs (`engines.node`, `requires-python`). */
  requires?: string | null;
  /** Public submodules below the module (`sub`, `a.b`), or subpaths that the package exports (`sub`, `a/b`). */
  submodules?: string[];
  /** Of a submodule: its names of what the module itself offers, and the name there. */
  repeated?: Record<string, string>;
  /**
   * The submodules that both hosts have, by the prefix of their members' names here, and what a program imports:
   * `compute.fib` is `fib` of `{"compute": "pairity/compute"}`.
   */
  modules?: Record<string, string>;
}

/**
 * One member of the library as both hosts have it.
 * `canonical` is Python's name, unique in its class (or among the functions): where two members of Node align with one of
 * Python, the second has its own name in snake_case. So a host's name is always `python.name` and `node.name`.
 */
export interface AlignedMember {
  canonical: string;
  kind: "method" | "static" | "property" | "function" | "constructor" | "protocol";
  python: Member;
  node: Member;
  rule: Rule;
  /**
   * Overloads of both merged: the types both sides declare for each parameter. Programs are generated from these.
   * A property or constant has one, without parameters, that returns its type.
   */
  signatures: AlignedSignature[];
  /** Names of Node's `…BigInt` twin for results beyond the safe integers. */
  bigint?: string;
  /** How Node writes a property that is a method there: `getX` and `setX` (`accessor`), or `x()` (`property-method`). */
  access?: { python: Access; node: Access };
}

/** How one host reads and writes a property. */
export interface Access {
  get: { kind: "property" | "method"; name: string };
  set: { kind: "property" | "method"; name: string } | null;
}

/**
 * How two members, or two classes, were matched. `result`: functions of one name return them. `accessor`: `x` with
 * `getX`, `setX`. `plain-object`: a class of Python is an interface of Node. `exception`: an exception class, and a
 * guard or interface of Node. `inherited`: a protocol of Python, and what every object of JavaScript has in its place.
 */
export type Rule =
  | "same"
  | "case"
  | "acronym"
  | "underscore"
  | "protocol"
  | "inherited"
  | "serialise"
  | "factory"
  | "options"
  | "accessor"
  | "property-method"
  | "async-twin"
  | "bigint-twin"
  | "exception"
  | "plain-object"
  | "result"
  | "config";

/** How one host makes an instance of a class. */
export type Maker =
  | { kind: "constructor" }
  | { kind: "function"; name: string; async?: true }
  | { kind: "static"; name: string; async?: true }
  /** A plain object (or dict) with the fields of the interface, named as the host names them. */
  | { kind: "plain" };

export interface AlignedParameter {
  /** Canonical (Python) name. */
  name: string;
  python: Parameter;
  node: Parameter;
  /** How it crosses: by position, or by name (Python keyword; a key of Node's options object under `node.name`). */
  passing: "position" | "option";
  /** Its index in Node's parameter list (hosts may order differently); for an option that of the options object. */
  nodePosition: number;
  /** The narrower of the two declared types. */
  type: Type;
  optional: boolean;
}

export interface AlignedSignature {
  parameters: AlignedParameter[];
  returns: Type;
  async: { python: boolean; node: boolean };
  /** The position of Node's options object, where it has to be passed even when it is empty. */
  requiresOptions?: number;
}

export interface AlignedClass {
  canonical: string;
  python: ClassSurface;
  node: ClassSurface;
  constructors: AlignedSignature[] | null;
  /**
   * How each host makes one, by `constructors`. Absent where `constructors` is null.
   * `node: plain` beside a Python class: the class is an interface in Node, and an instance there is a plain object.
   */
  makers?: { python: Maker; node: Maker };
  members: AlignedMember[];
  rule: Rule;
}

/** Something that one host has and the other cannot have, or need not have: no gap. */
export interface Idiom {
  host: "python" | "node";
  where: string;
  reason: string;
}

/** Two members whose names agree and whose parameters do not: they are not exercised. */
export interface Mismatch {
  where: string;
  reason: string;
}

export interface Alignment {
  python: Surface;
  node: Surface;
  classes: AlignedClass[];
  functions: AlignedMember[];
  /** How many members each rule matched. */
  rules: Partial<Record<Rule, number>>;
  idioms: Idiom[];
  mismatches: Mismatch[];
  onlyPython: string[];
  onlyNode: string[];
}
