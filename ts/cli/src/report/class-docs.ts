/** Documentation of a pair: the Python and the TypeScript form of each member side by side, as Markdown. */
import { fold, splitName } from "../surface/names.ts";
import type { AlignedClass, AlignedMember, Alignment, ClassSurface, Idiom, Member } from "../surface/surface.ts";
import { nodeForms, nodeParameters, pythonForms, pythonParameters } from "./signature-text.ts";

export interface ClassDocsOptions {
  title: string;
  /** Markdown below the title. */
  intro: string;
}

/** Render the document; equal surfaces give equal text. */
export function renderClassDocs(alignment: Alignment, options: ClassDocsOptions): string {
  return new ClassDocs(alignment).render(options);
}

class ClassDocs {
  readonly #alignment: Alignment;

  constructor(alignment: Alignment) {
    this.#alignment = alignment;
  }

  render({ title, intro }: ClassDocsOptions): string {
    const sections = [...this.#classes(), ...this.#modules(), ...this.#exceptions()];
    const contents = sections.map(({ heading }) => `- [${heading}](#${anchor(heading)})`);
    const bodies = sections.map(({ heading, lines }) => [`## ${heading}`, "", ...lines].join("\n"));
    return [`# ${title}`, intro, contents.join("\n"), ...bodies].join("\n\n").concat("\n");
  }

  #classes(): Section[] {
    const classes = this.#alignment.classes.filter((one) => one.python.kind !== "exception");
    return sorted(classes, (one) => one.canonical).map((one) => ({ heading: one.canonical, lines: this.#class(one) }));
  }

  #class(one: AlignedClass): string[] {
    const lines = paragraphs(one.python.doc ?? one.node.doc);
    const bases = one.python.bases.filter((base) => this.#alignment.classes.some((other) => other.canonical === base));
    if (bases.length > 0) lines.push(`Extends ${bases.map((base) => `[${base}](#${anchor(base)})`).join(", ")}.`, "");
    const rows = [...this.#construction(one), ...one.members.map((member) => this.#row(member, one))];
    if (rows.length > 0) lines.push(...table(rows), "");
    return [...lines, ...this.#beside(one.canonical)];
  }

  #construction(one: AlignedClass): Row[] {
    if (one.constructors === null) return [];
    const name = splitName(one.canonical).local;
    const { python, node } = one.makers ?? {};
    const by = (maker: typeof python): string[] =>
      maker && "name" in maker ? [`${maker.name}(…)`] : [maker?.kind === "plain" ? "a plain object" : `${name}(…)`];
    const pythonOwn = python?.kind === "constructor" ? one.python.constructors : null;
    const nodeOwn = node?.kind === "constructor" ? one.node.constructors : null;
    return [
      {
        python: pythonOwn?.map(({ parameters }) => `${name}(${pythonParameters(parameters)})`) ?? by(python),
        node: nodeOwn?.map(({ parameters }) => `new ${name}(${nodeParameters(parameters)})`) ?? by(node),
        doc: "Makes one.",
        errors: "",
      },
    ];
  }

  #row(member: AlignedMember, owner: AlignedClass | null): Row {
    const members = owner?.node.members ?? this.#alignment.node.functions;
    const twin = members.find((other) => other.name === member.bigint);
    const doc = told(member.python.doc) ?? told(member.node.doc) ?? member.python.doc;
    const isReadOnly = member.kind === "property" && owner !== null && member.access?.python.set === null;
    return {
      python: pythonForms(member, owner?.canonical ?? null),
      node: nodeForms(member, owner?.node.name ?? null, twin),
      doc: [firstSentence(doc), ...(isReadOnly ? ["Read-only."] : [])].join(" ").trim(),
      errors: errorsOf(member.python) || errorsOf(member.node),
    };
  }

  /** What one host has beside the table, with the reason where there is one. */
  #beside(owner: string): string[] {
    const prefix = `${owner}.`;
    const { idioms, onlyPython, onlyNode } = this.#alignment;
    const local = (where: string) => where.slice(prefix.length);
    const line = (host: Idiom["host"], word: string, only: readonly string[]) => {
      const told = idioms
        .filter((one) => one.host === host && one.where.startsWith(prefix))
        .map((one) => `${code(shown(local(one.where)))} (${one.reason})`);
      const gaps = only.filter((name) => name.startsWith(prefix)).map((name) => code(shown(local(name))));
      const all = [...told, ...gaps].sort();
      return all.length === 0 ? [] : [`Only in ${word}: ${all.join(", ")}.`, ""];
    };
    return [...line("python", "Python", onlyPython), ...line("node", "TypeScript", onlyNode)];
  }

  #modules(): Section[] {
    const modules = new Map<string, AlignedMember[]>();
    for (const member of this.#alignment.functions) {
      const prefix = splitName(member.canonical).prefix ?? "";
      modules.set(prefix, [...(modules.get(prefix) ?? []), member]);
    }
    return sorted([...modules], ([prefix]) => prefix).map(([prefix, members]) => {
      const { python, node } = this.#alignment;
      const specifier = Object.entries(node.modules ?? {}).find(([name]) => fold(name) === fold(prefix))?.[1];
      const places = `${code(python.modules?.[prefix] ?? python.module)} in Python, ${code(specifier ?? node.module)} in TypeScript.`;
      const rows = sorted(members, (member) => member.canonical).map((member) => this.#row(member, null));
      return { heading: prefix === "" ? "Functions" : prefix, lines: [places, "", ...table(rows), ""] };
    });
  }

  /** Exceptions of Python; what Node throws instead stands in the reason. */
  #exceptions(): Section[] {
    const { python, idioms } = this.#alignment;
    const exceptions = python.classes.filter((one) => one.kind === "exception");
    if (exceptions.length === 0) return [];
    const inNode = (one: ClassSurface) =>
      idioms.find((idiom) => idiom.where === one.name)?.reason.replace(/^.*; Node has /, "") ??
      this.#alignment.classes.find((other) => other.canonical === one.name)?.node.name ??
      "—";
    const rows = sorted(exceptions, (one) => one.name).map((one) => {
      const bases = one.bases.map((base) => splitName(base).local).join(", ");
      return `| ${code(one.name)} | ${code(bases)} | ${escaped(inNode(one))} | ${escaped(firstSentence(one.doc))} |`;
    });
    return [
      {
        heading: "Exceptions",
        lines: ["| Python | derives from | TypeScript | What it means |", "|---|---|---|---|", ...rows],
      },
    ];
  }
}

interface Section {
  heading: string;
  lines: string[];
}

interface Row {
  python: string[];
  node: string[];
  doc: string;
  errors: string;
}

function table(rows: readonly Row[]): string[] {
  const cell = (forms: readonly string[]) => forms.map(code).join("<br>");
  return [
    "| Python | TypeScript | What it does | Errors |",
    "|---|---|---|---|",
    ...rows.map(({ python, node, doc, errors }) =>
      [cell(python), cell(node), escaped(doc), escaped(errors)].reduce((line, text) => `${line} ${text} |`, "|"),
    ),
  ];
}

/** Code in a table: a bar would end the cell. */
function code(text: string): string {
  return `\`${text.replaceAll("|", "\\|")}\``;
}

function escaped(text: string): string {
  return text.replaceAll("|", "\\|").replace(/\s+/g, " ");
}

/** A member's name as its host writes it. */
function shown(name: string): string {
  if (!name.startsWith("@@")) return name;
  return name === "@@inspect" ? "[inspect.custom]" : `[Symbol.${name.slice(2)}]`;
}

/** What the author of a member wrote; Python gives data-model methods a text of its own. */
function told(doc: string | null): string | null {
  return doc === null ||
    /^((Return|Implement|Set|Delete) )?-?\+?~?[\w.,()[\]]*\bself\b\S*\.?$|^Return \S+ in self\.?$/.test(doc)
    ? null
    : doc;
}

/** The text of a doc without its examples: what is indented, prompted or fenced. */
function prose(doc: string | null): string[] {
  const text = (doc ?? "").replace(/\{@link (\w+)\}/g, "`$1`").replace(/```[\s\S]*?```/g, "");
  return text
    .split(/\n\s*\n/)
    .filter((part) => part.trim() !== "" && !/^\s*>>>|^ {4}/.test(part))
    .map((part) => part.replace(/\s+/g, " ").trim());
}

function paragraphs(doc: string | null): string[] {
  return prose(doc).flatMap((part) => [part, ""]);
}

function sentences(doc: string | null): string[] {
  return prose(doc).flatMap((part) => part.split(/(?<=[.!?])\s+(?=[A-Z`])/));
}

function firstSentence(doc: string | null): string {
  return sentences(doc)[0] ?? "";
}

/** The sentences of a doc that tell what fails. */
function errorsOf(member: Member): string {
  return sentences(member.doc)
    .filter((sentence, index) => index > 0 && /^(Raises|Throws)\b/.test(sentence))
    .join(" ");
}

function sorted<T>(items: readonly T[], key: (item: T) => string): T[] {
  const text = (item: T) => key(item).toLowerCase();
  return [...items].sort((a, b) => (text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0));
}

/** The anchor that renderers make of a heading. */
function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\w\s-]/g, "")
    .replace(/\s/g, "-");
}
