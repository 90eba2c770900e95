/** Small operations on host-neutral types. */
import type { Type } from "./surface.ts";

/**
 * The union of the types: flattened, without repetition, with TypeScript's spellings folded
 * (`true | false` is boolean, `number | bigint` is an integer that takes both).
 */
export function union(types: readonly Type[]): Type {
  // By their text: unions of hundreds of structs are compared once each.
  const flat = new Map<string, Type>();
  const add = (type: Type): void => {
    if (type.kind === "union") {
      type.of.forEach(add);
      return;
    }
    const text = JSON.stringify(type);
    if (!flat.has(text)) flat.set(text, type);
  };
  types.forEach(add);
  let parts = [...flat.values()];
  const isLiteral = (value: boolean) => (type: Type) => type.kind === "literal" && type.value === value;
  if (parts.some(isLiteral(true)) && parts.some(isLiteral(false))) {
    parts = [...parts.filter((type) => !isLiteral(true)(type) && !isLiteral(false)(type)), { kind: "boolean" }];
  }
  if (parts.some((type) => type.kind === "number") && parts.some((type) => type.kind === "int" && type.bigint)) {
    parts = [...parts.filter((type) => type.kind !== "number" && type.kind !== "int"), { kind: "int" }];
  }
  const any = parts.find((type) => type.kind === "any");
  if (any) return any;
  return parts.length === 1 ? parts[0]! : { kind: "union", of: parts };
}

/** The alternatives of a type: the parts of a union, else the type itself. */
export function alternatives(type: Type): readonly Type[] {
  return type.kind === "union" ? type.of : [type];
}

/** Whether `null`, `None` or `undefined` is among the alternatives. */
export function isNullable(type: Type): boolean {
  return alternatives(type).some(isNothing);
}

/** The type without `null` and `undefined`; null where nothing else is left. */
export function withoutNull(type: Type): Type | null {
  const rest = alternatives(type).filter((part) => !isNothing(part));
  return rest.length === 0 ? null : union(rest);
}

function isNothing(type: Type): boolean {
  return type.kind === "null" || type.kind === "undefined" || (type.kind === "literal" && type.value === null);
}

/** The type as a reader of both languages understands it; for tables and reasons. */
export function typeText(type: Type): string {
  switch (type.kind) {
    case "list":
    case "set":
    case "iterator":
    case "async_iterator":
    case "awaitable":
      return `${type.kind}<${typeText(type.of)}>`;
    case "tuple":
      return `tuple<${type.of.map(typeText).join(", ")}>`;
    case "map":
      return `map<${typeText(type.key)}, ${typeText(type.value)}>`;
    case "struct":
      return type.name ?? `{${type.fields.map((field) => field.name).join(", ")}}`;
    case "class":
    case "enum":
      return type.name;
    case "callback":
      return `(${type.parameters.map(typeText).join(", ")}) => ${typeText(type.returns)}`;
    case "union":
      return type.of.map(typeText).join(" | ");
    case "string":
      return type.utf8 === undefined ? "string" : "string as UTF-8";
    case "literal":
      return JSON.stringify(type.value);
    case "unknown":
      return type.text;
    default:
      return type.kind;
  }
}
