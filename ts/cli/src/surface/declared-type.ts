/** TypeScript's types as host-neutral types. */
import ts from "typescript";
import type { Field, Parameter, Signature, Type } from "./surface.ts";
import { union } from "./type.ts";

/** Types that make a shape of another one: their names say nothing about it. */
const UTILITIES = new Set(["Partial", "Required", "Readonly", "Pick", "Omit", "Record"]);

/** Structs nested deeper than this are cut: declarations may be recursive, and nobody generates values that deep. */
const STRUCT_DEPTH = 3;

/** Parts that one declaration may have. A syntax tree, declared as hundreds of structs in unions, has billions: it is cut earlier. */
const MAX_PARTS = 5_000;

/** A declaration has too many parts at this depth. */
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
  #parts = 0;
  #depth = STRUCT_DEPTH;

  constructor(checker: ts.TypeChecker) {
    this.#checker = checker;
  }

  /** The type. */
  of(type: ts.Type): Type {
    return this.#within(() => this.#of(type, OUTSIDE));
  }

  /** The call or construct signature; a promised result is unwrapped and marked. */
  signature(signature: ts.Signature): Signature {
    return this.#within(() => this.#signature(signature, OUTSIDE));
  }

  /** Read as deep as a bearable number of parts allows. */
  #within<T>(read: () => T): T {
    for (this.#depth = STRUCT_DEPTH; ; this.#depth--) {
      this.#parts = 0;
      try {
        return read();
      } catch (error) {
        if (error !== TOO_LARGE) throw error;
      }
    }
  }

  /** The type; `trail` is what it stands in. */
  #of(type: ts.Type, trail: Trail): Type {
    if (++this.#parts > MAX_PARTS && this.#depth > 0) throw TOO_LARGE;
    const flags = type.flags;
    if (trail.types.length > MAX_TRAIL) return { kind: "any" };
    if (flags & ts.TypeFlags.Any) return { kind: "any" };
    if (flags & ts.TypeFlags.Unknown) return { kind: "any" };
    if (flags & ts.TypeFlags.Void) return { kind: "void" };
    if (flags & ts.TypeFlags.Undefined) return { kind: "undefined" };
    if (flags & ts.TypeFlags.Null) return { kind: "null" };
    if (flags & ts.TypeFlags.Never) return { kind: "void" };
    if (flags & ts.TypeFlags.EnumLike) return this.#enum(type);
    if (type.isStringLiteral() || type.isNumberLiteral()) return { kind: "literal", value: type.value };
    if (flags & ts.TypeFlags.BooleanLiteral) {
      return { kind: "literal", value: type === this.#checker.getTrueType() };
    }
    if (flags & ts.TypeFlags.Boolean) return { kind: "boolean" };
    if (flags & ts.TypeFlags.StringLike) return { kind: "string" };
    if (flags & ts.TypeFlags.NumberLike) return { kind: "number" };
    if (flags & ts.TypeFlags.BigIntLike) return { kind: "int", bigint: true };
    if (flags & ts.TypeFlags.NonPrimitive) return { kind: "map", key: { kind: "string" }, value: { kind: "any" } };
    if (trail.types.includes(type))
      return { kind: "unknown", text: type.aliasSymbol?.name ?? type.symbol?.name ?? "recursive" };
    if (type.isUnion()) return this.#union(type, inside(trail, type));
    if (type.isIntersection()) return this.#intersection(type, inside(trail, type));
    if (flags & ts.TypeFlags.Object) return this.#object(type, inside(trail, type));
    if (flags & ts.TypeFlags.Conditional) return this.#conditional(type as ts.ConditionalType, inside(trail, type));
    const constraint = this.#checker.getBaseConstraintOfType(type);
    if (constraint && constraint !== type) return this.#of(constraint, inside(trail, type));
    if (flags & ts.TypeFlags.TypeParameter) return { kind: "variable" };
    return this.#unknown(type);
  }

  #signature(signature: ts.Signature, trail: Trail): Signature {
    const parameters = signature.getParameters().flatMap((symbol, index) => this.#parameters(symbol, index, trail));
    const returns = this.#of(signature.getReturnType(), trail);
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
      const flags = target?.elementFlags?.[position] ?? ts.ElementFlags.Required;
      const optional = (flags & ts.ElementFlags.Optional) !== 0;
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
    const node = declaration && ts.isParameter(declaration) ? declaration : undefined;
    const isRest = node?.dotDotDotToken !== undefined;
    const isOptional = node !== undefined && (this.#checker.isOptionalParameter(node) || isRest);
    const name = /^[\p{ID_Start}_$]/u.test(symbol.name) && !symbol.name.startsWith("__") ? symbol.name : `arg${index}`;
    const parameter: Parameter = {
      name: node && ts.isObjectBindingPattern(node.name) ? "options" : name,
      kind: isRest ? "rest" : "positional",
      optional: isOptional,
      type: isOptional ? withoutUndefined(this.#of(type, trail)) : this.#of(type, trail),
    };
    if (node?.initializer) parameter.default = node.initializer.getText();
    return parameter;
  }

  /** A conditional type that type parameters keep open is one of its branches. */
  #conditional(type: ts.ConditionalType, trail: Trail): Type {
    const { trueType, falseType } = type.root.node;
    const branches = [trueType, falseType].map((node) => this.#of(this.#checker.getTypeFromTypeNode(node), trail));
    return union(branches.filter((branch) => branch.kind !== "void"));
  }

  #enum(type: ts.Type): Type {
    const members = type.isUnion() ? type.types : [type];
    const values = members.flatMap((member) =>
      member.isStringLiteral() || member.isNumberLiteral() ? [member.value] : [],
    );
    const parent = type.flags & ts.TypeFlags.EnumLiteral && !type.isUnion() ? ownerOf(type.symbol) : type.symbol;
    return { kind: "enum", name: parent?.name ?? "enum", values };
  }

  #union(type: ts.UnionType, trail: Trail): Type {
    const enums = type.types.filter((member) => member.flags & ts.TypeFlags.EnumLiteral);
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
    for (const member of type.types) if (!enums.includes(member)) parts.push(this.#of(member, trail));
    return union(parts);
  }

  #intersection(type: ts.IntersectionType, trail: Trail): Type {
    // `string & {}` keeps a literal union open for completion; it is a string.
    const primitive = type.types.find((member) => !(member.flags & ts.TypeFlags.Object));
    if (primitive) return this.#of(primitive, trail);
    return this.#struct(type, trail);
  }

  #object(type: ts.Type, trail: Trail): Type {
    const symbol = type.getSymbol();
    const name = symbol?.name ?? "";
    const [first, second] = this.#arguments(type);
    const one = () => (first ? this.#of(first, trail) : ({ kind: "any" } as const));
    if (this.#checker.isTupleType(type)) {
      return { kind: "tuple", of: this.#arguments(type).map((item) => this.#of(item, trail)) };
    }
    if (LISTS.has(name)) return { kind: "list", of: one() };
    if (SETS.has(name)) return { kind: "set", of: one() };
    if (MAPS.has(name)) {
      return { kind: "map", key: one(), value: second ? this.#of(second, trail) : { kind: "any" } };
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
    if (symbol && symbol.flags & ts.SymbolFlags.Class) return { kind: "class", name };
    if (name === "Error") return { kind: "class", name };
    const call = type.getCallSignatures()[0];
    if (call) {
      const signature = trail.structs < this.#depth ? this.#signature(call, trail) : null;
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
      return { kind: "map", key: { kind: "string" }, value: this.#of(index, trail) };
    }
    if (properties.some((property) => property.flags & ts.SymbolFlags.Method) && !name.startsWith("__")) {
      return { kind: "class", name };
    }
    if (trail.structs >= this.#depth) return { kind: "unknown", text: name };
    const fields = properties.map((property): Field => {
      const read = this.#of(this.#checker.getTypeOfSymbol(property), inside(trail, type, true));
      const optional = (property.flags & ts.SymbolFlags.Optional) !== 0;
      return { name: property.name, type: optional ? withoutUndefined(read) : read, optional };
    });
    const isNameless = name.startsWith("__") || UTILITIES.has(name);
    return { kind: "struct", name: isNameless ? null : name, fields };
  }

  #arguments(type: ts.Type): readonly ts.Type[] {
    return (type as ts.ObjectType).objectFlags & ts.ObjectFlags.Reference
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
