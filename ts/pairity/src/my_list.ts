import { inspect } from "node:util";
import { isEqual, isLess, itemText, iterableOf } from "./my_list_values.ts";
import { type Handle, type Integer, native } from "./native.ts";

/** How {@link MyList.sort} sorts. */
export interface SortOptions<T> {
  /** What the items are ordered by; themselves when absent. */
  key?: ((item: T) => unknown) | null;
  /** The greatest first; equal items keep their order all the same. */
  reverse?: boolean;
}

/** Iterates over a list; after a `break` it goes on where it stopped. */
class MyListIterator<T> implements IterableIterator<T> {
  readonly #next: () => IteratorResult<T, undefined>;

  constructor(next: () => IteratorResult<T, undefined>) {
    this.#next = next;
  }

  /** The next item; at the end it has ended for good. */
  next(): IteratorResult<T, undefined> {
    return this.#next();
  }

  /** Returns itself, so that a loop goes on where another one stopped. */
  [Symbol.iterator](): this {
    return this;
  }
}

/**
 * A list of any values, which behaves as Python's `list` does, and as Array where the names are Array's.
 *
 * Where the two differ, `list` holds: {@link at} and {@link pop} throw `ERR_INDEX` where there is no item, an index is an
 * integer, and {@link sort} without a comparing function orders numbers by value. What is equal {@link includes} says.
 *
 * @example
 * const names = new MyList(["b", "a"]);
 * names.append("c");
 * [...names.slice(-2)]; // ["a", "c"]
 */
export class MyList<T> {
  readonly #handle: Handle<"MyList"> = native.myListNew();
  /** The values by their ids: V8 owns them, so that it can collect lists that hold each other. */
  readonly #values = new Map<number, T>();

  /** Creates a list of the values of an iterable. */
  constructor(values: Iterable<T> = []) {
    this.extend(values);
  }

