/** The source of a configuration: compiled without a build step, and searched for the line of a key. */
import { compileFunction } from "node:vm";
import type ts from "typescript";
import { typescript } from "./surface/typescript.ts";

/** The text does not parse. */
export class ConfigSyntaxError extends Error {
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

type Run = (module: object, exports: unknown, require: (name: string) => unknown, filename: string) => void;

/** Compile a configuration to a function that fills its module. Node before 22 cannot load TypeScript by itself. */
export function compileConfig(file: string, source: string): Run {
  const text = file.endsWith(".json") ? `module.exports = ${source}` : source;
  const { outputText, diagnostics } = typescript.transpileModule(text, {
    fileName: file.replace(/\.json$/, ".ts"),
    reportDiagnostics: true,
    compilerOptions: {
      module: typescript.ModuleKind.CommonJS,
      target: typescript.ScriptTarget.ES2022,
      esModuleInterop: true,
    },
  });
  const first = diagnostics?.[0];
  if (first?.file && first.start !== undefined) {
    const { line } = first.file.getLineAndCharacterOfPosition(first.start);
    throw new ConfigSyntaxError(typescript.flattenDiagnosticMessageText(first.messageText, " "), line + 1);
  }
  return compileFunction(outputText, ["module", "exports", "require", "__filename"], { filename: file }) as Run;
}

/** The line, from 1, of the key at the end of a path; that of the deepest key that stands in the text, else null. */
export function locate(source: string, path: readonly string[]): number | null {
  const isObject = source.trimStart().startsWith("{");
  const file = typescript.createSourceFile(
    "config.ts",
    isObject ? `(${source})` : source,
    typescript.ScriptTarget.ES2022,
    true,
  );
  let node: ts.Node | undefined = findObject(file);
  let at: ts.Node | undefined;
  for (const key of path) {
    const next: ts.Node | undefined = node && child(node, key);
    if (!next) break;
    at = next;
    node = typescript.isPropertyAssignment(next) ? unwrap(next.initializer) : unwrap(next);
  }
  return at ? file.getLineAndCharacterOfPosition(at.getStart(file)).line + 1 : null;
}

/** The object that the file is about: the argument of `defineConfig`, else the first object literal. */
function findObject(file: ts.SourceFile): ts.Node | undefined {
  let first: ts.Node | undefined;
  let defined: ts.Node | undefined;
  const visit = (node: ts.Node): void => {
    if (typescript.isCallExpression(node) && node.expression.getText(file) === "defineConfig" && node.arguments[0]) {
      defined ??= unwrap(node.arguments[0]);
    }
    if (typescript.isObjectLiteralExpression(node)) first ??= node;
    typescript.forEachChild(node, visit);
  };
  visit(file);
  return defined ?? first;
}

function unwrap(node: ts.Node): ts.Node {
  return typescript.isAsExpression(node) ||
    typescript.isSatisfiesExpression(node) ||
    typescript.isParenthesizedExpression(node)
    ? unwrap(node.expression)
    : node;
}

function child(node: ts.Node, key: string): ts.Node | undefined {
  if (typescript.isArrayLiteralExpression(node)) return node.elements[Number(key)];
  if (!typescript.isObjectLiteralExpression(node)) return undefined;
  return node.properties.find((property) => {
    const name = property.name;
    return (
      name !== undefined && (typescript.isIdentifier(name) || typescript.isStringLiteral(name)) && name.text === key
    );
  });
}
