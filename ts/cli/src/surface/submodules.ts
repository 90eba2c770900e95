/**
 * Submodules that both hosts have: `pkg.sub` in Python, the subpath `pkg/sub` among the `exports` of the Node package.
 * Their members join the module's own under dotted names (`sub.name`); what a submodule repeats counts once, above.
 */
import { camelCase, fold } from "./names.ts";
import type { ClassSurface, LoadFailure, Member, Surface } from "./surface.ts";

/** A submodule as the two hosts have it. */
export interface SubmodulePair {
  /** What is imported. */
  python: { module: string; prefix: string };
  node: { module: string; prefix: string };
}

/** A submodule that was read: its surface, or why it does not load. */
export type ReadSubmodule = SubmodulePair & { surfaces: [Surface | LoadFailure, Surface | LoadFailure] };

/** Which submodules of the two surfaces are a pair. */
export function pairSubmodules(python: Surface, node: Surface): SubmodulePair[] {
  const key = (name: string) =>
    fold(
      name
        .replace(/\.[cm]?js$/, "")
        .replaceAll("-", "")
        .replaceAll("/", "."),
    );
  const subpaths = new Map((node.submodules ?? []).map((path) => [key(path), path]));
  return (python.submodules ?? []).flatMap((name): SubmodulePair[] => {
    const path = subpaths.get(key(name));
    if (path === undefined) return [];
    const parts = path.replace(/\.[cm]?js$/, "").split("/");
    const prefix = parts.map((part) => camelCase(part.replace(/\W+/g, "_"))).join(".");
    return [
      {
        python: { module: `${python.module}.${name}`, prefix: name },
        node: { module: `${node.module}/${path}`, prefix },
      },
    ];
  });
}

/** Add what was read to the surfaces of the module itself. A submodule that one side does not load is left out on both. */
export function joinSubmodules(python: Surface, node: Surface, read: readonly ReadSubmodule[]): [Surface, Surface] {
  const left = new Joining(python);
  const right = new Joining(node);
  for (const { python: pythonPlace, node: nodePlace, surfaces } of read) {
    const [one, other] = surfaces;
    const lost = [one, other].filter((side): side is LoadFailure => "message" in side);
    for (const failure of lost) (failure.host === "python" ? left : right).refuse(failure);
    if (lost.length > 0) continue;
    left.add(one as Surface, pythonPlace);
    right.add(other as Surface, nodePlace);
  }
  return [left.finish(), right.finish()];
}

/** One host's surface while submodules are added to it. */
class Joining {
  readonly #surface: Surface;
  readonly #modules: Record<string, string> = {};
  /** Dotted names by the class's own, where only one submodule has such a class; null where several have. */
  readonly #foreign = new Map<string, string | null>();

  constructor(surface: Surface) {
    this.#surface = { ...surface, contradictions: [...surface.contradictions] };
  }

  refuse(failure: LoadFailure): void {
    const kind = failure.classes[0] === undefined ? "" : `${failure.classes[0]}: `;
    this.#surface.contradictions.push({
      where: failure.module,
      stub: failure.host === "python" ? "the package has such a submodule" : "the package exports such a subpath",
      live: `it does not load: ${kind}${failure.message}`,
    });
  }

  add(sub: Surface, { module, prefix }: { module: string; prefix: string }): void {
    this.#modules[prefix] = module;
    const mine = this.#surface;
    const repeated = new Map(Object.entries(sub.repeated ?? {}));
    // A type has no live object: it is the one above when it has the same name and shape there.
    for (const one of sub.classes.filter((two) => two.kind === "interface")) {
      const above = mine.classes.find((two) => two.name === one.name && two.kind === "interface");
      if (above && shape(above) === shape(one)) repeated.set(one.name, one.name);
    }
    const own = <T extends { name: string }>(members: readonly T[]) =>
      members.filter(({ name }) => !repeated.has(name));
    const names = new Map(repeated);
    for (const { name } of own(sub.classes)) {
      names.set(name, `${prefix}.${name}`);
      this.#foreign.set(name, this.#foreign.has(name) ? null : `${prefix}.${name}`);
    }
    const classes = own(sub.classes).map((one) => ({ ...withClasses(one, names), name: `${prefix}.${one.name}` }));
    const dotted = (members: readonly Member[]) =>
      own(members).map((one) => ({ ...withClasses(one, names), name: `${prefix}.${one.name}` }));
    mine.classes = [...mine.classes, ...classes];
    mine.functions = [...mine.functions, ...dotted(sub.functions)];
    mine.constants = [...mine.constants, ...dotted(sub.constants)];
    const told = sub.contradictions.filter(({ where }) => !repeated.has(where.replace(/[.(].*$/, "")));
    mine.contradictions.push(...told.map((one) => ({ ...one, where: `${prefix}.${one.where}` })));
    mine.artefacts = [...mine.artefacts, ...sub.artefacts.filter(({ file }) => !has(mine, file))];
    mine.prose = [...mine.prose, ...sub.prose.filter(({ text }) => !mine.prose.some((one) => one.text === text))];
  }

  /** The surface with all submodules; the module's own members may speak of their classes as well. */
  finish(): Surface {
    const mine = this.#surface;
    if (Object.keys(this.#modules).length === 0) return mine;
    // A class that the module itself only speaks of, and that a submodule offers, is that submodule's.
    const isLent = ({ name, kind, voices }: ClassSurface) =>
      kind !== "interface" && !voices.includes("live") && Boolean(this.#foreign.get(name));
    const classes = mine.classes.filter((one) => !isLent(one));
    const known = new Set(classes.map((one) => one.name));
    const names = new Map(
      [...this.#foreign].flatMap(([name, to]): [string, string][] =>
        to === null || known.has(name) ? [] : [[name, to]],
      ),
    );
    return {
      ...mine,
      modules: this.#modules,
      classes: classes.map((one) => withClasses(one, names)),
      functions: mine.functions.map((one) => withClasses(one, names)),
      constants: mine.constants.map((one) => withClasses(one, names)),
    };
  }
}

/** The kinds of type that carry the name of a class. */
const NAMED = new Set(["class", "enum", "struct"]);

function has(surface: Surface, file: string): boolean {
  return surface.artefacts.some((one) => one.file === file);
}

function shape(one: ClassSurface): string {
  return JSON.stringify(one.members.map((member) => [member.name, member.kind, member.type]));
}

/** A copy in which types and bases name classes as `names` says. */
function withClasses<T extends ClassSurface | Member>(one: T, names: ReadonlyMap<string, string>): T {
  if (names.size === 0) return one;
  const renamed = JSON.parse(
    JSON.stringify(one, (_key, value: unknown) => {
      if (typeof value !== "object" || value === null || !("kind" in value) || !("name" in value)) return value;
      if (!NAMED.has(String(value.kind)) || "members" in value) return value;
      return { ...value, name: names.get(String(value.name)) ?? value.name };
    }),
  ) as T;
  if ("bases" in renamed) renamed.bases = renamed.bases.map((base) => names.get(base) ?? base);
  return renamed;
}
