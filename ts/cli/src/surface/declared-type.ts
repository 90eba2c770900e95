/** TypeScript's types as host-neutral types. */
import type ts from "typescript";
import type { Field, Parameter, Signature, Type } from "./surface.ts";
import { union } from "./type.ts";
import { typescript } from "./typescript.ts";

/** Types that make a shape of another one: their names say nothing about it. */
const UTILITIES = new Set(["Partial", "Required", "Readonly", "Pick", "Omit", "Record"]);

/** Structs nested deeper than this are cut: declarations may be recursive, and nobody generates values that deep. */
const STRUCT_DEPTH = 3;

/**
 * How many types one type may consist of. Declarations of syntax trees name each other many hundred times, and grow with
 * the power of the depth: what is larger is read less deep, in all its parts alike.
 */
const MAX_PARTS = 2000;

/** What is thrown, and caught by the outermost reading, when a type has more parts. */
const TOO_LARGE = Symbol("too large");

const LISTS = new Set(["Array", "ReadonlyArray", "ArrayLike"]);
const SETS = new Set(["Set", "ReadonlySet"]);
const MAPS = new Set(["Map", "ReadonlyMap"]);
const ITERATORS = new Set(["Iterator", "Iterable", "IterableIterator", "IteratorObject", "ArrayIterator", "Generator"]);
const ASYNC_ITERATORS = new Set(["AsyncIterator", "AsyncIterable", "AsyncIterableIterator", "AsyncGenerator"]);
const BYTES = new Set(["Uint8Array", "Buffer", "Uint8ClampedArray"]);
const BUFFERS = new Set([
  "ArrayBuffer",
  "SharedArrayBuffer",
  "DataView",
  "ArrayBufferView",
  "Int8Array",
  "Int16Array",
  "Uint16Array",
  "Int32Array",
  "Uint32Array",
  "Float32Array",
  "Float64Array",
  "BigInt64Array",
  "BigUint64Array",
]);

/** The types that a type stands in, outermost first, and how many of them are structs. */
interface Trail {
  readonly types: readonly ts.Type[];
  readonly structs: number;
}

const OUTSIDE: Trail = { types: [], structs: 0 };
/** Aliases may be recursive without ever naming the same type twice. */
const MAX_TRAIL = 16;

function inside(trail: Trail, type: ts.Type, isStruct = false): Trail {
  return { types: [...trail.types, type], structs: trail.structs + (isStruct ? 1 : 0) };
}

/** Reads types through one program's checker. */
export class TypeReader {
  readonly #checker: ts.TypeChecker;
  readonly #known = new Map<ts.Type, Type>();
  /** How deep structs are read, whether that cut one, and how many parts the type that is being read has. */
  #depth = 0;
  #isCut = false;
  #parts = 0;

  constructor(checker: ts.TypeChecker) {
    this.#checker = checker;
  }

  /** The type; `trail` is what it stands in. */
  of(type: ts.Type, trail: Trail = OUTSIDE): Type {
    if (trail !== OUTSIDE) return this.#part(type, trail);
    const read = this.#known.get(type) ?? this.#whole(type);
    this.#known.set(type, read);
    return read;
  }

  /** The type, as deep as it may be read. */
  #whole(type: ts.Type): Type {
    let read: Type = { kind: "any" };
    try {
      for (this.#depth = 0; this.#depth <= STRUCT_DEPTH; this.#depth += 1) {
        this.#isCut = false;
        this.#parts = 0;
        read = this.#part(type, OUTSIDE);
        if (!this.#isCut) break;
      }
    } catch (error) {
      if (error !== TOO_LARGE) throw error;
    }
    return read;
  }

