/** The stub voice of a Node module: its declaration files, read through the TypeScript API. */
import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type ts from "typescript";
import { TypeReader } from "./declared-type.ts";
import { LIBRARY } from "./library.ts";
import type { ClassSurface, Member, Signature, Voice } from "./surface.ts";
import { typescript } from "./typescript.ts";
import type { SpokenModule } from "./voices.ts";

const LIBRARY_FILE = "/pairity-library.d.ts";

const OPTIONS: ts.CompilerOptions = {
  noLib: true,
  types: [],
  strict: true,
  skipLibCheck: true,
  skipDefaultLibCheck: true,
  target: typescript.ScriptTarget.ES2022,
  module: typescript.ModuleKind.ESNext,
  moduleResolution: typescript.ModuleResolutionKind.Bundler,
  customConditions: ["node"],
  esModuleInterop: true,
  noEmit: true,
};

/** JavaScript is CommonJS or a module as its package says, which only Node's own resolution decides. */
const SOURCE_OPTIONS: ts.CompilerOptions = {
  ...OPTIONS,
  allowJs: true,
  maxNodeModuleJsDepth: 1,
  module: typescript.ModuleKind.NodeNext,
  moduleResolution: typescript.ModuleResolutionKind.NodeNext,
};

/** What the declaration files of a module say; `files` names those that were read. */
export interface Declarations extends SpokenModule {
  files: string[];
}

/**
 * Read the declarations of `specifier` as seen from `root`; null where neither declarations nor readable sources exist.
 * Without declarations the JavaScript itself is read, whose JSDoc and shape the compiler understands.
 */
export function readDeclarations(specifier: string, root: string): Declarations | null {
  const host = compilerHost(root);
  const found = typescript.resolveModuleName(specifier, join(root, "pairity.ts"), OPTIONS, host).resolvedModule;
  if (!found) return null;
  const isSource = /\.[cm]?jsx?$/.test(found.resolvedFileName);
  const options = isSource ? SOURCE_OPTIONS : OPTIONS;
  const program = typescript.createProgram([LIBRARY_FILE, found.resolvedFileName], options, host);
  const file = program.getSourceFile(found.resolvedFileName);
  const checker = program.getTypeChecker();
  const symbol = file && checker.getSymbolAtLocation(file);
  if (!file || !symbol) return null;
  const reader = new ModuleReader(checker, isSource ? "live" : "stub");
  const files = program.getSourceFiles().map((source) => source.fileName);
  return { ...reader.read(symbol), files: files.filter((name) => name !== LIBRARY_FILE) };
}

function compilerHost(root: string): ts.CompilerHost {
  const read = (name: string): string | undefined => (name === LIBRARY_FILE ? LIBRARY : typescript.sys.readFile(name));
  return {
    fileExists: (name) => name === LIBRARY_FILE || typescript.sys.fileExists(name),
    readFile: read,
    directoryExists: typescript.sys.directoryExists,
    getDirectories: typescript.sys.getDirectories,
    realpath: (path) => typescript.sys.realpath?.(path) ?? path,
    getSourceFile: (name, language) => {
      const text = read(name);
      return text === undefined ? undefined : typescript.createSourceFile(name, text, language);
    },
    getDefaultLibFileName: () => LIBRARY_FILE,
    getCurrentDirectory: () => resolve(root),
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    writeFile: () => {},
  };
}

class ModuleReader {
  readonly #checker: ts.TypeChecker;
  readonly #types: TypeReader;
  readonly #voices: Voice[];

  constructor(checker: ts.TypeChecker, voice: Voice) {
    this.#checker = checker;
    this.#types = new TypeReader(checker);
    this.#voices = [voice];
  }

  read(module: ts.Symbol): SpokenModule {
    const spoken: SpokenModule = { classes: [], functions: [], constants: [] };
    for (const [name, symbol] of this.#exports(module)) {
      const target = symbol.flags & typescript.SymbolFlags.Alias ? this.#checker.getAliasedSymbol(symbol) : symbol;
      this.#export(name, target, spoken);
    }
    return spoken;
  }

