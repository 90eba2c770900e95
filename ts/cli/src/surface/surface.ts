/** What a module offers, as one host's stub and live module say it, and how two hosts' surfaces line up. */

/** A declared type, host-neutral. `number` is TypeScript's bare `number`: int or float, the other host decides. */
export type Type =
  | {
      kind:
        | "int"
        | "float"
        | "number"
        | "string"
        | "bytes"
        | "boolean"
        | "null"
        | "undefined"
        | "any"
        | "path"
        | "buffer"
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

export interface Surface {
  host: "python" | "node";
  module: string;
  version: string | null;
  runtime: string;
  /** What was really loaded. */
  artefacts: { file: string; kind: "native" | "wasm" | "script" | "stub"; note?: string }[];
  classes: ClassSurface[];
  functions: Member[];
  constants: Member[];
  contradictions: Contradiction[];
}

/** One member of the library as both hosts have it. Names: `canonical` is Python's. */
export interface AlignedMember {
  canonical: string;
  kind: "method" | "static" | "property" | "function" | "constructor" | "protocol";
  python: Member;
  node: Member;
  /** The rule that matched them: `same`, `case`, `acronym`, `underscore`, `protocol`, `factory`, `options`, `accessor`, `property-method`, `async-twin`, `config`. */
  rule: string;
  /** Overloads of both merged: the types both sides declare for each parameter. Programs are generated from these. */
  signatures: AlignedSignature[];
  /** Names of Node's `…BigInt` twin for results beyond the safe integers. */
  bigint?: string;
}

export interface AlignedParameter {
  /** Canonical (Python) name. */
  name: string;
  python: Parameter;
  node: Parameter;
  /** How it crosses: by position, or by name (Python keyword; a key of Node's options object under `node.name`). */
  passing: "position" | "option";
  /** The narrower of the two declared types. */
  type: Type;
  optional: boolean;
}

export interface AlignedSignature {
  parameters: AlignedParameter[];
  returns: Type;
  async: { python: boolean; node: boolean };
}

export interface AlignedClass {
  canonical: string;
  python: ClassSurface;
  node: ClassSurface;
  constructors: AlignedSignature[] | null;
  members: AlignedMember[];
}

export interface Alignment {
  python: Surface;
  node: Surface;
  classes: AlignedClass[];
  functions: AlignedMember[];
  /** How many members each rule matched. */
  rules: Record<string, number>;
  onlyPython: string[];
  onlyNode: string[];
}
