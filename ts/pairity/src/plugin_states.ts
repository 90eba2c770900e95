/** Copies of what plugins save, so that whoever gets one cannot change what another generation gets. */

/**
 * Returns a copy of a state that shares no data with it: arrays, plain objects, maps, sets, dates and bytes.
 *
 * Anything else, such as a function, a server or an object of a class, is handed over itself: there is one, and it changes
 * hands.
 */
export function copied(state: unknown): unknown {
  return copy(state, new Map());
}

/** The prototypes of what holds bytes; an object of a class derived from one of them is no mere data. */
const BYTES = new Set<unknown>(
  [
    ArrayBuffer,
    DataView,
    Int8Array,
    Uint8Array,
    Uint8ClampedArray,
    Int16Array,
    Uint16Array,
    Int32Array,
    Uint32Array,
    Float32Array,
    Float64Array,
    BigInt64Array,
    BigUint64Array,
  ].map((kind) => kind.prototype),
);

function copy(value: unknown, known: Map<object, unknown>): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (known.has(value)) return known.get(value);
  const remember = <Copy>(made: Copy): Copy => {
    known.set(value, made);
    return made;
  };
  const prototype = Object.getPrototypeOf(value) as object | null;
  switch (prototype) {
    case Date.prototype:
      return remember(new Date(value as unknown as Date));
    case Map.prototype: {
      const made = remember(new Map<unknown, unknown>());
      for (const [key, item] of value as Map<unknown, unknown>) made.set(copy(key, known), copy(item, known));
      return made;
    }
    case Set.prototype: {
      const made = remember(new Set<unknown>());
      for (const item of value as Set<unknown>) made.add(copy(item, known));
      return made;
    }
    case Buffer.prototype:
      return remember(Buffer.from(value as Buffer));
    case Array.prototype: {
      const items = value as unknown[];
      const made = remember(new Array<unknown>(items.length));
      // A hole stays one.
      for (const at of items.keys()) if (at in items) made[at] = copy(items[at], known);
      return made;
    }
    case Object.prototype:
    case null:
      return properties(value, remember(Object.create(prototype) as object), known);
    default:
      return remember(BYTES.has(prototype) ? structuredClone(value) : value);
  }
}

/** Defines the properties of `from`, so that no setter runs and `__proto__` is a name as any other. */
function properties(from: object, to: object, known: Map<object, unknown>): object {
  for (const key of Reflect.ownKeys(from)) {
    const property = Reflect.getOwnPropertyDescriptor(from, key);
    if (property === undefined) continue;
    // What a getter returns is made anew anyway.
    if ("value" in property) property.value = copy(property.value, known);
    Object.defineProperty(to, key, property);
  }
  return to;
}
