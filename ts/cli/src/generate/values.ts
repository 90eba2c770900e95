/** Turns declared types into functions that draw values of them. */
import type { Script, Value } from "../program/program.ts";
import type { Alignment, Type } from "../surface/surface.ts";
import { alternatives } from "../surface/type.ts";
import type { Corpus } from "./corpus.ts";
import {
  EDGE_DURATIONS,
  EDGE_FLOATS,
  EDGE_INSTANTS,
  EDGE_INTEGERS,
  ENDLESS_VALUES,
  floatText,
  ODD_VALUES,
} from "./edges.ts";
import { isCapacityLike } from "./hints.ts";
import type { Random } from "./random.ts";
import { LEADS_OUT, TextPool } from "./texts.ts";

/** The program under construction, as value drawing sees it. */
export interface Scene {
  readonly random: Random;
  /** Only values that the library is likely to accept: they lead to what is tested. */
  tame: boolean;
  /** Whether a memory cap is active, so that capacity-like parameters may have their edges. */
  readonly capped: boolean;
  /** A live handle of the class, made if need be; null where there is no way to one. */
  handle(className: string): string | null;
  /** A handle of an enum's member. */
  constant(className: string, member: string): string;
  /** A file in the program's scratch folder. */
  file(): string;
  /** What was drawn in this program for parameters of that name; it may be added to. */
  said(name: string): Value[];
  /** A fresh name for a callback. */
  callback(): string;
  /** The program may take its process down by its memory: it runs alone. */
  risk(): void;
}

export type Maker = (scene: Scene) => Value;

/** What is known of the place that a value is for. */
export interface Place {
  name: string;
  doc: string | null;
}

const MAX_ITEMS = 5;
const MAX_DEPTH = 4;
/** These mostly kill the process, and each death costs a restart. */
const ENDLESS_SHARE = 0.01;
const REPEATED_SHARE = 0.35;
const PATH_NAME = /path|file|folder|(^|_)dir/;
const BYTES = ["", "AA==", "AP8=", "aGVsbG8=", "77u/YQ==", "8J+OiQ==", "7aCA", "eyJhIjoxfQ=="];

/** What is asked for is mostly what was said before: a name that was registered, a path that is watched. */
function repeating(place: Place, draw: Maker): Maker {
  return (scene) => {
    const said = scene.said(place.name);
    if (said.length > 0 && scene.random.chance(REPEATED_SHARE)) return scene.random.pick(said);
    const drawn = draw(scene);
    said.push(drawn);
    return drawn;
  };
}

/** Compiles makers, for the types of one alignment. */
export class ValueCompiler {
  readonly #corpus: Corpus;
  /** Texts that took a process down; shared by all pools, and growing. */
  readonly #deadly = new Set<string>();
  readonly #enums: ReadonlyMap<string, readonly string[]>;

  constructor(alignment: Alignment, corpus: Corpus) {
    this.#corpus = corpus;
    const enums = alignment.classes.filter((one) => one.python.kind === "enum");
    this.#enums = new Map(enums.map((one) => [one.canonical, one.members.map((member) => member.canonical)]));
  }

  /** Hardly draw this text again. */
  avoid(text: string): void {
    this.#deadly.add(text);
  }

  /** Names of options that examples pass to a callable of this name. */
  keywordsOf(callable: string): readonly string[] {
    return this.#corpus.keywordsOf(callable);
  }

  compile(type: Type, place: Place, depth = 0): Maker {
    switch (type.kind) {
      case "int":
        return isCapacityLike(place.name, place.doc) ? drawCapacity : drawInteger;
      case "float":
        return isCapacityLike(place.name, place.doc) ? drawCapacity : drawFloat;
      case "number":
        // Neither side says whether it is an integer.
        if (isCapacityLike(place.name, place.doc)) return drawCapacity;
        return (scene) => (scene.random.chance(0.5) ? drawInteger(scene) : drawFloat(scene));
      case "boolean":
        return (scene) => scene.random.chance(0.5);
      case "string":
        return this.#text(place);
      case "path":
        return repeating(place, (scene) => ({ path: scene.file() }));
      case "bytes":
        return drawBytes;
      case "buffer":
        return drawBuffer;
      case "datetime":
        return drawInstant;
      case "duration":
        return drawDuration;
      case "null":
      case "void":
        return () => null;
      case "undefined":
        return () => ({ undefined: true });
      case "literal":
        return literal(type.value);
      case "list":
      case "iterator":
        return this.#list(type.of, place, depth);
      case "set": {
        const list = this.#list(type.of, place, depth);
        return (scene) => ({ set: distinct(list(scene) as Value[]) });
      }
      case "tuple": {
        const items = type.of.map((item) => this.compile(item, place, depth + 1));
        return (scene) => ({ tuple: items.map((item) => item(scene)) });
      }
      case "map":
        return this.#map(type, place, depth);
      case "struct":
        return this.#struct(type, place, depth);
      case "class":
        return this.#instance(type.name);
      case "enum":
        return this.#enum(type);
      case "callback":
        return this.#callback(type, depth);
      case "union":
        return this.#union(type, place, depth);
      case "awaitable":
      case "async_iterator":
        return this.compile(type.of, place, depth);
      case "variable":
        return drawToken;
      default:
        return this.#anything(place, depth);
    }
  }

