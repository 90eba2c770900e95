/** Types, parameters and members as people write them in either language. */
import { splitName } from "../surface/names.ts";
import { BINARY, FUNCTIONS, IN_PLACE, UNARY } from "../surface/operators.ts";
import type { AlignedMember, Member, Parameter, Signature, Type } from "../surface/surface.ts";
import { alternatives } from "../surface/type.ts";

const PYTHON: Partial<Record<Type["kind"], string>> = {
  int: "int",
  float: "float",
  number: "float",
  string: "str",
  bytes: "bytes",
  boolean: "bool",
  null: "None",
  undefined: "None",
  void: "None",
  any: "Any",
  path: "str | PathLike",
  buffer: "Buffer",
};

const NODE: Partial<Record<Type["kind"], string>> = {
  float: "number",
  number: "number",
  string: "string",
  bytes: "Uint8Array",
  boolean: "boolean",
  null: "null",
  undefined: "undefined",
  void: "void",
  any: "unknown",
  path: "string | URL",
  buffer: "ArrayBufferView",
};

/** A type as Python annotates it. */
export function pythonType(type: Type): string {
  switch (type.kind) {
    case "list":
    case "set":
      return `${type.kind}[${pythonType(type.of)}]`;
    case "iterator":
      return `Iterator[${pythonType(type.of)}]`;
    case "async_iterator":
      return `AsyncIterator[${pythonType(type.of)}]`;
    case "awaitable":
      return `Awaitable[${pythonType(type.of)}]`;
    case "tuple":
      return `tuple[${type.of.map(pythonType).join(", ")}]`;
    case "map":
      return `dict[${pythonType(type.key)}, ${pythonType(type.value)}]`;
    case "struct":
      return type.name ?? "dict";
    case "class":
    case "enum":
      return splitName(type.name).local;
    case "callback":
      return `Callable[[${type.parameters.map(pythonType).join(", ")}], ${pythonType(type.returns)}]`;
    case "union":
      return pythonUnion(type.of);
    case "literal":
      return type.value === null ? "None" : `Literal[${literal(type.value, { true: "True", false: "False" })}]`;
    case "unknown":
      return type.text;
    default:
      return PYTHON[type.kind] ?? type.kind;
  }
}

/** A type as TypeScript writes it. */
export function nodeType(type: Type): string {
  switch (type.kind) {
    case "int":
      return type.bigint ? "bigint" : "number | bigint";
    case "list": {
      const item = nodeType(type.of);
      return alternatives(type.of).length > 1 || / \| | => /.test(item.replace(/^\[.*\]$/, ""))
        ? `(${item})[]`
        : `${item}[]`;
    }
    case "set":
      return `Set<${nodeType(type.of)}>`;
    case "iterator":
      return `Iterable<${nodeType(type.of)}>`;
    case "async_iterator":
      return `AsyncIterable<${nodeType(type.of)}>`;
    case "awaitable":
      return `Promise<${nodeType(type.of)}>`;
    case "tuple":
      return `[${type.of.map(nodeType).join(", ")}]`;
    case "map":
      return `Record<${nodeType(type.key)}, ${nodeType(type.value)}>`;
    case "struct":
      return type.name ?? `{ ${type.fields.map((one) => field(one.name, one.optional, one.type)).join("; ")} }`;
    case "class":
    case "enum":
      return splitName(type.name).local;
    case "callback":
      return `(${type.parameters.map((one, index) => `arg${index}: ${nodeType(one)}`).join(", ")}) => ${nodeType(type.returns)}`;
    case "union":
      return unique(
        type.of.flatMap((one) => (one.kind === "callback" ? `(${nodeType(one)})` : parts(one, nodeType))),
      ).join(" | ");
    case "literal":
      return literal(type.value, {});
    case "unknown":
      return type.text;
    default:
      return NODE[type.kind] ?? type.kind;
  }
}

/** Choices of one `Literal` are written as one. */
function pythonUnion(types: readonly Type[]): string {
  const texts = unique(types.flatMap((one) => parts(one, pythonType)));
  const choices = texts.flatMap((text) => /^Literal\[(.*)\]$/.exec(text)?.[1] ?? []);
  const rest = texts.filter((text) => !text.startsWith("Literal["));
  return [...(choices.length > 0 ? [`Literal[${choices.join(", ")}]`] : []), ...rest].join(" | ");
}

/** A path is a union by itself, whose parts a union around it may repeat. */
function parts(type: Type, text: (type: Type) => string): string[] {
  return type.kind === "path" ? text(type).split(" | ") : [text(type)];
}

function field(name: string, optional: boolean, type: Type): string {
  return `${name}${optional ? "?" : ""}: ${nodeType(type)}`;
}

