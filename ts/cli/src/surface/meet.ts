/** The type that both hosts declare for one thing: the narrower of two types, where they have anything in common. */

import { fold } from "./names.ts";
import type { Field, Type } from "./surface.ts";
import { alternatives, isNullable, union } from "./type.ts";

/** Which classes are the same: Node's name to the canonical one. */
export type ClassNames = ReadonlyMap<string, string>;

/** The narrower type; null where the two have nothing in common. */
export function meet(python: Type, node: Type, classes: ClassNames): Type | null {
  // A type parameter beside no type at all promises nothing: the other side may look at what it gets.
  if (isOpen(python)) return isOpen(node) || node.kind === "variable" ? { kind: "any" } : canonical(node, classes);
  if (isOpen(node) && python.kind === "variable") return { kind: "any" };
  if (isOpen(node)) return python;
  // What one side leaves to the caller the other may narrow.
  if (python.kind === "variable") return canonical(node, classes);
  if (node.kind === "variable") return python;
  const parts: Type[] = [];
  for (const left of alternatives(python)) {
    for (const right of alternatives(node)) {
      const part = isOpen(left) || isOpen(right) ? null : meetOne(left, right, classes);
      if (part) parts.push(part);
    }
  }
  const open = alternatives(python).some(isOpen) || alternatives(node).some(isOpen);
  if (parts.length === 0 && !open) {
    const text = meetText(python, node);
    if (text) parts.push(text);
  }
  if (isNullable(python) && isNullable(node)) parts.push({ kind: "null" });
  if (parts.length > 0) return union(parts);
  return open ? { kind: "any" } : null;
}

/** Text on one side and its bytes on the other, where the two have nothing else in common. */
function meetText(python: Type, node: Type): Type | null {
  const has = (type: Type, ...kinds: Type["kind"][]) => alternatives(type).some(({ kind }) => kinds.includes(kind));
  const utf8 =
    has(python, "string") && has(node, "bytes", "buffer")
      ? "node"
      : has(python, "bytes", "buffer") && has(node, "string")
        ? "python"
        : null;
  return utf8 && { kind: "string", utf8 };
}

/** Whether the declaration says nothing. */
function isOpen(type: Type): boolean {
  return type.kind === "any" || type.kind === "unknown";
}

/** A type that only Node declares, with the class names of the alignment. */
function canonical(type: Type, classes: ClassNames): Type {
  switch (type.kind) {
    case "class":
      return { kind: "class", name: classes.get(type.name) ?? type.name };
    case "struct": {
      const name = type.name === null ? undefined : classes.get(type.name);
      if (name !== undefined) return { kind: "class", name };
      const fields = type.fields.map((field) => ({ ...field, type: canonical(field.type, classes) }));
      return { ...type, fields };
    }
    case "list":
    case "set":
    case "iterator":
    case "async_iterator":
    case "awaitable":
      return { ...type, of: canonical(type.of, classes) };
    case "tuple":
    case "union":
      return { ...type, of: type.of.map((part) => canonical(part, classes)) };
    case "map":
      return { ...type, key: canonical(type.key, classes), value: canonical(type.value, classes) };
    default:
      return type;
  }
}

function isEither(left: Type, right: Type, kind: Type["kind"], other: Type["kind"]): boolean {
  return (left.kind === kind && right.kind === other) || (left.kind === other && right.kind === kind);
}