  #text(place: Place): Maker {
    const pool = new TextPool(place.name, this.#corpus, this.#deadly);
    const mayBePath = PATH_NAME.test(place.name.toLowerCase());
    return repeating(place, (scene) => {
      if (mayBePath && scene.random.chance(0.6)) return { path: scene.file() };
      const text = scene.tame ? pool.likely(scene.random) : pool.draw(scene.random);
      // A random program stays in its scratch folder: what walks a path would walk the whole machine.
      return mayBePath && LEADS_OUT.test(text) ? { path: scene.file() } : text;
    });
  }

  #list(of: Type, place: Place, depth: number): Maker {
    if (depth >= MAX_DEPTH) return () => [];
    const item = this.compile(of, singular(place), depth + 1);
    return (scene) => {
      const length = scene.tame ? scene.random.between(1, 3) : scene.random.below(MAX_ITEMS);
      return Array.from({ length }, () => item(scene));
    };
  }

  #map(type: Type & { kind: "map" }, place: Place, depth: number): Maker {
    if (depth >= MAX_DEPTH) return () => ({ map: [] });
    const key = this.compile(type.key, { name: "key", doc: null }, depth + 1);
    const value = this.compile(type.value, singular(place), depth + 1);
    return (scene) => {
      const entries = new Map<string, [Value, Value]>();
      for (let left = scene.random.below(4); left > 0; left--) {
        const drawn = key(scene);
        entries.set(JSON.stringify(drawn), [drawn, value(scene)]);
      }
      return { map: [...entries.values()] };
    };
  }

  #struct(type: Type & { kind: "struct" }, place: Place, depth: number): Maker {
    if (depth >= MAX_DEPTH) return () => ({ map: [] });
    const share = Math.max(0.15, Math.min(0.5, 2.5 / Math.max(1, type.fields.length)));
    const fields = type.fields.map((field) => ({
      name: field.name,
      optional: field.optional,
      make: this.compile(field.type, { name: field.name, doc: place.doc }, depth + 1),
    }));
    return (scene) => {
      const entries: [Value, Value][] = [];
      for (const field of fields) {
        if (!field.optional || scene.random.chance(share)) entries.push([field.name, field.make(scene)]);
      }
      return { map: entries };
    };
  }

  #instance(name: string): Maker {
    return (scene) => {
      const handle = scene.handle(name);
      return handle === null ? null : { ref: handle };
    };
  }

  #enum(type: Type & { kind: "enum" }): Maker {
    const members = this.#enums.get(type.name);
    if (members && members.length > 0) {
      return (scene) => ({ ref: scene.constant(type.name, scene.random.pick(members)) });
    }
    const values = type.values.map(literal);
    return (scene) => (values.length > 0 ? scene.random.pick(values)(scene) : null);
  }

  #callback(type: Type & { kind: "callback" }, depth: number): Maker {
    const isAsync = type.returns.kind === "awaitable";
    const returns = this.compile(type.returns, { name: "result", doc: null }, depth + 2);
    return (scene) => {
      const script: Script = {};
      const dice = scene.random.below(100);
      if (dice < 12 && !scene.tame) {
        const kind = scene.random.pick(["value", "type", "key", "state", "error"] as const);
        script.throws = { kind, message: scene.random.pick(["boom", "é🎉", ""]) };
      } else if (dice < 25 && type.parameters.length > 0) script.argument = 0;
      else script.returns = returns(scene);
      if (isAsync) script.async = true;
      return { callback: script, as: scene.callback() };
    };
  }

  #union(type: Type & { kind: "union" }, place: Place, depth: number): Maker {
    const parts = alternatives(type);
    const isChoice = (part: Type): boolean => part.kind === "literal" || part.kind === "enum";
    const isNothing = (part: Type): boolean => part.kind === "null" || part.kind === "undefined";
    const choices = parts.filter(isChoice);
    const others = parts.filter((part) => !isChoice(part) && !isNothing(part));
    const chosen = choices.map((part) => this.compile(part, place, depth));
    const drawn = others.map((part) => this.compile(part, place, depth));
    const isNullable = parts.length > choices.length + others.length;
    return (scene) => {
      if (isNullable && !scene.tame && scene.random.chance(0.15)) return null;
      // A literal beside a plain string is what the library suggests.
      const wantsChoice = chosen.length > 0 && (drawn.length === 0 || scene.random.chance(scene.tame ? 0.8 : 0.6));
      if (wantsChoice) return scene.random.pick(chosen)(scene);
      return drawn.length > 0 ? scene.random.pick(drawn)(scene) : null;
    };
  }

  /** Nothing is declared: data as JSON has it, and the odd ones. */
  #anything(place: Place, depth: number): Maker {
    if (depth >= MAX_DEPTH) return (scene) => ({ int: String(scene.random.below(10)) });
    const text = new TextPool(place.name, this.#corpus, this.#deadly);
    const nested = depth < 2 ? this.compile({ kind: "list", of: { kind: "any" } }, place, depth + 2) : null;
    return (scene) => {
      const { random } = scene;
      switch (random.below(scene.tame ? 5 : 9)) {
        case 0:
          return drawInteger(scene);
        case 1:
          return text.likely(random);
        case 2:
          return {
            map: [
              ["a", drawInteger(scene)],
              ["b", text.likely(random)],
            ],
          };
        case 3:
          return drawFloat(scene);
        case 4:
          return nested ? nested(scene) : random.chance(0.5);
        case 5:
          return text.draw(random);
        default:
          return random.pick(depth === 0 && random.chance(ENDLESS_SHARE) ? ENDLESS_VALUES : ODD_VALUES);
      }
    };
  }
}

