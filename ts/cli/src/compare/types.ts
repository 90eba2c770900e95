/** Questions about declared types that the comparison asks. */
import type { Type } from "../surface/surface.ts";

/** The declared type of a place, or undefined where no voice says anything. */
export type Declared = Type | undefined;

/** What an awaited call gives. */
export function awaited(type: Declared): Declared {
  return type?.kind === "awaitable" ? type.of : type;
}

/** Whether the type, or a member of the union, is of one of the kinds. */
export function isOfKind(type: Declared, ...kinds: Type["kind"][]): boolean {
  if (type === undefined) return false;
  if (type.kind === "union") return type.of.some((one) => isOfKind(one, ...kinds));
  if (type.kind === "literal" && type.value === null) return kinds.includes("null");
  return kinds.includes(type.kind);
}

/** Whether nothing is said about values of this type. */
export function isUndeclared(type: Declared): boolean {
  return type === undefined || isOfKind(type, "any", "unknown", "variable");
}

/** The first alternative of one of the kinds. */
export function alternative<K extends Type["kind"]>(
  type: Declared,
  ...kinds: K[]
): Extract<Type, { kind: K }> | undefined {
  if (type === undefined) return undefined;
  if (type.kind === "union") {
    for (const one of type.of) {
      const found = alternative(one, ...kinds);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  return (kinds as string[]).includes(type.kind) ? (type as Extract<Type, { kind: K }>) : undefined;
}

/** Whether a missing value is fine here: optional, nothing declared, or nothing returned. */
export function mayBeMissing(type: Declared): boolean {
  return isUndeclared(type) || isOfKind(type, "null", "undefined", "void");
}

/** Whether the Node declaration names `null` but not `undefined` (or the reverse), so that the two are not one. */
export function tellsNullFromUndefined(type: Declared): "null" | "undefined" | null {
  if (type === undefined || isUndeclared(type)) return null;
  const nullable = isOfKind(type, "null");
  const undefinable = isOfKind(type, "undefined", "void");
  if (nullable === undefinable) return null;
  return nullable ? "null" : "undefined";
}

/** The type of an item of a collection. */
export function itemType(type: Declared, index: number): Declared {
  const found = alternative(type, "list", "set", "iterator", "async_iterator", "tuple");
  if (found === undefined) return undefined;
  return Array.isArray(found.of) ? found.of[index] : found.of;
}

/** Join types of overloads; undefined when one of them says nothing. */
export function unite(types: readonly Type[]): Declared {
  if (types.length <= 1) return types[0];
  return { kind: "union", of: [...types] };
}
