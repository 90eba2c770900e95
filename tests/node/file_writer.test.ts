/** What only Node has of FileWriter: URLs, `using`, scopes as callbacks, typed arrays and buffers, types. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { inspect } from "node:util";
import { FileWriter } from "pairity";
import { afterEach, beforeEach, describe, expect, expectTypeOf, it } from "vitest";
import { coded } from "./thrown.ts";

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pairity-writer-"));
  file = join(folder, "a.txt");
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const content = (): string => readFileSync(file, "utf8");

describe("FileWriter in JavaScript", () => {
  it("is flushed and closed by using", () => {
    let outside: FileWriter;
    {
      using writer = new FileWriter(file).open();
      outside = writer;
      expect(writer.write("grün")).toBe(5);
    }
    expect(content()).toBe("grün");
    expect(outside.isOpen).toBe(false);
    expect(() => outside.write("late")).toThrow(coded("ERR_STATE"));
  });

  it("is closed by using when the block throws, whose error goes on", () => {
    const thrown = new Error("inside");
    const fail = (): void => {
      using writer = new FileWriter(file).open();
      writer.write("kept");
      throw thrown;
    };
    expect(fail).toThrow(thrown);
    expect(content()).toBe("kept");
  });

  it("gives up an atomic file at the end of using that was not closed, and keeps one that was", () => {
    writeFileSync(file, "old");
    {
      using writer = new FileWriter(file, { atomic: true }).open();
      writer.write("half");
    }
    expect([content(), readdirSync(folder)]).toEqual(["old", ["a.txt"]]);
    {
      using writer = new FileWriter(file, { atomic: true }).open();
      writer.write("whole");
      writer.close();
    }
    expect([content(), readdirSync(folder)]).toEqual(["whole", ["a.txt"]]);
  });

  it("closes a scope that ends well and returns what its callback returns", () => {
    const writer = new FileWriter(file, { atomic: true });
    const result = writer.scope((opened) => {
      expect(opened).toBe(writer);
      return opened.write("whole");
    });
    expect([result, content(), writer.isOpen]).toEqual([5, "whole", false]);
  });

  it("passes on what a scope throws, and leaves the target of an atomic one as it was", () => {
    writeFileSync(file, "old");
    const thrown = new Error("inside");
    const writer = new FileWriter(file, { atomic: true });
    const fail = (): void =>
      writer.scope((opened) => {
        opened.write("half");
        throw thrown;
      });
    expect(fail).toThrow(thrown);
    expect([content(), readdirSync(folder), writer.isOpen]).toEqual(["old", ["a.txt"], false]);
  });

  it("waits for the promise of a scope", async () => {
    const writer = new FileWriter(file, { atomic: true });
    const result = writer.scope(async (opened) => {
      opened.write("one ");
      await Promise.resolve();
      opened.write("two");
      return "done";
    });
    expect([readdirSync(folder).includes("a.txt"), writer.isOpen]).toEqual([false, true]);
    expect([await result, content()]).toEqual(["done", "one two"]);
    const thrown = new Error("later");
    await expect(writer.scope(() => Promise.reject(thrown))).rejects.toBe(thrown);
    expect([content(), readdirSync(folder)]).toEqual(["one two", ["a.txt"]]);
  });

  it("tells of a full disk at the end of a scope, but not over the scope's own error", () => {
    if (process.platform !== "linux") return;
    const writer = new FileWriter("/dev/full");
    expect(() => writer.scope((opened) => opened.write("x"))).toThrow(coded("ENOSPC"));
    const thrown = new Error("inside");
    const fail = (): void =>
      writer.scope((opened) => {
        opened.write("x");
        throw thrown;
      });
    expect(fail).toThrow(thrown);
    expect(writer.isOpen).toBe(false);
  });

  it("takes URLs", () => {
    const writer = new FileWriter(pathToFileURL(file)).open();
    writer.close();
    expect([writer.path, content()]).toEqual([file, ""]);
  });

  it("writes the bytes of every buffer and view", () => {
    const bytes = new Uint8Array([97, 98, 99, 100]);
    const pieces = [
      bytes,
      Buffer.from("e"),
      bytes.subarray(1, 3),
      new DataView(bytes.buffer, 3),
      bytes.buffer,
      new Uint16Array([0x6666]),
      new Uint8Array(0),
    ];
    const written = new FileWriter(file).scope((writer) => pieces.map((piece) => writer.write(piece)));
    expect(written).toEqual([4, 1, 2, 1, 4, 2, 0]);
    expect(content()).toBe("abcdebcdabcdff");
  });

  it("refuses bytes that other threads may change, and those that were transferred", () => {
    const writer = new FileWriter(file).open();
    expect(() => writer.write(new Uint8Array(new SharedArrayBuffer(1)))).toThrow("data is shared between threads");
    const gone = new Uint8Array([1]);
    structuredClone(gone, { transfer: [gone.buffer] });
    expect(() => writer.write(gone)).toThrow("data is detached");
    expect(() => writer.write(gone)).toThrow(coded("ERR_STATE"));
    writer.close();
  });

  it("has the codes of Node's own file system", () => {
    writeFileSync(file, "");
    expect(() => new FileWriter(join(folder, "absent", "a")).open()).toThrow(coded("ENOENT"));
    expect(() => new FileWriter(join(file, "a")).open()).toThrow(coded("ENOTDIR"));
    expect(() => new FileWriter(folder).open()).toThrow(coded("EISDIR"));
  });

  it("refuses an option that it does not know", () => {
    // @ts-expect-error: the types refuse it as well.
    expect(() => new FileWriter(file, { atomik: true })).toThrow("Unknown option 'atomik'");
  });

  it("shows itself in console.log", () => {
    expect(inspect(new FileWriter("a", { atomic: true }))).toBe("FileWriter(path='a', atomic=True)");
  });

  it("gives a subclass itself", () => {
    class Lines extends FileWriter {
      line(text: string): number {
        return this.write(`${text}\n`);
      }
    }
    expect(new Lines(file).scope((writer) => writer.line("a"))).toBe(2);
    expectTypeOf<ReturnType<Lines["open"]>>().toEqualTypeOf<Lines>();
    expectTypeOf<FileWriter["write"]>().returns.toEqualTypeOf<number>();
  });
});