/** `edits` holds values that each are an `edit`. */
function singular(place: Place): Place {
  return { ...place, name: place.name.replace(/ies$/, "y").replace(/(?<=[a-z]{2})s$/, "") };
}

function literal(value: string | number | boolean | null): Maker {
  if (typeof value !== "number") return () => value;
  return Number.isInteger(value) ? () => ({ int: String(value) }) : () => ({ float: floatText(value) });
}

function distinct(items: Value[]): Value[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}

/** Integers and texts that both hosts compare, order and write alike; 0 and 1 are not among them, being truths in Python. */
const TOKENS: readonly (readonly Value[])[] = [
  ["2", "3", "4", "7", "-1", "-20", "300"].map((int) => ({ int })),
  ["a", "b", "abc", "", "it's", "\uFB01", "🎉", "a\u0000"],
];

/** A value for a type parameter: what it is does not matter, only which of a few; of one type in the whole program. */
function drawToken(scene: Scene): Value {
  const kinds = scene.said("@variable");
  if (kinds.length === 0) kinds.push({ int: String(scene.random.below(TOKENS.length)) });
  const [kind] = kinds as [{ int: string }];
  return scene.random.pick(TOKENS[Number(kind.int)]!);
}

function drawInteger(scene: Scene): Value {
  const { random } = scene;
  const dice = random.below(100);
  if (scene.tame || dice < 55) return { int: String(random.between(-3, 20)) };
  if (dice < 70) return { int: String((random.next() | 0) >> random.below(24)) };
  if (dice < 92) return { int: String(random.pick(EDGE_INTEGERS)) };
  const high = BigInt.asIntN(64, (BigInt(random.next()) << 32n) | BigInt(random.next()));
  return { int: String(high >> BigInt(random.below(33))) };
}

/** A number that the library may take as an amount of memory or work. */
function drawCapacity(scene: Scene): Value {
  const { random } = scene;
  if (scene.tame || !scene.capped || random.chance(0.8))
    return { int: String(random.below(random.chance(0.8) ? 20 : 65)) };
  scene.risk();
  return { int: String(random.pick(EDGE_INTEGERS)) };
}

function drawFloat(scene: Scene): Value {
  const { random } = scene;
  const dice = random.below(100);
  if (scene.tame || dice < 40) return { float: floatText(random.between(-40, 80) / 4) };
  if (dice < 75) return { float: random.pick(EDGE_FLOATS) };
  return { float: floatText(dice < 90 ? (random.next() - 2 ** 31) / 2 ** random.below(40) : random.float()) };
}

function drawBytes(scene: Scene): Value {
  return { bytes: scene.random.pick(BYTES) };
}

function drawBuffer(scene: Scene): Value {
  if (scene.random.chance(0.5)) return drawBytes(scene);
  const length = scene.random.below(MAX_ITEMS) * 2;
  return { floats: Array.from({ length }, () => (drawFloat(scene) as { float: string }).float) };
}

/** Whole milliseconds: JavaScript has no shorter ones. */
function drawInstant(scene: Scene): Value {
  const { random } = scene;
  if (!scene.tame && random.chance(0.5)) return { datetime: random.pick(EDGE_INSTANTS) };
  return { datetime: new Date(random.next() * 1000 + random.below(1000)).toISOString() };
}

function drawDuration(scene: Scene): Value {
  const { random } = scene;
  if (!scene.tame && random.chance(0.5)) return { duration: random.pick(EDGE_DURATIONS) };
  return { duration: `${random.between(-1000, 100_000)}000`.replace(/^-?0+$/, "0") };
}
