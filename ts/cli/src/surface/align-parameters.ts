/** Lines up the parameters of two members: by name, by position, and keywords with the keys of an options object. */

import { type ClassNames, meet } from "./meet.ts";
import { fold, snakeCase } from "./names.ts";
import type { AlignedParameter, AlignedSignature, Parameter, Signature, Type } from "./surface.ts";
import { isNullable, typeText, withoutNull } from "./type.ts";

/** What aligning two signatures came to. */
export interface SignatureMatch {
  signature: AlignedSignature;
  /** Optional parameters that only one host has, by the host's name. */
  onlyPython: string[];
  onlyNode: string[];
  usesOptions: boolean;
  /** How many parameters correspond by name: the better of two overloads has more. */
  score: number;
}

export type SignatureOutcome = SignatureMatch | { reason: string };

/** Align two signatures, or say why they do not line up. */
export function alignSignature(python: Signature, node: Signature, classes: ClassNames): SignatureOutcome {
  const outcomes = [alignWith(python, node, classes, true), alignWith(python, node, classes, false)];
  const matches = outcomes.filter((outcome): outcome is SignatureMatch => "signature" in outcome);
  matches.sort((a, b) => b.score - a.score);
  return matches[0] ?? outcomes[1]!;
}

/** The overloads of both sides that line up: for each of Python's the best of Node's. */
export function alignSignatures(
  python: readonly Signature[],
  node: readonly Signature[],
  classes: ClassNames,
): { matches: SignatureMatch[]; reason: string | null } {
  let reason: string | null = null;
  const matches: SignatureMatch[] = [];
  for (const left of python) {
    let best: SignatureMatch | null = null;
    for (const right of node) {
      const outcome = alignSignature(left, right, classes);
      if ("reason" in outcome) reason ??= outcome.reason;
      else if (!best || outcome.score > best.score) best = outcome;
    }
    if (best) matches.push(best);
  }
  return { matches, reason: matches.length > 0 ? null : reason };
}

interface Pairing {
  python: Parameter;
  node: Parameter;
  passing: "position" | "option";
  nodePosition: number;
  type: Type;
  named: boolean;
}