  #part(type: ts.Type, trail: Trail): Type {
    this.#parts += 1;
    if (this.#parts > MAX_PARTS && this.#depth > 0) throw TOO_LARGE;
    const flags = type.flags;
    if (trail.types.length > MAX_TRAIL) return { kind: "any" };
    if (flags & typescript.TypeFlags.Any) return { kind: "any" };
    if (flags & typescript.TypeFlags.Unknown) return { kind: "any" };
    if (flags & typescript.TypeFlags.Void) return { kind: "void" };
    if (flags & typescript.TypeFlags.Undefined) return { kind: "undefined" };
    if (flags & typescript.TypeFlags.Null) return { kind: "null" };
    if (flags & typescript.TypeFlags.Never) return { kind: "void" };
    if (flags & typescript.TypeFlags.EnumLike) return this.#enum(type);
    if (type.isStringLiteral() || type.isNumberLiteral()) return { kind: "literal", value: type.value };
    if (flags & typescript.TypeFlags.BooleanLiteral) {
      return { kind: "literal", value: type === this.#checker.getTrueType() };
    }
    if (flags & typescript.TypeFlags.Boolean) return { kind: "boolean" };
    if (flags & typescript.TypeFlags.StringLike) return { kind: "string" };
    if (flags & typescript.TypeFlags.NumberLike) return { kind: "number" };
    if (flags & typescript.TypeFlags.BigIntLike) return { kind: "int", bigint: true };
    if (flags & typescript.TypeFlags.NonPrimitive)
      return { kind: "map", key: { kind: "string" }, value: { kind: "any" } };
    if (trail.types.includes(type))
      return { kind: "unknown", text: type.aliasSymbol?.name ?? type.symbol?.name ?? "recursive" };
    if (type.isUnion()) return this.#union(type, inside(trail, type));
    if (type.isIntersection()) return this.#intersection(type, inside(trail, type));
    if (flags & typescript.TypeFlags.Object) return this.#object(type, inside(trail, type));
    if (flags & typescript.TypeFlags.Conditional)
      return this.#conditional(type as ts.ConditionalType, inside(trail, type));
    const constraint = this.#checker.getBaseConstraintOfType(type);
    if (constraint && constraint !== type) return this.of(constraint, inside(trail, type));
    if (flags & typescript.TypeFlags.TypeParameter) return { kind: "variable" };
    return this.#unknown(type);
  }

  /** The call or construct signature; a promised result is unwrapped and marked. */
  signature(signature: ts.Signature, trail: Trail = OUTSIDE): Signature {
    const parameters = signature.getParameters().flatMap((symbol, index) => this.#parameters(symbol, index, trail));
    const returns = this.of(signature.getReturnType(), trail);
    if (returns.kind === "awaitable") return { parameters, returns: returns.of, async: true };
    return { parameters, returns, async: false };
  }

  /** One parameter; `...args: [a: string, b?: number]` is several. */
  #parameters(symbol: ts.Symbol, index: number, trail: Trail): Parameter[] {
    const whole = this.#parameter(symbol, index, trail);
    if (whole.kind !== "rest" || whole.type.kind !== "tuple") return [whole];
    const declaration = symbol.valueDeclaration;
    const type = declaration && this.#checker.getTypeOfSymbolAtLocation(symbol, declaration);
    const target = type && (type as ts.TupleTypeReference).target;
    return whole.type.of.map((item, position): Parameter => {
      const label = target?.labeledElementDeclarations?.[position]?.name.getText();
      const flags = target?.elementFlags?.[position] ?? typescript.ElementFlags.Required;
      const optional = (flags & typescript.ElementFlags.Optional) !== 0;
      return {
        name: label ?? `arg${index + position}`,
        kind: "positional",
        optional,
        type: optional ? withoutUndefined(item) : item,
      };
    });
  }

  #parameter(symbol: ts.Symbol, index: number, trail: Trail): Parameter {
    const declaration = symbol.valueDeclaration;
    const type = declaration
      ? this.#checker.getTypeOfSymbolAtLocation(symbol, declaration)
      : this.#checker.getTypeOfSymbol(symbol);
    const node = declaration && typescript.isParameter(declaration) ? declaration : undefined;
    const isRest = node?.dotDotDotToken !== undefined;
    const isOptional = node !== undefined && (this.#checker.isOptionalParameter(node) || isRest);
    const name = /^[\p{ID_Start}_$]/u.test(symbol.name) && !symbol.name.startsWith("__") ? symbol.name : `arg${index}`;
    const parameter: Parameter = {
      name: node && typescript.isObjectBindingPattern(node.name) ? "options" : name,
      kind: isRest ? "rest" : "positional",
      optional: isOptional,
      type: isOptional ? withoutUndefined(this.of(type, trail)) : this.of(type, trail),
    };
    if (node?.initializer) parameter.default = node.initializer.getText();
    return parameter;
  }

  /** A conditional type that type parameters keep open is one of its branches. */
  #conditional(type: ts.ConditionalType, trail: Trail): Type {
    const { trueType, falseType } = type.root.node;
    const branches = [trueType, falseType].map((node) => this.of(this.#checker.getTypeFromTypeNode(node), trail));
    return union(branches.filter((branch) => branch.kind !== "void"));
  }

  #enum(type: ts.Type): Type {
    const members = type.isUnion() ? type.types : [type];
    const values = members.flatMap((member) =>
      member.isStringLiteral() || member.isNumberLiteral() ? [member.value] : [],
    );
    const parent =
      type.flags & typescript.TypeFlags.EnumLiteral && !type.isUnion() ? ownerOf(type.symbol) : type.symbol;
    return { kind: "enum", name: parent?.name ?? "enum", values };
  }

  #union(type: ts.UnionType, trail: Trail): Type {
    const enums = type.types.filter((member) => member.flags & typescript.TypeFlags.EnumLiteral);
    const byEnum = new Map<ts.Symbol | undefined, ts.Type[]>();
    for (const member of enums) {
      const owner = ownerOf(member.symbol);
      byEnum.set(owner, [...(byEnum.get(owner) ?? []), member]);
    }
    const parts: Type[] = [];
    for (const [owner, members] of byEnum) {
      const values = members.flatMap((m) => (m.isStringLiteral() || m.isNumberLiteral() ? [m.value] : []));
      parts.push({ kind: "enum", name: owner?.name ?? "enum", values });
    }
    for (const member of type.types) if (!enums.includes(member)) parts.push(this.of(member, trail));
    return union(parts);
  }

