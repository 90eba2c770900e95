/**
 * Runs the listings of a document, so that what it shows is what happens.
 *
 * A fenced block in `python` or `ts` is a program, and one with a name (`python file=plugins/shout.py`) a file beside it;
 * a file in another language (`json file=plugin.json`) is one for both.
 * A block in `text` is what every program since the last such block prints: one text below two programs says that both
 * print the same. The programs of a document run in its order, each language in a folder of its own that lasts as long as
 * the document, so that later programs find the files of earlier listings.
 */
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { marked } from "marked";
import { NODE, PYTHON, ROOT, run } from "../../scripts/run.mjs";

const LANGUAGES = ["python", "ts"] as const;
type Language = (typeof LANGUAGES)[number];

/** A file that a program finds, or a program. */
interface Listing {
  readonly language: Language;
  /** The name of a file; a program has none. */
  readonly file: string | undefined;
  readonly text: string;
}

/** Listings up to an output, and that output. */
export interface Group {
  readonly listings: readonly Listing[];
  readonly output: string;
}

/** The groups of a document. @throws {Error} when a program stands there without its output, or an output without a program */
export function groupsOf(path: string): Group[] {
  const groups: Group[] = [];
  let listings: Listing[] = [];
  for (const { lang = "", text } of fences(readFileSync(join(ROOT, path), "utf8"))) {
    const [language = "", ...options] = lang.split(" ");
    const file = options.find((option) => option.startsWith("file="))?.slice("file=".length);
    const own = LANGUAGES.filter((one) => one === language);
    const languages = own.length > 0 || file === undefined ? own : LANGUAGES;
    listings.push(...languages.map((one) => ({ language: one, file, text })));
    if (language !== "text") continue;
    if (!listings.some((one) => one.file === undefined)) throw new Error(`${path}: no program prints "${text}".`);
    groups.push({ listings, output: text });
    listings = [];
  }
  const program = listings.find((one) => one.file === undefined);
  if (program !== undefined) throw new Error(`${path}: nothing says what this prints:\n${program.text}`);
  return groups;
}

interface Fence {
  readonly lang?: string | undefined;
  readonly text: string;
}

/** The fenced blocks of a text, also those that stand inside of HTML or of a list. */
function fences(markdown: string): Fence[] {
  const found: Fence[] = [];
  marked.walkTokens(marked.lexer(markdown), (token) => {
    if (token.type === "code" && token.codeBlockStyle !== "indented") found.push(token as unknown as Fence);
  });
  return found;
}

/** Runs the programs of one document in folders below `folder`. */
export class Runner {
  readonly #folder: string;
  #number = 0;

  constructor(folder: string) {
    this.#folder = folder;
    for (const language of LANGUAGES) mkdirSync(join(folder, language));
    const modules = join(folder, "ts/node_modules");
    mkdirSync(modules);
    symlinkSync(join(ROOT, "ts/pairity"), join(modules, "pairity"), "dir");
    writeFileSync(join(folder, "ts/package.json"), JSON.stringify({ private: true, type: "module" }));
  }

  /** What each program of a group prints, with what it writes to its error stream. */
  async print(group: Group): Promise<string[]> {
    for (const { language, file, text } of group.listings) {
      if (file === undefined) continue;
      const path = join(this.#folder, language, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `${text}\n`);
    }
    const printed: string[] = [];
    for (const { language, text } of group.listings.filter((one) => one.file === undefined)) {
      const cwd = join(this.#folder, language);
      this.#number += 1;
      const script = join(cwd, `listing-${this.#number}.${language === "python" ? "py" : "ts"}`);
      writeFileSync(script, `${text}\n`);
      const { output } = await run([...COMMANDS[language], script], { cwd });
      printed.push(output.trimEnd());
    }
    return printed;
  }
}

const COMMANDS: Readonly<Record<Language, readonly string[]>> = {
  python: [PYTHON],
  ts: [NODE, "--import", pathToFileURL(join(ROOT, "node_modules/tsx/dist/loader.mjs")).href],
};
