/**
 * docs/conversions.md: the conversion matrix. Every cell is read from where it is tested: types from the stub and the
 * sources, errors from the case files that run through both bindings.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { camelCase } from "../ts/cli/src/surface/names.ts";
import { ROOT } from "./run.mjs";

const INTRO = `# Conversions

What crosses the border between the core and its hosts, and how.
\`npm run types\` writes this page: types from the stub and from \`ts/pairity/src/convert.ts\`, errors from the programs of \`tests/cases/convert*.json\`, which run through both bindings.
Each row is a function \`echo_…\` of \`pairity.convert\`, \`echo…\` of \`pairity/convert\`, that gives its argument back.
"Takes" is what is converted to the type of the core, "gives" what that becomes.
`;

interface Row {
  name: string;
  core: string;
  python: { takes: string; gives: string; doc: string };
  node: { takes: string; gives: string; doc: string };
  errors: string[];
}

interface CaseFile {
  programs: { steps: { call?: string; throws?: { code: string; message: string } }[] }[];
}

function read(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}

/** The errors that cases expect of a function: of each code the first text. */
function errorsByFunction(): Map<string, Map<string, string>> {
  const files = readdirSync(join(ROOT, "tests/cases")).filter((name) => /^convert(\.\w+)?\.json$/.test(name));
  const found = new Map<string, Map<string, string>>();
  for (const file of files.sort()) {
    const { programs } = JSON.parse(read(`tests/cases/${file}`)) as CaseFile;
    for (const { call, throws } of programs.flatMap((program) => program.steps)) {
      if (call === undefined || throws === undefined) continue;
      const name = call.replace(/^convert\./, "");
      const errors = found.get(name) ?? new Map<string, string>();
      if (!errors.has(throws.code)) errors.set(throws.code, throws.message);
      found.set(name, errors);
    }
  }
  return found;
}

/** A documentation comment or docstring as one line. */
function oneLine(doc: string): string {
  const text = doc.replace(/^\s*\* ?/gm, "").replace(/\{@link (\w+)\}/g, "$1");
  return text.replace(/\s+/g, " ").trim();
}

/** The rows in the order of the Rust sources, which go from the simplest types to nested ones. */
function rows(): Row[] {
  const rust = read("crates/py-bindings/src/convert.rs");
  const stub = read("python/pairity/_native.pyi");
  const typescript = read("ts/pairity/src/convert.ts");
  const errors = errorsByFunction();
  const names = [...rust.matchAll(/pub\(crate\) fn (echo_\w+)/g)].map(([, name = ""]) => name);
  return names.map((name): Row => {
    const inRust = new RegExp(
      `fn ${name}\\b[^{]*?value: (?:Arg<'_, '_, |values::Data<'_, 'py, )([\\s\\S]*?)>[,)]`,
    ).exec(rust);
    const inPython = new RegExp(
      `^def ${name}\\(value: (.*?)(?: = \\.\\.\\.)?\\) -> (.*):\\n\\s+"""([\\s\\S]*?)"""`,
      "m",
    ).exec(stub);
    const inNode = new RegExp(
      `/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\nexport function ${camelCase(name)}\\(\\s*value\\??: ([\\s\\S]*?),?\\s*\\): ([\\s\\S]*?) \\{\\n {2}return`,
    ).exec(typescript);
    if (inRust === null || inPython === null || inNode === null) throw new Error(`${name} is not in every layer.`);
    return {
      name,
      core: inRust[1] ?? "",
      python: { takes: inPython[1] ?? "", gives: inPython[2] ?? "", doc: oneLine(inPython[3] ?? "") },
      node: { takes: inNode[2] ?? "", gives: inNode[3] ?? "", doc: oneLine(inNode[1] ?? "") },
      errors: [...(errors.get(name) ?? [])].map(([code, text]) => `\`${code}\` ${text}`),
    };
  });
}

function cell(text: string): string {
  return text.replace(/\s+/g, " ").replaceAll("|", "\\|");
}

/** A declared type as code. */
function code(type: string): string {
  return `\`${cell(type)}\``;
}

/** The text of docs/conversions.md. */
export function conversionDocs(): string {
  const all = rows();
  const untold = all.filter((row) => row.errors.length === 0);
  if (untold.length > 0) throw new Error(`No case has an error of ${untold.map((row) => row.name).join(", ")}.`);
  const table = all.map(({ name, core, python, node, errors }) =>
    [
      `\`${name}\``,
      code(core),
      code(python.takes),
      code(python.gives),
      code(node.takes),
      code(node.gives),
      errors.map(cell).join("<br>"),
    ].join(" | "),
  );
  const head = ["function", "core", "Python takes", "gives", "TypeScript takes", "gives", "errors in both"];
  const notes = all.map(
    ({ name, python, node }) => `- \`${name}\`\n  - Python: ${python.doc}\n  - TypeScript: ${node.doc}`,
  );
  return [
    INTRO,
    `| ${head.join(" | ")} |\n|${" --- |".repeat(head.length)}`,
    `${table.map((row) => `| ${row} |`).join("\n")}\n`,
    "## What each host says\n",
    `${notes.join("\n")}\n`,
  ].join("\n");
}