  static #is(value: unknown): value is MyList<unknown> {
    return typeof value === "object" && value !== null && #handle in value;
  }

  #value(id: number): T {
    return this.#values.get(id) as T;
  }

  #put(ids: readonly number[], values: readonly T[]): void {
    ids.forEach((id, index) => {
      this.#values.set(id, values[index] as T);
    });
  }

  #forget(ids: readonly number[]): void {
    for (const id of ids) this.#values.delete(id);
  }

  #take(id: number): T {
    const value = this.#value(id);
    this.#values.delete(id);
    return value;
  }

  /** The place of the next item of an iteration that equals `value`; null when there is none. */
  #find(value: unknown, cursor: Handle<"Cursor">): number | null {
    for (;;) {
      const next = native.myListNextPlace(this.#handle, cursor);
      if (next === null) return null;
      const [place, id] = next;
      if (isEqual(this.#value(id), value)) return place;
    }
  }

  #iterate(cursor: Handle<"Cursor">): IterableIterator<T> {
    return new MyListIterator(() => {
      const id = native.myListNext(this.#handle, cursor);
      return id === null ? { done: true, value: undefined } : { done: false, value: this.#value(id) };
    });
  }

  /** The number of items. */
  get length(): number {
    return native.myListLength(this.#handle);
  }

  /** Returns the item at `index`; a negative index counts from the end. Throws `ERR_INDEX`, where an array has undefined. */
  at(index: Integer): T {
    return this.#value(native.myListGet(this.#handle, index));
  }

  /** Replaces the item at `index`; a negative index counts from the end. Throws `ERR_INDEX`. */
  set(index: Integer, value: T): void {
    this.#values.set(native.myListGet(this.#handle, index), value);
  }

  /** Removes the item at `index`; a negative index counts from the end. Throws `ERR_INDEX`. */
  delete(index: Integer): void {
    this.#values.delete(native.myListDelete(this.#handle, index));
  }

  /**
   * Returns a list of the items from `start` up to, but not including, `stop`, every `step`th of them: as Array has it,
   * and with Python's step, which may be negative. Throws a RangeError for the step 0.
   */
  slice(start?: Integer | null, stop?: Integer | null, step?: Integer | null): MyList<T> {
    const ids = native.myListSlice(this.#handle, start, stop, step);
    return new MyList(ids.map((id) => this.#value(id)));
  }

  /**
   * Removes `deleteCount` items from `start` on, all when it is left out, puts the values in their place, and returns a
   * list of what was removed: as Array has it, with integers.
   */
  splice(start: Integer, ...rest: [] | [deleteCount: Integer, ...values: T[]]): MyList<T> {
    const [deleteCount = Number.MAX_SAFE_INTEGER, ...values] = rest;
    const [removed, added] = native.myListSplice(this.#handle, start, deleteCount, values.length);
    const result = new MyList(removed.map((id) => this.#take(id)));
    this.#put(added, values);
    return result;
  }

  /**
   * Returns whether an item equals `value`: as Array has it (a NaN is included), and beyond that objects with a method
   * `equals`, as those of this package, by what it says.
   */
  includes(value: T): boolean {
    return this.#find(value, native.myListForward(this.#handle)) !== null;
  }

  /** Puts a value at the end. */
  append(value: T): void {
    this.#values.set(native.myListAppend(this.#handle), value);
  }

  /** Puts the values of an iterable at the end, each as it comes: those before an exception stay. */
  extend(values: Iterable<T>): void {
    native.myListLength(this.#handle);
    iterableOf(values);
    if (Array.isArray(values) || MyList.#is(values)) {
      // Read at one moment: it may be this very list.
      const all: T[] = [...values];
      this.#put(native.myListExtend(this.#handle, all.length), all);
    } else {
      for (const value of values) this.append(value);
    }
  }

  /** Puts a value before the item at `index`: at the ends where there is none. */
  insert(index: Integer, value: T): void {
    this.#values.set(native.myListInsert(this.#handle, index), value);
  }

  /** Removes the item at `index`, the last one when it is left out, and returns it. Throws `ERR_INDEX`. */
  pop(index: Integer = -1): T {
    return this.#take(native.myListPop(this.#handle, index));
  }

  /** Removes the first item that equals `value`, as {@link includes} has it. Throws a RangeError when there is none. */
  remove(value: T): void {
    const found = this.#find(value, native.myListForward(this.#handle));
    this.#forget(native.myListRemove(this.#handle, native.myListFound(found)));
  }

  /** Removes all items. */
  clear(): void {
    this.#forget(native.myListClear(this.#handle));
  }

  /** Turns the order of the items around, and returns this very list, as Array has it. */
  reverse(): this {
    native.myListReverse(this.#handle);
    return this;
  }

  /**
   * Returns the index of the first item that equals `value`, as {@link includes} has it, from `start` up to, but not
   * including, `stop`. Throws a RangeError when there is none; {@link indexOf} returns −1.
   */
  index(value: T, start: Integer = 0, stop: Integer = Number.MAX_SAFE_INTEGER): number {
    return native.myListFound(this.#find(value, native.myListBetween(this.#handle, start, stop)));
  }

  /** Returns the number of items that equal `value`, as {@link includes} has it. */
  count(value: T): number {
    const cursor = native.myListForward(this.#handle);
    let count = 0;
    while (this.#find(value, cursor) !== null) count += 1;
    return count;
  }

  /** Returns the index of the first item from `start` on that is strictly equal, −1 when there is none: as Array has it. */
  indexOf(value: T, start = 0): number {
    return [...this].indexOf(value, start);
  }

  /** Returns the index of the last item up to `start` that is strictly equal, −1 when there is none: as Array has it. */
  lastIndexOf(value: T, start = Number.POSITIVE_INFINITY): number {
    return [...this].lastIndexOf(value, start);
  }

  /**
   * Sorts the items and returns this very list; equal ones keep their order.
   *
   * The order is that of a comparing function, as Array has it, or the natural one, of the items or of what `key` returns
   * for each: numbers by value, strings by code points, arrays item by item, objects by their `compareTo` or `valueOf`.
   * Throws `ERR_TYPE` where there is no natural order; what functions throw passes through; then the order is as before.
   * Meanwhile the list is empty; when it was changed it throws a RangeError, is sorted, and loses what came in.
   */
  sort(options?: SortOptions<T>): this;
  sort(compare: (left: T, right: T) => number): this;
  sort(options?: SortOptions<T> | ((left: T, right: T) => number)): this {
    const compare = typeof options === "function" ? options : undefined;
    const key = typeof options === "function" ? undefined : options?.key;
    const sorting = native.myListSort(
      this.#handle,
      compare === undefined ? (options as object | undefined) : undefined,
    );
    try {
      const items = native.sortingIds(sorting).map((id) => this.#value(id));
      if (compare !== undefined) this.#answer(sorting, items, (left, right) => compare(left, right) < 0);
      else this.#answer(sorting, key ? items.map((item) => key(item)) : items, isLess);
    } finally {
      this.#forget(native.myListFinish(this.#handle, sorting));
    }
    native.sortingCheck(sorting);
    return this;
  }

  #answer<K>(sorting: Handle<"Sorting">, keys: readonly K[], less: (left: K, right: K) => boolean): void {
    for (let asked = native.sortingAsk(sorting); asked !== null; asked = native.sortingAsk(sorting)) {
      const [left, right] = asked;
      native.sortingAnswer(sorting, less(keys[left] as K, keys[right] as K));
    }
  }

  /** Returns a list of the items of both lists. */
  add(other: MyList<T>): MyList<T> {
    native.myListLength(this.#handle);
    if (!MyList.#is(other)) native.myListRefuse(other);
    const result = new MyList(this);
    result.extend(other);
    return result;
  }

  /** As {@link extend}, and returns this very list: every name of it sees the change. */
  addAssign(values: Iterable<T>): this {
    this.extend(values);
    return this;
  }

  /** Returns a list of the items, `times` times over. Throws a RangeError beyond 2^27 items. */
  repeat(times: Integer): MyList<T> {
    return new MyList(native.myListRepeated(this.#handle, times).map((id) => this.#value(id)));
  }

  /** Repeats the items in place, and returns this very list. Throws a RangeError beyond 2^27 items. */
  repeatAssign(times: Integer): this {
    const values = native.myListRepeated(this.#handle, times).map((id) => this.#value(id));
    this.clear();
    this.extend(values);
    return this;
  }

  /** Returns whether `other` is a list of the same length with equal items, as {@link includes} has it. */
  equals(other: unknown): boolean {
    if (!MyList.#is(other)) return false;
    if (this.length !== other.length) return false;
    const [mine, others] = [this[Symbol.iterator](), other[Symbol.iterator]()];
    for (;;) {
      const [one, two] = [mine.next(), others.next()];
      if (one.done === true || two.done === true) return this.length === other.length;
      if (!isEqual(one.value, two.value)) return false;
    }
  }

  /** Returns a list of the same values. */
  clone(): MyList<T> {
    return new MyList(this);
  }

  /** Returns `MyList([1, 'a'])`; inside of itself a list is `[...]`. */
  toString(): string {
    if (!native.myListBeginText(this.#handle)) return native.myListText(null);
    try {
      return native.myListText(Array.from(this, itemText));
    } finally {
      native.myListEndText(this.#handle);
    }
  }

  /** Returns an array of the items: what `JSON.stringify` writes. */
  toJSON(): T[] {
    return [...this];
  }

  /** Frees the native list and lets go of the values now; every later call throws `ERR_STATE`. */
  close(): void {
    native.myListClose(this.#handle);
    this.#values.clear();
  }

  /** As {@link close}: `using names = new MyList(["a"])`. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** Iterates over the items, those included that come in behind meanwhile. */
  [Symbol.iterator](): IterableIterator<T> {
    return this.#iterate(native.myListForward(this.#handle));
  }

  /** Iterates from the last item to the first. */
  reversed(): IterableIterator<T> {
    return this.#iterate(native.myListBackward(this.#handle));
  }

  /** What `console.log` shows: as {@link toString}. */
  [inspect.custom](): string {
    return this.toString();
  }
}
