/** The live handles of a program, and the state of them that was sent last. */
import type { State } from "../../program/program.ts";
import { type Encoder, MAX_OBJECTS } from "./encode.ts";
import { Missing } from "./faults.ts";
import { type Library, NOTHING, type Observed } from "./library.ts";

interface Handle {
  value: unknown;
  observed: Observed;
  raw: unknown[];
  /** Encoded members, and their texts to compare what is no plain value. */
  encoded: State[string][];
  texts: (string | undefined)[];
}

/** Members that are objects show their own members, and no further: this happens after every step. */
const NESTED = MAX_OBJECTS - 1;
const ABSENT = Symbol("absent");

/** The handles of one program by name. */
export class Handles {
  readonly live = new Map<string, Handle>();
  readonly #library: Library;

  constructor(library: Library) {
    this.#library = library;
  }

  /** The object of a live handle. */
  get(name: string): unknown {
    const handle = this.live.get(name);
    if (handle === undefined) throw new Missing(name);
    return handle.value;
  }

  /** Make a value live under a name. */
  bind(name: string, value: unknown): void {
    const observed = typeof value === "object" && value !== null ? this.#library.observed(value) : NOTHING;
    const raw = observed.names.map(() => ABSENT as unknown);
    this.live.set(name, { value, observed, raw, encoded: [], texts: [] });
  }

  /** Let go of a handle. */
  drop(name: string): void {
    if (!this.live.delete(name)) throw new Missing(name);
  }

  /** The name under which this very object is live. */
  nameOf(value: unknown): string | undefined {
    for (const [name, handle] of this.live) if (handle.value === value) return name;
    return undefined;
  }

  /** Read the state of every live handle; what differs from what was sent. */
  changes(encoder: Encoder): Record<string, State> | undefined {
    let changed: Record<string, State> | undefined;
    for (const [name, handle] of this.live) {
      if (handle.observed.readers.length === 0 || !this.#refresh(handle, encoder)) continue;
      changed ??= {};
      const state: State = {};
      handle.observed.names.forEach((member, index) => {
        state[member] = handle.encoded[index]!;
      });
      changed[name] = state;
    }
    return changed;
  }

  #refresh(handle: Handle, encoder: Encoder): boolean {
    const { raw, encoded, texts, value: target } = handle;
    const { readers } = handle.observed;
    let fresh = false;
    for (let index = 0; index < readers.length; index++) {
      let value: unknown;
      let next: State[string];
      try {
        value = readers[index]!(target);
        const plain = value === null || (typeof value !== "object" && typeof value !== "function");
        // Most members did not change, and most of them are plain: nothing is encoded for those.
        if (plain && Object.is(value, raw[index])) continue;
        next = encoder.encode(value, NESTED);
      } catch (error) {
        value = ABSENT;
        next = { error: encoder.error(error) };
      }
      raw[index] = value;
      const text = JSON.stringify(next);
      if (text === texts[index]) continue;
      texts[index] = text;
      encoded[index] = next;
      fresh = true;
    }
    return fresh;
  }
}