function literal(value: string | number | boolean | null, words: Record<string, string>): string {
  return words[String(value)] ?? JSON.stringify(value);
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

/** The parameters of Python, with the marks of what goes by position or by name only. */
export function pythonParameters(parameters: readonly Parameter[]): string {
  const parts: string[] = [];
  parameters.forEach((one, index) => {
    if (
      one.kind === "keyword" &&
      !parameters.slice(0, index).some((before) => ["keyword", "rest"].includes(before.kind))
    )
      parts.push("*");
    const stars = one.kind === "rest" ? "*" : one.kind === "keyword_rest" ? "**" : "";
    const isOptional = one.optional && stars === "";
    const value = isOptional ? ` = ${one.default ?? "..."}` : "";
    const type = one.type.kind === "any" && isOptional ? "" : `: ${pythonType(one.type)}`;
    parts.push(`${stars}${one.name}${type}${type === "" ? value.replaceAll(" ", "") : value}`);
    if (one.kind === "positional" && parameters[index + 1]?.kind !== "positional") parts.push("/");
  });
  return parts.join(", ");
}

/** The parameters of TypeScript. */
export function nodeParameters(parameters: readonly Parameter[]): string {
  return parameters
    .map((one) =>
      one.kind === "rest" ? `...${one.name}: ${nodeType(one.type)}[]` : field(one.name, one.optional, one.type),
    )
    .join(", ");
}

function pythonCall(name: string, { parameters, returns, async }: Signature): string {
  return `${async ? "async " : ""}${name}(${pythonParameters(parameters)}) -> ${pythonType(returns)}`;
}

function nodeCall(name: string, { parameters, returns, async }: Signature): string {
  const result = nodeType(returns);
  return `${name}(${nodeParameters(parameters)}): ${async && returns.kind !== "awaitable" ? `Promise<${result}>` : result}`;
}

/** The ways to write a member in Python, one for each overload. */
export function pythonForms(member: AlignedMember, owner: string | null): string[] {
  const { python } = member;
  if (member.kind === "protocol") return [pythonProtocol(member.canonical, member)];
  const name = placed(python, owner);
  if (python.kind === "property" || python.kind === "constant")
    return [`${name}: ${pythonType(python.type ?? { kind: "any" })}`];
  if (python.signatures.length === 0) return [`${name}(…)`];
  return unique(python.signatures.map((signature) => pythonCall(name, signature)));
}

/** The ways to write a member in TypeScript, its BigInt twin last. */
export function nodeForms(member: AlignedMember, owner: string | null, twin: Member | undefined): string[] {
  const forms = nodeMember(member.node, owner);
  if (twin !== undefined) forms.push(...nodeMember(twin, owner));
  const set = member.access?.node.set;
  if (set?.kind === "method") forms.push(`${set.name}(value)`);
  return unique(forms);
}

function nodeMember(node: Member, owner: string | null): string[] {
  const name = placed(node, owner);
  if (node.kind === "property" || node.kind === "constant")
    return [`${name}: ${nodeType(node.type ?? { kind: "any" })}`];
  if (node.signatures.length === 0) return [`${name}(…)`];
  return node.signatures.map((signature) => nodeCall(name, signature));
}

function placed(member: Member, owner: string | null): string {
  const local = splitName(member.name).local;
  const key = local.startsWith("@@")
    ? local === "@@inspect"
      ? "[inspect.custom]"
      : `[Symbol.${local.slice(2)}]`
    : local;
  const isStatic = member.kind === "static" || member.kind === "constant";
  return isStatic && owner !== null ? `${splitName(owner).local}.${key}` : key;
}

/** A data-model method as it is written: `x + y`, `len(x)`, `for item in x`. */
function pythonProtocol(name: string, member: AlignedMember): string {
  const special: Record<string, string> = {
    __iter__: "for item in x",
    __aiter__: "async for item in x",
    __getitem__: "x[i]",
    __setitem__: "x[i] = value",
    __delitem__: "del x[i]",
    __contains__: "value in x",
    __enter__: "with x",
    __exit__: "with x",
    __aexit__: "async with x",
    __copy__: "copy.copy(x)",
    __call__: "x(…)",
    __anext__: "await anext(x)",
  };
  if (special[name] !== undefined) return special[name];
  const operator = BINARY[name] ?? IN_PLACE[name];
  if (operator !== undefined) return `x ${operator} ${operand(member)}`;
  if (UNARY[name] !== undefined) return `${UNARY[name]}x`;
  return FUNCTIONS[name] === undefined ? `x.${name}(…)` : `${FUNCTIONS[name]}(x)`;
}

function operand(member: AlignedMember): string {
  return member.python.signatures[0]?.parameters[0]?.name ?? "y";
}
