import { inspect } from "node:util";
import { type Handle, native } from "./native.ts";

/** A transition: the state that it leaves, the event that causes it, the state that it enters. */
export type Transition = readonly [source: string, event: string, target: string];

/** Decides whether a transition may happen. */
export type TransitionGuard = (source: string, event: string, target: string) => boolean;

/** Hears of a transition that happened. */
export type TransitionListener = (source: string, event: string, target: string) => unknown;

/** A stored transition. */
export interface TransitionData {
  source: string;
  event: string;
  target: string;
}

/** A stored {@link StateMachine}; guards are no data, and only their places are kept. */
export interface StateMachineData {
  initial: string;
  state: string;
  states: string[];
  transitions: (TransitionData & { guarded: boolean })[];
  history: TransitionData[];
}

/** The handle that the next constructor call takes over instead of making one. */
let adopted: Handle<"StateMachine"> | undefined;

/**
 * A finite state machine: events lead from state to state, where guards agree; listeners hear of it.
 *
 * An event leads along the first transition of its name, in the order of their making, whose guard returns true. A guard
 * and a listener are called with the state that is left, the event, and the state that is entered.
 *
 * - What a guard throws passes through unchanged, and nothing changes. While guards are asked the machine can be read, and
 *   nothing else: a guard that fires gets `ERR_STATE`.
 * - A listener may fire: the state changes at once, and all listeners hear of one transition before any hears of the next.
 *   All are told also when one throws; the first exception is thrown afterwards.
 *
 * @example
 * const door = new StateMachine("closed");
 * door.addState("open");
 * door.addTransition("closed", "push", "open");
 * door.fire("push"); // "open"
 */
export class StateMachine {
  readonly #handle: Handle<"StateMachine">;
  /** Guards and listeners by their numbers: the core knows the numbers, so that V8 collects cycles through functions. */
  readonly #functions = new Map<number, TransitionListener>();

  /** Creates a machine with one state, which it is in. Throws a RangeError when its name is empty or blank. */
  constructor(initial: string) {
    this.#handle = adopted ?? native.stateMachineNew(initial);
    adopted = undefined;
  }

  /**
   * Builds a machine from what {@link toJSON} returned.
   *
   * A transition that had a guard cannot happen before {@link setGuard} gives it one again: it throws `ERR_STATE`. Throws
   * `ERR_KEY` for a field that is absent and a state that there is not, and a TypeError or RangeError with the path of
   * what is wrong.
   */
  static fromDict(data: StateMachineData): StateMachine {
    return StateMachine.#adopt(native.stateMachineFromDict(data));
  }

  /** Builds a machine from what {@link toJSON} returned, as {@link fromDict}. */
  static fromJSON(data: StateMachineData): StateMachine {
    return StateMachine.fromDict(data);
  }

  /** Builds a machine from the JSON text of such an object. Throws a RangeError when it is no JSON. */
  static fromJsonText(text: string): StateMachine {
    return StateMachine.#adopt(native.stateMachineFromJsonText(text));
  }