function meetOne(left: Type, right: Type, classes: ClassNames): Type | null {
  const inside = (a: Type, b: Type): Type => meet(a, b, classes) ?? a;
  if (left.kind === "int") return meetInt(left, right);
  if (left.kind === "float" || left.kind === "number") {
    if (right.kind === "number" || right.kind === "float") return left;
    if (right.kind === "int" && !right.bigint) return right;
    return right.kind === "literal" && typeof right.value === "number" ? right : null;
  }
  if (left.kind === "string" || left.kind === "path") {
    if (right.kind === "string" || right.kind === "path") return left;
    return stringChoice(right);
  }
  if (left.kind === "literal") return meetLiteral(left, right);
  if (left.kind === "enum" || right.kind === "enum") return meetEnum(left, right, classes);
  if (left.kind === "class" || right.kind === "class") return meetClass(left, right, classes);
  if (left.kind === "boolean" && right.kind === "literal" && typeof right.value === "boolean") return right;
  if (left.kind === "duration" && (right.kind === "number" || (right.kind === "int" && !right.bigint))) return left;
  if (isEither(left, right, "bytes", "buffer")) return { kind: "bytes" };
  if (left.kind === "callback" && right.kind === "callback") {
    const length = Math.min(left.parameters.length, right.parameters.length) || left.parameters.length;
    const parameters = left.parameters.slice(0, length).map((one, index) => {
      const other = right.parameters[index];
      return other ? inside(one, other) : one;
    });
    return { kind: "callback", parameters, returns: inside(left.returns, right.returns) };
  }
  if (left.kind === "struct" && right.kind === "struct") return meetStruct(left, right, classes);
  if (left.kind === "map" && right.kind === "struct") return canonical(right, classes);
  if (left.kind === "struct" && right.kind === "map") return left;
  if (left.kind === "map" && right.kind === "map") {
    return { kind: "map", key: inside(left.key, right.key), value: inside(left.value, right.value) };
  }
  if (left.kind === "tuple" && right.kind === "tuple") {
    if (left.of.length !== right.of.length) return null;
    return { kind: "tuple", of: left.of.map((one, index) => inside(one, right.of[index]!)) };
  }
  if (left.kind === "tuple" && right.kind === "list") {
    return { kind: "tuple", of: left.of.map((one) => inside(one, right.of)) };
  }
  if (left.kind === "list" && right.kind === "tuple") {
    return { kind: "tuple", of: right.of.map((one) => inside(left.of, one)) };
  }
  if (isSequence(left) && isSequence(right) && "of" in left && "of" in right) {
    const kind = left.kind === right.kind ? left.kind : left.kind === "set" || right.kind === "set" ? null : "list";
    return kind && ({ kind, of: inside(left.of as Type, right.of as Type) } as Type);
  }
  return left.kind === right.kind ? left : null;
}

function isSequence(type: Type): boolean {
  return ["list", "set", "iterator", "async_iterator", "awaitable"].includes(type.kind);
}

function meetInt(left: Type & { kind: "int" }, right: Type): Type | null {
  if (right.kind === "int" || right.kind === "number") return right.kind === "int" ? right : left;
  return right.kind === "literal" && typeof right.value === "number" ? right : null;
}

function stringChoice(type: Type): Type | null {
  if (type.kind === "literal" && typeof type.value === "string") return type;
  if (type.kind !== "enum" || !type.values.every((value) => typeof value === "string")) return null;
  return union(type.values.map((value) => ({ kind: "literal", value })));
}

function meetLiteral(left: Type & { kind: "literal" }, right: Type): Type | null {
  if (right.kind === "literal") return right.value === left.value ? left : null;
  if (right.kind === "enum") return right.values.some((value) => value === left.value) ? left : null;
  const kind = typeof left.value;
  const fits =
    (kind === "string" && right.kind === "string") ||
    (kind === "number" && (right.kind === "number" || right.kind === "int")) ||
    (kind === "boolean" && right.kind === "boolean");
  return fits ? left : null;
}

function isNumbered({ values }: Type & { kind: "enum" }): boolean {
  return values.length > 0 && values.every((one) => typeof one === "number");
}

function meetEnum(left: Type, right: Type, classes: ClassNames): Type | null {
  if (left.kind === "enum" && right.kind === "enum") {
    if (classes.get(right.name) !== left.name && fold(left.name) !== fold(right.name)) return null;
    // What one side gives names, and no values, the other one knows by number.
    return left.values.every((one) => typeof one === "string") && isNumbered(right) ? right : left;
  }
  if (left.kind === "class" && right.kind === "enum") return classes.get(right.name) === left.name ? left : null;
  if (left.kind === "enum" && right.kind === "class") return classes.get(right.name) === left.name ? left : null;
  return left.kind === "enum" ? null : stringChoice(right);
}

function meetClass(left: Type, right: Type, classes: ClassNames): Type | null {
  const name = "name" in right && right.name !== null ? (classes.get(right.name) ?? right.name) : null;
  if (left.kind === "class") {
    if (left.name === name) return left;
    // A plain object with the class's fields, where the class itself has no counterpart.
    return null;
  }
  return left.kind === "struct" && left.name !== null && left.name === name ? { kind: "class", name } : null;
}

function meetStruct(left: Type & { kind: "struct" }, right: Type & { kind: "struct" }, classes: ClassNames): Type {
  const canonicalName = right.name === null ? undefined : classes.get(right.name);
  if (canonicalName !== undefined) return { kind: "class", name: canonicalName };
  const fields = left.fields.flatMap((field): Field[] => {
    const other = right.fields.find((one) => fold(one.name) === fold(field.name));
    if (!other) return field.optional ? [] : [field];
    const type = meet(field.type, other.type, classes);
    if (!type) return field.optional && other.optional ? [] : [field];
    return [{ name: field.name, type, optional: field.optional && other.optional }];
  });
  return { kind: "struct", name: left.name, fields };
}