function alignWith(python: Signature, node: Signature, classes: ClassNames, useOptions: boolean): SignatureOutcome {
  const options = useOptions ? optionsObject(node) : null;
  const open = python.parameters.find((one) => one.kind === "keyword_rest");
  const named = python.parameters.filter((one) => one.kind !== "keyword_rest");
  const left = open && options ? [...named, ...keywordsOf(options, named, classes)] : named;
  const right = node.parameters.map((parameter, index) => ({ parameter, index }));
  const positional = right.filter(({ index }) => index !== options?.index);
  const pairs = new Map<Parameter, Pairing>();
  const taken = new Set<number>();
  const pair = (one: Parameter, other: { parameter: Parameter; index: number }, named: boolean): boolean => {
    const type = meet(one.type, other.parameter.type, classes);
    if (!type) return false;
    pairs.set(one, {
      python: one,
      node: other.parameter,
      passing: "position",
      nodePosition: other.index,
      type,
      named,
    });
    taken.add(other.index);
    return true;
  };
  let conflict: string | null = null;
  const pairNamed = (isSame: (left: Parameter, right: Parameter) => boolean): void => {
    for (const one of left.filter((parameter) => !pairs.has(parameter))) {
      const other = positional.find(({ parameter, index }) => !taken.has(index) && isSame(one, parameter));
      if (other && !pair(one, other, true)) {
        conflict ??= `${one.name}: ${typeText(one.type)} in Python, ${typeText(other.parameter.type)} in Node`;
      }
    }
  };
  // A likeness comes last: `content_type` is the option of that name, and not the `content`.
  pairNamed((one, other) => fold(one.name) === fold(other.name));
  if (options) {
    for (const one of left.filter((parameter) => !pairs.has(parameter))) {
      const field = options.fields.find((candidate) => fold(candidate.name) === fold(one.name));
      const type = field && meet(one.type, field.type, classes);
      if (!field || !type) continue;
      const node: Parameter = { name: field.name, kind: "keyword", optional: field.optional, type: field.type };
      pairs.set(one, { python: one, node, passing: "option", nodePosition: options.index, type, named: true });
    }
    if (![...pairs.values()].some((one) => one.passing === "option")) return { reason: "no option has a keyword" };
  }
  // Nor is any option a parameter that Node requires.
  pairNamed((one, other) => !(one.kind === "keyword" && !other.optional) && isAlike(one.name, other.name));
  // What is left lines up by order: names of positional parameters are a matter of taste.
  const rest = positional.filter(({ index }) => !taken.has(index));
  for (const one of left) {
    const other = rest[0];
    if (!other || pairs.has(one) || one.kind === "keyword") continue;
    if (one.optional !== other.parameter.optional && one.optional) continue;
    if (pair(one, other, false)) rest.shift();
    else if (!one.optional) {
      conflict ??= `${one.name}: ${typeText(one.type)} in Python, ${typeText(other.parameter.type)} in Node`;
    }
  }
  const missing = left.find((one) => !pairs.has(one) && !one.optional);
  if (missing) return { reason: conflict ?? `only Python has the required parameter ${missing.name}` };
  const data = positional.filter(({ index }) => !taken.has(index)).at(-1);
  // `**context` in Python is an object of data in Node.
  const keywords = open && data && isData(data.parameter.type) ? keywordRest(open, data) : null;
  const unpaired = positional.filter(({ index }) => !taken.has(index) && index !== keywords?.nodePosition);
  const required = unpaired.find(({ parameter }) => !parameter.optional && !isNullable(parameter.type));
  if (required) return { reason: conflict ?? `only Node has the required parameter ${required.parameter.name}` };
  // An optional parameter can be passed by position only when all before it can.
  const parameters = left.flatMap((one) => pairs.get(one) ?? []);
  const fields = options?.fields.filter((field) => !parameters.some((one) => one.node.name === field.name)) ?? [];
  return {
    signature: {
      parameters: [...parameters.map(alignedParameter), ...(keywords ? [keywords] : [])],
      returns: meet(python.returns, node.returns, classes) ?? python.returns,
      async: { python: python.async, node: node.async },
      ...(options?.isRequired && { requiresOptions: options.index }),
    },
    onlyPython: left.filter((one) => !pairs.has(one)).map((one) => one.name),
    onlyNode: [...unpaired.map(({ parameter }) => parameter.name), ...fields.map((field) => field.name)],
    usesOptions: options !== null,
    score: parameters.filter((one) => one.named).length * 2 + parameters.length - unpaired.length,
  };
}

/** `**kwargs` in Python, which says no names, takes what Node declares as the fields of its options. */
function keywordsOf(options: OptionsObject, named: readonly Parameter[], classes: ClassNames): Parameter[] {
  return options.fields
    .filter((field) => !named.some((one) => fold(one.name) === fold(field.name)))
    .map((field) => ({
      name: snakeCase(field.name),
      kind: "keyword",
      optional: field.optional,
      type: meet({ kind: "any" }, field.type, classes) ?? field.type,
    }));
}

function isData(type: Type): boolean {
  const kind = withoutNull(type)?.kind;
  return kind === "any" || kind === "map" || kind === "unknown";
}

function keywordRest(python: Parameter, node: { parameter: Parameter; index: number }): AlignedParameter {
  const data = withoutNull(node.parameter.type);
  const value = data?.kind === "map" && data.value.kind !== "any" ? data.value : python.type;
  const type: Type = { kind: "map", key: { kind: "string" }, value };
  const optional = node.parameter.optional;
  return {
    name: python.name,
    python,
    node: node.parameter,
    passing: "option",
    nodePosition: node.index,
    type,
    optional,
  };
}

function alignedParameter(pairing: Pairing): AlignedParameter {
  const { named: _, ...rest } = pairing;
  return { ...rest, name: pairing.python.name, optional: pairing.python.optional && pairing.node.optional };
}

interface OptionsObject {
  index: number;
  fields: (Type & { kind: "struct" })["fields"];
  isRequired: boolean;
}

/** The last parameter, where it is an object with declared fields. */
function optionsObject(node: Signature): OptionsObject | null {
  const index = node.parameters.length - 1;
  const last = node.parameters[index];
  const type = last && withoutNull(last.type);
  if (type?.kind !== "struct") return null;
  return { index, fields: type.fields, isRequired: !last!.optional && !isNullable(last!.type) };
}

/** `lang` and `language` are one name; so are `meta_var` and `metaVar`. */
function isAlike(left: string, right: string): boolean {
  const [a, b] = [fold(left), fold(right)];
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length >= 3 && long.startsWith(short);
}