  #intersection(type: ts.IntersectionType, trail: Trail): Type {
    // `string & {}` keeps a literal union open for completion; it is a string.
    const primitive = type.types.find((member) => !(member.flags & typescript.TypeFlags.Object));
    if (primitive) return this.of(primitive, trail);
    return this.#struct(type, trail);
  }

  #object(type: ts.Type, trail: Trail): Type {
    const symbol = type.getSymbol();
    const name = symbol?.name ?? "";
    const [first, second] = this.#arguments(type);
    const one = () => (first ? this.of(first, trail) : ({ kind: "any" } as const));
    if (this.#checker.isTupleType(type)) {
      return { kind: "tuple", of: this.#arguments(type).map((item) => this.of(item, trail)) };
    }
    if (LISTS.has(name)) return { kind: "list", of: one() };
    if (SETS.has(name)) return { kind: "set", of: one() };
    if (MAPS.has(name)) {
      return { kind: "map", key: one(), value: second ? this.of(second, trail) : { kind: "any" } };
    }
    if (name === "Promise" || name === "PromiseLike") return { kind: "awaitable", of: one() };
    if (ITERATORS.has(name)) return { kind: "iterator", of: one() };
    if (ASYNC_ITERATORS.has(name)) return { kind: "async_iterator", of: one() };
    if (BYTES.has(name)) return { kind: "bytes" };
    if (BUFFERS.has(name)) return { kind: "buffer" };
    if (name === "URL") return { kind: "path" };
    if (name === "Function") return { kind: "callback", parameters: [], returns: { kind: "any" } };
    if (name === "Date") return { kind: "datetime" };
    if (["RegExp", "AbortSignal"].includes(name)) return { kind: "unknown", text: name };
    if (symbol && symbol.flags & typescript.SymbolFlags.Class) return { kind: "class", name };
    if (name === "Error") return { kind: "class", name };
    const call = type.getCallSignatures()[0];
    if (call) {
      const signature = trail.structs < STRUCT_DEPTH ? this.signature(call, trail) : null;
      return {
        kind: "callback",
        parameters: signature?.parameters.map((parameter) => parameter.type) ?? [],
        returns: signature
          ? signature.async
            ? { kind: "awaitable", of: signature.returns }
            : signature.returns
          : { kind: "any" },
      };
    }
    return this.#struct(type, trail);
  }

  #struct(type: ts.Type, trail: Trail): Type {
    const name = type.aliasSymbol?.name ?? type.getSymbol()?.name ?? "";
    const properties = type.getProperties();
    const index = type.getStringIndexType() ?? type.getNumberIndexType();
    if (properties.length === 0) {
      if (!index) return { kind: "any" };
      return { kind: "map", key: { kind: "string" }, value: this.of(index, trail) };
    }
    if (properties.some((property) => property.flags & typescript.SymbolFlags.Method) && !name.startsWith("__")) {
      return { kind: "class", name };
    }
    if (trail.structs >= this.#depth) {
      this.#isCut = true;
      return { kind: "unknown", text: name };
    }
    const fields = properties.map((property): Field => {
      const read = this.of(this.#checker.getTypeOfSymbol(property), inside(trail, type, true));
      const optional = (property.flags & typescript.SymbolFlags.Optional) !== 0;
      return { name: property.name, type: optional ? withoutUndefined(read) : read, optional };
    });
    const isNameless = name.startsWith("__") || UTILITIES.has(name);
    return { kind: "struct", name: isNameless ? null : name, fields };
  }

  #arguments(type: ts.Type): readonly ts.Type[] {
    return (type as ts.ObjectType).objectFlags & typescript.ObjectFlags.Reference
      ? this.#checker.getTypeArguments(type as ts.TypeReference)
      : [];
  }

  #unknown(type: ts.Type): Type {
    return { kind: "unknown", text: this.#checker.typeToString(type) };
  }
}

function withoutUndefined(type: Type): Type {
  return type.kind === "union" ? union(type.of.filter((part) => part.kind !== "undefined")) : type;
}

/** The enum that an enum member belongs to; the compiler keeps it, but its declared types do not say so. */
function ownerOf(member: ts.Symbol | undefined): ts.Symbol | undefined {
  return (member as { parent?: ts.Symbol } | undefined)?.parent;
}