  #exports(module: ts.Symbol): Map<string, ts.Symbol> {
    const found = new Map<string, ts.Symbol>();
    for (const symbol of this.#checker.getExportsOfModule(module)) {
      if (symbol.name === "prototype" || symbol.name.startsWith("_")) continue;
      found.set(symbol.name, symbol);
    }
    const assigned = module.exports?.get(typescript.InternalSymbolName.ExportEquals);
    if (assigned) {
      const target =
        assigned.flags & typescript.SymbolFlags.Alias ? this.#checker.getAliasedSymbol(assigned) : assigned;
      if (target.flags & (typescript.SymbolFlags.Class | typescript.SymbolFlags.Function)) found.set("default", target);
    }
    // A default export that is a plain object is the module under another name.
    const inner = found.get("default");
    if (inner && found.size === 1) {
      const target = inner.flags & typescript.SymbolFlags.Alias ? this.#checker.getAliasedSymbol(inner) : inner;
      const isCallable = target.flags & (typescript.SymbolFlags.Class | typescript.SymbolFlags.Function);
      const properties = isCallable ? [] : this.#checker.getTypeOfSymbol(target).getProperties();
      for (const property of properties) found.set(property.name, property);
      if (properties.length > 0) found.delete("default");
    }
    return found;
  }

  #export(name: string, symbol: ts.Symbol, spoken: SpokenModule): void {
    const flags = symbol.flags;
    if (flags & typescript.SymbolFlags.Class) spoken.classes.push(this.#class(name, symbol));
    else if (flags & typescript.SymbolFlags.Enum) spoken.classes.push(this.#enum(name, symbol));
    else if (this.#isEnumObject(symbol)) spoken.classes.push(this.#enumObject(name, symbol));
    else if (flags & typescript.SymbolFlags.Function) spoken.functions.push(this.#callable(name, "function", symbol));
    else if (flags & (typescript.SymbolFlags.Variable | typescript.SymbolFlags.Property))
      this.#variable(name, symbol, spoken);
    else if (flags & typescript.SymbolFlags.Interface) spoken.classes.push(this.#interface(name, symbol));
    else if (flags & typescript.SymbolFlags.TypeAlias) this.#alias(name, symbol, spoken);
    else if (flags & typescript.SymbolFlags.ValueModule) {
      spoken.constants.push(this.#member(name, "constant", symbol, { type: { kind: "any" } }));
    }
  }

  /** `export const f = …` may hold a function, a class (a construct signature) or a value. */
  #variable(name: string, symbol: ts.Symbol, spoken: SpokenModule): void {
    const type = this.#checker.getTypeOfSymbol(symbol);
    const made = type.getConstructSignatures()[0]?.getReturnType();
    if (made?.symbol && symbol.flags & typescript.SymbolFlags.Variable) {
      const described = this.#class(name, made.symbol, made, type);
      spoken.classes.push(described);
    } else if (type.getCallSignatures().length > 0) {
      spoken.functions.push(this.#callable(name, "function", symbol));
    } else {
      spoken.constants.push(this.#member(name, "constant", symbol, { type: this.#types.of(type) }));
    }
  }

  #alias(name: string, symbol: ts.Symbol, spoken: SpokenModule): void {
    const type = this.#checker.getDeclaredTypeOfSymbol(symbol);
    const read = this.#types.of(type);
    if (read.kind !== "struct") return;
    spoken.classes.push(this.#shape(name, symbol, type, "interface"));
  }

  #interface(name: string, symbol: ts.Symbol): ClassSurface {
    return this.#shape(name, symbol, this.#checker.getDeclaredTypeOfSymbol(symbol), "interface");
  }

  #shape(name: string, symbol: ts.Symbol, type: ts.Type, kind: ClassSurface["kind"]): ClassSurface {
    return {
      name,
      bases: [],
      constructors: null,
      members: type.getProperties().flatMap((property) => this.#property(property, false)),
      kind,
      voices: this.#voices,
      doc: this.#doc(symbol),
    };
  }

  #class(
    name: string,
    symbol: ts.Symbol,
    type = this.#checker.getDeclaredTypeOfSymbol(symbol),
    holder = this.#checker.getTypeOfSymbol(symbol),
  ): ClassSurface {
    const described = this.#shape(name, symbol, type, "class");
    const statics = holder.getProperties().filter((property) => property.name !== "prototype");
    described.members.push(...statics.flatMap((property) => this.#property(property, true)));
    described.bases = (this.#checker.getBaseTypes(type as ts.InterfaceType) ?? []).map(
      (base) => base.symbol?.name ?? "",
    );
    if (this.#isError(type)) described.kind = "exception";
    const declaration = symbol.declarations?.find(typescript.isClassLike);
    const isAbstract = declaration?.modifiers?.some(
      (modifier) => modifier.kind === typescript.SyntaxKind.AbstractKeyword,
    );
    const signatures = holder.getConstructSignatures().filter((one) => !isHidden(one.declaration));
    described.constructors =
      isAbstract || signatures.length === 0 ? null : signatures.map((one) => this.#construct(one));
    return described;
  }

  #construct(signature: ts.Signature): Signature {
    return { ...this.#types.signature(signature), returns: { kind: "void" } };
  }

  #isError(type: ts.Type, depth = 0): boolean {
    if (type.symbol?.name === "Error") return true;
    const bases = type.isClassOrInterface() ? this.#checker.getBaseTypes(type) : [];
    return depth < 8 && bases.some((base) => this.#isError(base, depth + 1));
  }

  #enum(name: string, symbol: ts.Symbol): ClassSurface {
    const members = [...(symbol.exports?.values() ?? [])].map((member) =>
      this.#member(member.name, "constant", member, { type: this.#types.of(this.#checker.getTypeOfSymbol(member)) }),
    );
    return { name, bases: [], constructors: null, members, kind: "enum", voices: this.#voices, doc: this.#doc(symbol) };
  }

  /** `const Level = { LOW: "low" } as const` beside `type Level` of its values: an enum without the keyword. */
  #isEnumObject(symbol: ts.Symbol): boolean {
    if (!(symbol.flags & typescript.SymbolFlags.Variable && symbol.flags & typescript.SymbolFlags.TypeAlias))
      return false;
    const values = this.#checker.getTypeOfSymbol(symbol).getProperties();
    return values.length > 0 && values.every((one) => isLiteral(this.#checker.getTypeOfSymbol(one)));
  }

  #enumObject(name: string, symbol: ts.Symbol): ClassSurface {
    const values = this.#checker.getTypeOfSymbol(symbol).getProperties();
    const members = values.map((value) =>
      this.#member(value.name, "constant", value, { type: this.#types.of(this.#checker.getTypeOfSymbol(value)) }),
    );
    return { name, bases: [], constructors: null, members, kind: "enum", voices: this.#voices, doc: this.#doc(symbol) };
  }

  #property(symbol: ts.Symbol, isStatic: boolean): Member[] {
    const name = memberName(symbol);
    if (name === null || symbol.declarations?.some(isHidden)) return [];
    const type = this.#checker.getTypeOfSymbol(symbol);
    const isOptional = (symbol.flags & typescript.SymbolFlags.Optional) !== 0;
    const calls = this.#checker.getNonNullableType(type).getCallSignatures();
    // An optional property that holds a function is a field of an options object, not a method.
    if (calls.length > 0 && !isOptional) return [this.#callable(name, isStatic ? "static" : "method", symbol)];
    const read = this.#types.of(type);
    if (isStatic) return [this.#member(name, "constant", symbol, { type: read })];
    const optional = isOptional ? { optional: true as const } : {};
    return [this.#member(name, "property", symbol, { type: read, writable: isWritable(symbol), ...optional })];
  }

  #callable(name: string, kind: Member["kind"], symbol: ts.Symbol): Member {
    const type = this.#checker.getTypeOfSymbol(symbol);
    const signatures = type.getCallSignatures().map((signature) => this.#types.signature(signature));
    return this.#member(name, kind, symbol, { signatures });
  }

  #member(name: string, kind: Member["kind"], symbol: ts.Symbol, more: Partial<Member>): Member {
    return { name, kind, signatures: [], voices: this.#voices, doc: this.#doc(symbol), ...more };
  }

  #doc(symbol: ts.Symbol): string | null {
    const text = typescript.displayPartsToString(symbol.getDocumentationComment(this.#checker));
    const examples = symbol
      .getJsDocTags(this.#checker)
      .filter((tag) => tag.name === "example")
      .map((tag) => typescript.displayPartsToString(tag.text));
    return [text, ...examples].filter((part) => part !== "").join("\n\n") || null;
  }
}

/** The member's name, well-known symbols as `@@name`; null for other symbols and for names private by convention. */
function memberName(symbol: ts.Symbol): string | null {
  const known = /^__@(\w+?)(?:@\d+)?$/.exec(symbol.name);
  if (known) return `@@${known[1] === "custom" ? "inspect" : known[1]}`;
  return symbol.name.startsWith("_") || symbol.name.startsWith("#") || symbol.name === "constructor"
    ? null
    : symbol.name;
}

function isHidden(declaration: ts.Declaration | undefined): boolean {
  if (!declaration) return false;
  const flags = typescript.getCombinedModifierFlags(declaration);
  const name = typescript.getNameOfDeclaration(declaration);
  return (
    (flags & (typescript.ModifierFlags.Private | typescript.ModifierFlags.Protected)) !== 0 ||
    (name !== undefined && typescript.isPrivateIdentifier(name))
  );
}

function isWritable(symbol: ts.Symbol): boolean {
  const declarations = symbol.declarations ?? [];
  if (declarations.some(typescript.isSetAccessor)) return true;
  if (declarations.some(typescript.isGetAccessor)) return false;
  return !declarations.some((one) => typescript.getCombinedModifierFlags(one) & typescript.ModifierFlags.Readonly);
}

/** The `package.json` of the package that a file belongs to: its name, version and what it requires. */
export function packageOf(file: string): { folder: string; manifest: Record<string, unknown> } | null {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    try {
      const manifest: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
      // Packages mark a folder as ESM or CommonJS by a manifest of nothing else.
      if (typeof manifest === "object" && manifest !== null && "name" in manifest) {
        return { folder, manifest: manifest as Record<string, unknown> };
      }
    } catch {
      // No manifest here; the next folder up may have one.
    }
    if (dirname(folder) === folder) return null;
  }
}

function isLiteral(type: ts.Type): boolean {
  return type.isStringLiteral() || type.isNumberLiteral();
}
