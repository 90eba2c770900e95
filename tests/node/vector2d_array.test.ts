/** What only JavaScript asks of a Vector2DArray: whose memory a Float64Array is, and what happens when it goes away. */
import { inspect } from "node:util";
import { Vector2D, Vector2DArray } from "pairity";
import { describe, expect, it } from "vitest";
import { thrownBy } from "./thrown.ts";

const wrong: (value: unknown) => never = (value) => value as never;

/** Takes the memory of a typed array away, as posting it to a worker does. */
function detach(values: Float64Array): void {
  structuredClone(null, { transfer: [values.buffer as ArrayBuffer] });
}

/** An ArrayBuffer that can grow and shrink; not every TypeScript library knows the option yet. */
function resizable(bytes: number, most: number): ArrayBuffer & { resize(bytes: number): void } {
  return Reflect.construct(ArrayBuffer, [bytes, { maxByteLength: most }]);
}

describe("Vector2DArray", () => {
  it("shares the memory of a Float64Array in both directions", () => {
    const values = Float64Array.of(1, 2, 3, 4);
    const vectors = Vector2DArray.fromBuffer(values);
    values[0] = 9;
    vectors.set(1, [7, 8]);
    expect([...values]).toEqual([9, 2, 7, 8]);
    expect(vectors.at(0).x).toBe(9);
    expect(vectors.toFloat64Array()).toBe(values);
  });

  it("shares a part of a larger buffer", () => {
    const memory = new ArrayBuffer(64);
    const vectors = Vector2DArray.fromBuffer(new Float64Array(memory, 16, 4));
    vectors.set(0, [1, 2]);
    expect([...new Float64Array(memory)]).toEqual([0, 0, 1, 2, 0, 0, 0, 0]);
  });

  it("copies when it is told to", () => {
    const values = Float64Array.of(1, 2);
    const vectors = Vector2DArray.fromBuffer(values, { copy: true });
    values[0] = 9;
    expect(vectors.at(0).x).toBe(1);
    detach(values);
    expect(vectors.at(0).x).toBe(1);
  });

  it("gives away the memory that it made itself", () => {
    const vectors = new Vector2DArray([[1, 2], new Vector2D(3, 4)]);
    const values = vectors.toFloat64Array();
    expect([...values]).toEqual([1, 2, 3, 4]);
    values[3] = 9;
    expect(vectors.at(-1).y).toBe(9);
    expect(vectors.clone().toFloat64Array()).not.toBe(values);
  });

  it("knows from the options object's own keys what it does not know", () => {
    const values = new Float64Array(2);
    const error = { name: "TypeError", code: "ERR_TYPE" };
    expect(thrownBy(() => Vector2DArray.fromBuffer(values, wrong({ cpy: true })))).toMatchObject({
      ...error,
      message: "Unknown option 'cpy'",
    });
    expect(thrownBy(() => Vector2DArray.fromBuffer(values, wrong({ copy: null })))).toMatchObject(error);
    expect(thrownBy(() => Vector2DArray.fromBuffer(values, wrong(true)))).toMatchObject(error);
    for (const options of [undefined, null, {}, { copy: undefined }, { copy: false }]) {
      expect(Vector2DArray.fromBuffer(values, wrong(options)).toFloat64Array()).toBe(values);
    }
  });

  it.each([
    [new Int8Array(2), "signed 8-bit integers"],
    [new Uint8Array(2), "unsigned 8-bit integers"],
    [new Uint8ClampedArray(2), "unsigned 8-bit integers"],
    [Buffer.alloc(2), "unsigned 8-bit integers"],
    [new Int16Array(2), "signed 16-bit integers"],
    [new Uint16Array(2), "unsigned 16-bit integers"],
    [new Int32Array(2), "signed 32-bit integers"],
    [new Uint32Array(2), "unsigned 32-bit integers"],
    [new Float32Array(2), "32-bit floats"],
    [new BigInt64Array(2), "signed 64-bit integers"],
    [new BigUint64Array(2), "unsigned 64-bit integers"],
  ])("refuses %o, and says what it holds", (buffer, elements) => {
    expect(thrownBy(() => Vector2DArray.fromBuffer(wrong(buffer)))).toMatchObject({
      name: "RangeError",
      code: "ERR_VALUE",
      message: `buffer must hold native 64-bit floats, got ${elements}`,
    });
  });

  it.each([
    [new ArrayBuffer(16), "bytes"],
    [new DataView(new ArrayBuffer(16)), "bytes"],
    [new SharedArrayBuffer(16), "an object"],
    [[1, 2], "a list"],
    [new Vector2DArray([[1, 2]]), "Vector2DArray"],
    [undefined, "null"],
    [Object.create(Float64Array.prototype), "an object"],
    [new Proxy(new Float64Array(2), {}), "an object"],
  ])("refuses %o, which is no Float64Array", (buffer, got) => {
    expect(thrownBy(() => Vector2DArray.fromBuffer(wrong(buffer)))).toMatchObject({
      name: "TypeError",
      message: `buffer must be a buffer of 64-bit floats, got ${got}`,
    });
  });

  it("refuses memory that threads share", () => {
    const values = new Float64Array(new SharedArrayBuffer(32));
    expect(thrownBy(() => Vector2DArray.fromBuffer(values))).toMatchObject({
      name: "RangeError",
      code: "ERR_VALUE",
      message: "buffer is shared between threads",
    });
  });

  it("says that its memory is detached, in every use", () => {
    const values = Float64Array.of(1, 2);
    const vectors = Vector2DArray.fromBuffer(values);
    const other = new Vector2DArray([[1, 2]]);
    detach(values);
    const detached = (name: string) => ({ name: "Error", code: "ERR_STATE", message: `${name} is detached` });
    for (const use of [
      () => vectors.length,
      () => vectors.at(0),
      () => vectors.set(0, [1, 2]),
      () => vectors.add(other),
      () => vectors.scale(2),
      () => vectors.dot(other),
      () => vectors.magnitudes(),
      () => vectors.sum(),
      () => vectors.equals(other),
      () => vectors.clone(),
      () => vectors.toJSON(),
      () => vectors.toFloat64Array(),
      () => `${vectors}`,
      () => [...vectors],
      () => Vector2DArray.fromBuffer(values),
    ]) {
      expect(thrownBy(use)).toMatchObject(detached("buffer"));
    }
    expect(thrownBy(() => other.add(vectors))).toMatchObject(detached("other"));
    vectors.close();
    expect(thrownBy(() => vectors.sum())).toMatchObject({ message: "Vector2DArray is closed" });
  });

  it("notices memory that an argument's getter takes away", () => {
    const values = new Float64Array(1024);
    const vectors = Vector2DArray.fromBuffer(values);
    const row = [0, 0];
    Object.defineProperty(row, 1, {
      get() {
        detach(values);
        return 1;
      },
    });
    expect(thrownBy(() => vectors.set(0, wrong(row)))).toMatchObject({
      code: "ERR_STATE",
      message: "buffer is detached",
    });
    const again = new Float64Array(1024);
    const options = {
      get copy() {
        detach(again);
        return false;
      },
    };
    expect(thrownBy(() => Vector2DArray.fromBuffer(again, options).sum())).toMatchObject({
      message: "buffer is detached",
    });
  });

  it("follows a buffer that shrinks and grows, and never reads beyond it", () => {
    const memory = resizable(64, 4096);
    const vectors = Vector2DArray.fromBuffer(new Float64Array(memory));
    expect(vectors.length).toBe(4);
    memory.resize(32);
    expect(vectors.length).toBe(2);
    expect(thrownBy(() => vectors.at(3))).toMatchObject({ code: "ERR_INDEX" });
    memory.resize(4096);
    expect(vectors.add(vectors).length).toBe(256);
    memory.resize(24);
    expect(thrownBy(() => vectors.sum())).toMatchObject({ name: "RangeError", code: "ERR_VALUE" });
    memory.resize(0);
    expect(vectors.sum().toJSON()).toEqual({ x: 0, y: 0 });
  });

  it("has no rows where a view of fixed length no longer fits its buffer", () => {
    const memory = resizable(64, 64);
    const vectors = Vector2DArray.fromBuffer(new Float64Array(memory, 16, 4));
    memory.resize(32);
    expect(vectors.length).toBe(0);
    memory.resize(64);
    expect(vectors.length).toBe(2);
  });

  it("writes a result into memory of its own when arrays overlap", () => {
    const values = Float64Array.of(1, 2, 3, 4, 5, 6);
    const first = Vector2DArray.fromBuffer(values.subarray(0, 4));
    const last = Vector2DArray.fromBuffer(values.subarray(2, 6));
    expect([...first.add(last).toFloat64Array()]).toEqual([4, 6, 8, 10]);
    expect([...values]).toEqual([1, 2, 3, 4, 5, 6]);
    expect(first.toFloat64Array().buffer).toBe(last.toFloat64Array().buffer);
  });

  it("iterates over what its rows are when they are asked for", () => {
    const vectors = new Vector2DArray([
      [1, 2],
      [3, 4],
    ]);
    const rows = vectors[Symbol.iterator]();
    expect(rows.next().value?.toJSON()).toEqual({ x: 1, y: 2 });
    vectors.set(1, [9, 9]);
    expect([...rows].map(String)).toEqual(["Vector2D(x=9.0, y=9.0)"]);
    expect(rows.next().done).toBe(true);
  });

  it("takes indices as bigints, and no other way around an integer", () => {
    const vectors = new Vector2DArray([[1, 2]]);
    expect(vectors.at(-1n).y).toBe(2);
    for (const index of [0.5, Number.NaN, "0", null, undefined, {}]) {
      expect(thrownBy(() => vectors.at(wrong(index)))).toMatchObject({ name: "TypeError", code: "ERR_TYPE" });
    }
  });

  it("names the row and the component that are at fault", () => {
    const sparse = new Array(2);
    sparse[0] = [1, 2];
    expect(thrownBy(() => new Vector2DArray(wrong(sparse)))).toMatchObject({
      message: "rows[1] must be Vector2D, got null",
    });
    expect(thrownBy(() => new Vector2DArray(wrong([[1, 2n]])))).toMatchObject({
      message: "rows[0][1] must be a number, got an integer",
    });
    expect(thrownBy(() => new Vector2DArray(wrong([Float64Array.of(1, 2)])))).toMatchObject({
      message: "rows[0] must be Vector2D, got a buffer of 64-bit floats",
    });
  });

  it("can be extended; results are plain arrays", () => {
    class Path extends Vector2DArray {
      get isClosed(): boolean {
        return this.length > 0 && this.at(0).equals(this.at(-1));
      }
    }
    const path = new Path([
      [0, 0],
      [1, 1],
      [0, 0],
    ]);
    expect(path.isClosed).toBe(true);
    expect(path.scale(2).constructor).toBe(Vector2DArray);
    expect(path).toBeInstanceOf(Vector2DArray);
  });

  it("prints as its text and is stored as plain pairs", () => {
    const vectors = new Vector2DArray([[1, -0]]);
    expect(inspect([vectors])).toBe("[ Vector2DArray([(1.0, -0.0)]) ]");
    expect(JSON.stringify(vectors)).toBe('{"rows":[[1,0]]}');
    expect(Object.is(Vector2DArray.fromJSON(structuredClone(vectors.toJSON())).at(0).y, -0)).toBe(true);
  });

  it("lets go of its memory when it is closed; those who have it keep it", () => {
    const vectors = new Vector2DArray([[1, 2]]);
    const values = vectors.toFloat64Array();
    vectors[Symbol.dispose]();
    vectors.close();
    expect(thrownBy(() => vectors.toFloat64Array())).toMatchObject({ code: "ERR_STATE" });
    expect([...values]).toEqual([1, 2]);
  });

  it("refuses a look-alike in the place of an array", () => {
    const vectors = new Vector2DArray([[1, 2]]);
    for (const other of [Object.create(Vector2DArray.prototype), Float64Array.of(1, 2), null]) {
      expect(thrownBy(() => vectors.add(wrong(other)))).toMatchObject({ name: "TypeError", code: "ERR_TYPE" });
      expect(vectors.equals(other)).toBe(false);
    }
  });
});