  static #adopt(handle: Handle<"StateMachine">): StateMachine {
    adopted = handle;
    return new StateMachine("");
  }

  /** Adds a state. Throws a RangeError when the name is empty, blank or taken. */
  addState(name: string): void {
    native.stateMachineAddState(this.#handle, name);
  }

  /**
   * Adds a transition: in the state `source`, the event leads to the state `target` when the guard returns true.
   *
   * Throws `ERR_KEY` when one of the states is unknown, and a RangeError when the event is empty or blank, there is the
   * same transition already, or one before it without a guard.
   */
  addTransition(source: string, event: string, target: string, guard: TransitionGuard | null = null): void {
    const number = native.stateMachineAddTransition(this.#handle, source, event, target, guard);
    this.#keep(number, guard);
  }

  /** Gives a transition another guard, or none. Throws `ERR_KEY` when there is no such transition. */
  setGuard(source: string, event: string, target: string, guard: TransitionGuard | null): void {
    const [number, old] = native.stateMachineSetGuard(this.#handle, source, event, target, guard);
    this.#keep(number, guard);
    if (old !== null) this.#functions.delete(old);
  }

  /**
   * Calls `listener` after every later transition, after those that are there already.
   *
   * @returns a function that ends it; a second time it changes nothing
   */
  onTransition(listener: TransitionListener): () => void {
    const number = native.stateMachineListen(this.#handle, listener);
    this.#functions.set(number, listener);
    return () => {
      if (this.#functions.delete(number)) native.stateMachineForget(this.#handle, number);
    };
  }

  /**
   * Returns whether an event would change the state now; its guards are asked.
   * Throws `ERR_KEY` when no transition has such an event, `ERR_STATE` when a guard is missing, and what a guard throws.
   */
  can(event: string): boolean {
    return native.stateMachineCan(this.#handle, event, this.#call, this.#call);
  }

  /**
   * Follows an event, tells the listeners, and returns the state that it led to.
   *
   * Throws `ERR_KEY` when no transition has such an event; `ERR_STATE`, whose message names both states, when it leads from
   * other states only or no guard agrees, and when a guard is missing; and what a guard throws: in all these cases nothing
   * changes. And what a listener throws: the state has changed.
   */
  fire(event: string): string {
    const thrown: unknown[] = [];
    // Native code cannot go on while an exception is on its way, and the other listeners are to be told.
    const tell = (number: number, transition: Transition) => {
      try {
        this.#call(number, transition);
      } catch (error) {
        thrown.push(error);
      }
    };
    const state = native.stateMachineFire(this.#handle, event, this.#call, tell);
    if (thrown.length > 0) throw thrown[0];
    return state;
  }

  /** Goes back to the initial state and forgets the history; no guard is asked and no listener told. */
  reset(): void {
    native.stateMachineReset(this.#handle);
  }

  /** The state that it is in. */
  get state(): string {
    return native.stateMachineState(this.#handle);
  }

  /** The state that it began in. */
  get initial(): string {
    return native.stateMachineInitial(this.#handle);
  }

  /** All states, in the order of their making. */
  get states(): string[] {
    return native.stateMachineStates(this.#handle);
  }

  /** The events that lead away from this state if their guards agree. */
  get events(): string[] {
    return native.stateMachineEvents(this.#handle);
  }

  /** All transitions, in the order of their making. */
  get transitions(): Transition[] {
    return native.stateMachineTransitions(this.#handle);
  }

  /** The last 1,000 transitions that happened, the oldest first. */
  get history(): Transition[] {
    return native.stateMachineHistory(this.#handle);
  }

  /** Returns the states, the transitions, the state and the history as a plain object. */
  toJSON(): StateMachineData {
    return native.stateMachineData(this.#handle) as StateMachineData;
  }

  /** Returns the JSON text of that object, without blanks: the same text as in Python. */
  toJsonText(): string {
    return native.stateMachineToJsonText(this.#handle);
  }

  /**
   * Returns a picture in the language of Graphviz: the initial state has two borders, the present one is bold, and a
   * transition with a guard is dashed.
   */
  toDot(): string {
    return native.stateMachineToDot(this.#handle);
  }

  /** Returns the text `StateMachine(state='idle', states=3, transitions=2)`. */
  toString(): string {
    return native.stateMachineText(this.#handle);
  }

  /** Frees the native machine now; every later call throws `ERR_STATE`. */
  close(): void {
    native.stateMachineClose(this.#handle);
    this.#functions.clear();
  }

  /** As {@link close}. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** What `console.log` shows: as {@link toString}. */
  [inspect.custom](): string {
    return this.toString();
  }

  #keep(number: number | null, guard: TransitionGuard | null): void {
    if (number !== null && guard !== null) this.#functions.set(number, guard);
  }

  /** Calls the function with a number, for the core; what it returns is checked at the border. */
  readonly #call = (number: number, [source, event, target]: Transition): boolean => {
    return this.#functions.get(number)?.(source, event, target) as boolean;
  };
}
