/** Draws strings for a parameter: examples that mean something first, then changes of them, edges, and noise. */
import { existsSync } from "node:fs";
import { dirname } from "node:path";
import type { Corpus } from "./corpus.ts";
import { BROKEN_TEXTS, EDGE_TEXTS } from "./edges.ts";
import { hintsFor } from "./hints.ts";
import { mutateText } from "./mutate.ts";
import type { Random } from "./random.ts";

const LETTERS = "abcdefghijklmnopqrstuvwxyzABCXYZ0123456789 _-.,:/";
const SPECIAL = ["é", "ß", "日", "🎉", "\u0301", "\n", "\u0000", '"', "\\"];
/** A known killer is let through this often: another member may take it, and die of it too. */
const DEADLY_SHARE = 0.02;
const RETRIES = 8;
const LONG_TEXT = 5000;
/** Repeated, these nest: a parser that recurses runs out of stack. */
const NESTING = ["x", "(", "[", '{"a":', "<div>", "-", "!", "a.", "1+"];
/** A parameter's own examples may be many pages; past this number more of them add little. */
const MAX_OWN = 200;

/** A path that may lead out of the folder that a program runs in. */
export const LEADS_OUT = /^\s*[/\\~]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)/;

/**
 * The text, or a path in the working folder where it names a place outside of it that is there or could be made: whatever
 * the parameter is called, a library may take it for a folder, and empty that.
 */
function inside(text: string): string {
  const path = text.trim();
  if (!LEADS_OUT.test(path)) return text;
  const parts = path.split(/[/\\]+/);
  const isElsewhere = !path.startsWith("~") && !parts.includes("..") && !existsSync(dirname(path));
  return isElsewhere ? text : parts.filter((part) => !/^(?:|~.*|\.\.|[A-Za-z]:)$/.test(part)).join("/") || "a";
}

/** A pool of texts for one parameter. */
export class TextPool {
  readonly #own: readonly string[];
  readonly #all: readonly string[];

  readonly #deadly: ReadonlySet<string>;

  /** `deadly` are texts that took a process down; they are hardly drawn again. */
  constructor(name: string, corpus: Corpus, deadly: ReadonlySet<string>) {
    this.#deadly = deadly;
    const seen = corpus.of(name).slice(0, MAX_OWN);
    const hints = hintsFor(name);
    // Examples are repeated so that they outweigh the hints even where there are few.
    this.#own = seen.length > 0 ? [...seen, ...seen, ...hints] : hints;
    this.#all = [...this.#own, ...corpus.general.slice(0, MAX_OWN), ...hints];
  }

  /** A text that the library is likely to accept. */
  likely(random: Random): string {
    return this.#spare(random, () => (random.chance(0.9) ? random.pick(this.#own) : random.pick(this.#all)));
  }

  /** Any text. */
  draw(random: Random): string {
    return this.#spare(random, () => this.#any(random));
  }

  #spare(random: Random, draw: () => string): string {
    let text = draw();
    for (let again = 0; again < RETRIES && this.#deadly.has(text) && !random.chance(DEADLY_SHARE); again++)
      text = draw();
    return inside(text);
  }

  #any(random: Random): string {
    const dice = random.below(100);
    if (dice < 45) return random.pick(this.#own);
    if (dice < 63) return mutateText(random.pick(this.#own), this.#all, random);
    if (dice < 75) return random.pick(this.#all);
    if (dice < 85) return randomText(random);
    if (dice < 95) return random.pick(EDGE_TEXTS);
    if (dice < 98) return random.pick(BROKEN_TEXTS);
    const unit = random.chance(0.6) ? random.pick(NESTING) : random.pick(this.#own);
    return unit.repeat(Math.max(1, Math.ceil(LONG_TEXT / Math.max(1, unit.length))));
  }
}

function randomText(random: Random): string {
  let text = "";
  for (let length = random.below(12); length > 0; length--) {
    text += random.chance(0.85) ? LETTERS[random.below(LETTERS.length)] : random.pick(SPECIAL);
  }
  return text;
}
