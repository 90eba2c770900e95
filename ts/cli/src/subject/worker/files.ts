/** The files of a program: its scratch folder, its fixtures, and the texts that mention them. */
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import type { FileData, FileStep } from "../../program/program.ts";
import type { Hello } from "../protocol.ts";
import { Malformed } from "./faults.ts";

const MAX_TEXT = 1_000_000;
const ADDRESS = / at 0x[0-9a-fA-F]+/g;
const LINE = /(<scratch>[^\s"':]*)("?)(:\d+(?::\d+)?|, line \d+)/g;

/** Empty folders that are kept; a library starts its services early, and thousands of folders cost time at the end. */
const KEPT = 300;

/** Where the worker stands between programs: an empty folder, so that a program that lists its own sees nothing of others. */
export function restFolder(scratch: string): string {
  const folder = path.join(scratch, "rest");
  fs.mkdirSync(folder, { recursive: true });
  return folder;
}

/** The scratch folder of one program, made when it is first needed. */
export class Files {
  #folder: string | undefined;
  readonly #base: string;
  readonly #serial: number;
  readonly #fixtures: Hello["hello"]["fixtures"];
  /** Where a fixture gave a file this host's suffix: the program's path, and the path on the disk. */
  readonly #suffixed = new Map<string, string>();

  constructor(base: string, serial: number, fixtures: Hello["hello"]["fixtures"]) {
    this.#base = base;
    this.#serial = serial;
    this.#fixtures = fixtures;
  }

  /** The path on the disk of a program's path. */
  locate(name: string): string {
    if (this.#folder === undefined) {
      this.#folder = path.join(this.#base, String(this.#serial));
      fs.mkdirSync(this.#folder);
      process.chdir(this.#folder);
    }
    return path.join(this.#folder, ...(this.#suffixed.get(name) ?? name).split("/"));
  }

  /** The path of a fixture, which is written on first use. */
  fixture(name: string): string {
    if (!this.#suffixed.has(name)) this.#write(name, { fixture: name });
    return this.locate(name);
  }

  /** Do what a file step asks. */
  do(step: FileStep): void {
    switch (step.file) {
      case "write":
        this.#write(step.path, step.data);
        break;
      case "replace":
        this.#write(`${step.path}.new`, step.data);
        this.#rename(`${step.path}.new`, step.path);
        break;
      case "rewrite_keeping_mtime": {
        const before = fs.statSync(this.locate(step.path), { bigint: true });
        this.#write(step.path, step.data);
        fs.utimesSync(this.locate(step.path), seconds(before.atimeNs), seconds(before.mtimeNs));
        break;
      }
      case "touch":
        fs.utimesSync(this.locate(step.path), new Date(), new Date());
        break;
      case "rename":
        this.#rename(step.path, step.to);
        break;
      case "remove":
        this.#remove(this.locate(step.path));
        break;
      case "mkdir":
        fs.mkdirSync(this.locate(step.path), { recursive: true });
        break;
      case "symlink":
        fs.symlinkSync(this.locate(step.to), this.locate(step.path));
        break;
      default:
        throw new Malformed(`not a file step: ${(step as { file: string }).file}`);
    }
  }

  /**
   * Leave the folder and empty it. The first folders themselves go with the worker's scratch: a service that the library
   * started meanwhile (a bundler, say) still stands in one, and would fail in every later program.
   */
  remove(): void {
    if (this.#folder === undefined) {
      // The library may have written where it stood.
      empty(path.join(this.#base, "rest"));
      return;
    }
    process.chdir(restFolder(this.#base));
    if (this.#serial > KEPT) fs.rmSync(this.#folder, { recursive: true, force: true });
    else empty(this.#folder);
  }

  /** The program's path when a text is exactly one. */
  pathOf(text: string): string | undefined {
    if (this.#folder === undefined || !text.startsWith(this.#folder)) return undefined;
    const rest = text.slice(this.#folder.length);
    if ((rest !== "" && rest[0] !== "/") || /[\s:]/.test(rest)) return undefined;
    for (const [plain, real] of this.#suffixed) if (real === rest.slice(1)) return plain;
    return rest.slice(1);
  }

  /** Whether {@link normal} has nothing to do: true for nearly every text. */
  isPlain(text: string): boolean {
    return this.#folder === undefined && text.length <= MAX_TEXT && !text.includes(" at 0x");
  }

  /** Normalise a text by the published rules: scratch paths, fixture suffixes, line numbers, addresses, length. */
  normal(text: string): string {
    let normal = text;
    if (this.#folder !== undefined) {
      normal = normal.replaceAll(`file://${this.#folder}`, this.#folder).replaceAll(this.#folder, "<scratch>");
      for (const [plain, real] of this.#suffixed) normal = normal.replaceAll(path.basename(real), path.basename(plain));
      normal = normal.replace(LINE, "$1$2:<line>");
    }
    normal = normal.replace(ADDRESS, " at <address>");
    return normal.length > MAX_TEXT && codePoints(normal) > MAX_TEXT ? shortened(normal) : normal;
  }

  #write(name: string, data: FileData): void {
    let text = data;
    if (typeof text !== "string") {
      const fixture = Object.hasOwn(this.#fixtures, text.fixture) ? this.#fixtures[text.fixture] : undefined;
      if (fixture === undefined) throw new Malformed(`no such fixture: ${text.fixture}`);
      text = fixture.text;
      this.#suffixed.set(name, name + fixture.suffix);
    }
    const target = this.locate(name);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, text);
  }

  #remove(target: string): void {
    if (fs.lstatSync(target).isDirectory()) fs.rmSync(target, { recursive: true });
    else fs.unlinkSync(target);
  }

  #rename(old: string, name: string): void {
    const source = this.locate(old);
    const real = this.#suffixed.get(old);
    if (real !== undefined) {
      this.#suffixed.delete(old);
      this.#suffixed.set(name, name + real.slice(old.length));
    }
    fs.renameSync(source, this.locate(name));
  }
}

function empty(folder: string): void {
  for (const name of fs.readdirSync(folder)) fs.rmSync(path.join(folder, name), { recursive: true, force: true });
}

/** A decimal text keeps what a double of seconds would lose. */
function seconds(nanoseconds: bigint): string {
  return `${nanoseconds / 1_000_000_000n}.${String(nanoseconds % 1_000_000_000n).padStart(9, "0")}`;
}

function codePoints(text: string): number {
  let pairs = 0;
  for (let index = 0; index < text.length - 1; index++) {
    if ((text.charCodeAt(index) & 0xfc00) === 0xd800 && (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00) pairs++;
  }
  return text.length - pairs;
}

function shortened(text: string): string {
  const digest = createHash("sha256").update(Buffer.from(text, "utf16le")).digest("hex");
  return `${Array.from(text.slice(0, 400)).slice(0, 200).join("")}…<sha256:${digest}>`;
}
