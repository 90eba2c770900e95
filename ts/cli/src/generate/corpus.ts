/**
 * The generator's dictionary: texts that mean something to this library.
 *
 * They come from examples in READMEs and docstrings, from literals in declarations, and from a corpus folder. A text
 * that stands where a parameter is passed belongs to that parameter; everything else is for any string.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { fold } from "../surface/names.ts";
import type { AlignedMember, Alignment, Member } from "../surface/surface.ts";

const MAX_TEXT = 20_000;
const MAX_FILES = 500;

/** Texts by folded parameter name, and texts for any parameter. */
export class Corpus {
  readonly #named = new Map<string, Set<string>>();
  readonly #general = new Set<string>();
  readonly #keywords = new Map<string, Set<string>>();

  /** Texts seen where a parameter of this name was passed. */
  of(name: string): readonly string[] {
    return [...(this.#named.get(fold(name)) ?? [])];
  }

  /** Names of options that were passed to a callable of this name. */
  keywordsOf(callable: string): readonly string[] {
    return [...(this.#keywords.get(fold(callable)) ?? [])];
  }

  /** Notes that an option was passed to a callable. */
  addKeyword(callable: string, keyword: string): void {
    insert(this.#keywords, callable, keyword);
  }

  /** Texts seen anywhere. */
  get general(): readonly string[] {
    return [...this.#general];
  }

  add(name: string | null, text: string): void {
    if (text.length > MAX_TEXT) return;
    this.#insert(name, offline(text));
  }

  #insert(name: string | null, text: string): void {
    if (name === null) {
      this.#general.add(text);
      return;
    }
    insert(this.#named, name, text);
  }
}

function insert(sets: Map<string, Set<string>>, name: string, text: string): void {
  const known = sets.get(fold(name)) ?? new Set();
  known.add(text);
  sets.set(fold(name), known);
}

/** Random programs must not reach the network: addresses in examples point at a local port that nothing serves. */
function offline(text: string): string {
  return text.replace(/\b(https?|wss?|ftp):\/\/[^\s/"'<>)\]}]+/g, "$1://127.0.0.1:9");
}

/** Collect the dictionary of an aligned pair, and of a folder where one is given. */
export function collectCorpus(alignment: Alignment, folder: string | null = null): Corpus {
  const corpus = new Corpus();
  const positions = parameterPositions(alignment);
  for (const surface of [alignment.python, alignment.node]) {
    for (const prose of surface.prose) harvest(prose.text, positions, corpus);
    for (const member of surface.functions) if (member.doc) harvest(member.doc, positions, corpus);
    for (const one of surface.classes) {
      if (one.doc) harvest(one.doc, positions, corpus);
      for (const member of one.members) if (member.doc) harvest(member.doc, positions, corpus);
    }
  }
  if (folder !== null) readFolder(folder, corpus);
  return corpus;
}

/** Every callable's parameter names in order, by the folded name that examples call it by. */
function parameterPositions(alignment: Alignment): Map<string, string[]> {
  const positions = new Map<string, string[]>();
  const note = (name: string, member: Pick<Member, "signatures">): void => {
    const parameters = member.signatures[0]?.parameters.filter((parameter) => parameter.kind !== "keyword");
    if (parameters)
      positions.set(
        fold(name),
        parameters.map((parameter) => parameter.name),
      );
  };
  const both = (member: AlignedMember): void => {
    note(member.node.name, member.node);
    note(member.python.name, member.python);
  };
  for (const one of alignment.classes) {
    if (one.python.constructors) note(one.canonical, { signatures: one.python.constructors });
    one.members.forEach(both);
  }
  alignment.functions.forEach(both);
  return positions;
}

const STRING = /("""|''')([\s\S]*?)\1|"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\[\s\S])*)`/;

/** Take the string literals of every example in a text. */
function harvest(text: string, positions: ReadonlyMap<string, readonly string[]>, corpus: Corpus): void {
  for (const code of examples(text)) {
    const pattern = new RegExp(STRING.source, "g");
    for (const match of code.matchAll(pattern)) {
      const literal = unescaped(match[2] ?? match[3] ?? match[4] ?? match[5] ?? "");
      if (literal === "" || (/^[@.\w/-]+$/.test(literal) && isImport(code, match.index))) continue;
      corpus.add(null, literal);
      const before = code.slice(Math.max(0, match.index - 2000), match.index);
      const named = nameBefore(before);
      const call = callAround(before, named !== null);
      const name = named ?? (call && positions.get(fold(call.callee))?.[call.position]);
      if (name) corpus.add(name, literal);
      if (named && call) corpus.addKeyword(call.callee, named);
    }
  }
}

/** Fenced blocks, doctest lines, and indented blocks; a text without prose in it is code as a whole. */
function examples(text: string): string[] {
  const fenced = [...text.matchAll(/```[^\n]*\n([\s\S]*?)```/g)].map((match) => match[1]!);
  const doctest = [...text.matchAll(/^\s*(?:>>>|\.\.\.) ?(.*)$/gm)].map((match) => match[1]!).join("\n");
  const indented = [...text.matchAll(/(?:^(?: {4}|\t).*\n?)+/gm)].map((match) => match[0]);
  return [...fenced, ...(doctest ? [doctest] : []), ...indented];
}

function isImport(code: string, index: number): boolean {
  const line = code.slice(code.lastIndexOf("\n", index) + 1, index);
  return /\b(import|from|require)\b/.test(line);
}

/** `name = "…"`, `name: "…"`, `"name": "…"`: the variable, option or key that a literal is the value of. */
function nameBefore(before: string): string | null {
  return /(?:^|[\s,({[])["']?([A-Za-z_]\w*)["']?\s*(?:=|:(?:\s*\w+\s*=)?)\s*(?:f|r|b)?$/.exec(before)?.[1] ?? null;
}

/** The call whose argument a literal is or, in the braces of an object, an option of. */
function callAround(before: string, isOption: boolean): { callee: string; position: number } | null {
  let depth = 0;
  let commas = 0;
  for (let at = before.length - 1; at >= 0; at--) {
    const character = before[at]!;
    if (character === ")" || character === "]" || character === "}") depth++;
    else if (character === "(" && depth === 0) {
      const callee = /([A-Za-z_]\w*)\s*(?:<[^>]*>)?$/.exec(before.slice(0, at))?.[1];
      return callee === undefined ? null : { callee, position: commas };
    } else if (character === "{" && depth === 0 && isOption && /[(,]\s*$/.test(before.slice(0, at))) {
      commas = 0;
    } else if (character === "(" || character === "[" || character === "{") {
      if (depth === 0) return null;
      depth--;
    } else if (character === "," && depth === 0) commas++;
    else if (character === ";" && depth === 0) return null;
  }
  return null;
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", "0": "\0", "\n": "" };

function unescaped(literal: string): string {
  return literal.replace(/\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([\s\S]))/g, (_whole, unicode, byte, other) => {
    const code: string | undefined = unicode ?? byte;
    return code === undefined ? (ESCAPES[other as string] ?? other) : String.fromCharCode(Number.parseInt(code, 16));
  });
}

/**
 * Read a corpus folder: each file is one text. A file called `html.txt`, or any file in a subfolder `html`, is for
 * parameters called `html`; other files are for any string.
 */
function readFolder(folder: string, corpus: Corpus): void {
  let left = MAX_FILES;
  const walk = (path: string, name: string | null): void => {
    for (const entry of readdirSync(path).sort()) {
      if (left <= 0) return;
      const file = join(path, entry);
      const stat = statSync(file);
      if (stat.isDirectory()) walk(file, name ?? entry);
      else if (stat.isFile() && stat.size <= MAX_TEXT) {
        left--;
        const text = readFileSync(file, "utf8");
        corpus.add(null, text);
        corpus.add(name ?? basename(entry, extname(entry)), text);
      }
    }
  };
  walk(folder, null);
}
