import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LoweredStep, Outcome } from "../program/program.ts";
import { HOSTS, SampleLibrary, transcriptOf } from "./sample-library.ts";
import type { Subject } from "./subject.ts";

const sources = {
  python: `
def echo(value): return value
def fail_with_path(path): raise ValueError(f"{path}:12:3 is bad, see {path}")
def fail_with_file_name(path): raise ValueError("cannot read " + path.split("/")[-1])
def fail_with_traceback(path): raise ValueError(f'File "{path}", line 12, in module')
def list_of(path):
    import os
    return sorted(os.listdir(path))
def leave(path):
    with open(path, "w") as file: file.write("left")
def read(path):
    with open(path) as file: return file.read()
def long_text(): return "ab" * 1_000_000
def identity(): return "<Thing at 0x7f1234567890> and 0x10"
`,
  node: `
import fs from "node:fs";
export const echo = (value) => value;
export const fail_with_path = (path) => { throw new RangeError(\`\${path}:12:3 is bad, see \${path}\`); };
export const fail_with_file_name = (path) => { throw new RangeError("cannot read " + path.split("/").at(-1)); };
export const fail_with_traceback = (path) => { throw new RangeError(\`File "\${path}", line 12, in module\`); };
export const list_of = (path) => fs.readdirSync(path).sort();
export const leave = (path) => fs.writeFileSync(path, "left");
export const read = (path) => fs.readFileSync(path, "utf8");
export const long_text = () => "ab".repeat(1_000_000);
export const identity = () => "<Thing at 0x7f1234567890> and 0x10";
`,
};

const fixtures = {
  ok: { python: { suffix: ".py", text: "one" }, node: { suffix: ".mjs", text: "one" } },
  two: { python: { suffix: ".py", text: "two" }, node: { suffix: ".mjs", text: "two" } },
};

describe.each(HOSTS)("the files of a program in %s", (host) => {
  let library: SampleLibrary;
  let subject: Subject;
  const run = (...steps: LoweredStep[]): Promise<Outcome[]> => transcriptOf(subject, steps);
  beforeAll(() => {
    library = new SampleLibrary(sources);
    subject = library.subject(host, { fixtures });
  });
  afterAll(() => library.close());

  it("maps paths in and out, and forgets suffixes and line numbers", async () => {
    const outcomes = await run(
      { call: "echo", args: [{ path: "a/b.txt" }] },
      { call: "fail_with_path", args: [{ path: "a/b.txt" }] },
      { call: "fail_with_path", args: [{ fixture: "ok" }] },
      { call: "echo", args: [{ fixture: "ok" }] },
    );
    expect(outcomes[0]!.value).toEqual({ path: "a/b.txt" });
    expect(outcomes[1]!.error!.message).toBe("<scratch>/a/b.txt:<line> is bad, see <scratch>/a/b.txt");
    expect(outcomes[2]!.error!.message).toBe("<scratch>/ok:<line> is bad, see <scratch>/ok");
    expect(outcomes[3]!.value).toEqual({ path: "ok" });
  });

  it("forgets a fixture's suffix where only the file is named, and line numbers of tracebacks", async () => {
    const outcomes = await run(
      { call: "fail_with_file_name", args: [{ fixture: "ok" }] },
      { call: "fail_with_traceback", args: [{ fixture: "ok" }] },
      { call: "list_of", args: [{ path: "" }] },
    );
    expect(outcomes[0]!.error!.message).toBe("cannot read ok");
    expect(outcomes[1]!.error!.message).toBe('File "<scratch>/ok":<line>, in module');
    expect(outcomes[2]!.value).toEqual(["ok"]);
  });

  it("forgets addresses", async () => {
    const [outcome] = await run({ call: "identity" });
    expect(outcome!.value).toBe("<Thing at <address>> and 0x10");
  });

  it("does what file steps ask, in a folder of the program's own", async () => {
    const read = (path: string): LoweredStep => ({ call: "read", args: [{ path }] });
    const outcomes = await run(
      { file: "write", path: "deep/a", data: "first" },
      read("deep/a"),
      { file: "replace", path: "deep/a", data: "second" },
      read("deep/a"),
      { file: "rewrite_keeping_mtime", path: "deep/a", data: "third" },
      { file: "touch", path: "deep/a" },
      read("deep/a"),
      { file: "rename", path: "deep/a", to: "b" },
      read("deep/a"),
      { file: "symlink", path: "c", to: "b" },
      read("c"),
      { file: "write", path: "plug", data: { fixture: "ok" } },
      { file: "replace", path: "plug", data: { fixture: "two" } },
      read("plug"),
      { file: "mkdir", path: "e/f" },
      { file: "remove", path: "e" },
      { file: "remove", path: "e" },
    );
    const errors = outcomes.filter((outcome) => outcome.error !== undefined);
    expect(outcomes.map((outcome) => outcome.value).filter((value) => value !== undefined)).toEqual([
      "first",
      "second",
      "third",
      "third",
      "two",
    ]);
    expect(errors.map(({ step, error }) => [step, error!.code])).toEqual([
      [8, "ENOENT"],
      [16, "ENOENT"],
    ]);
  });

  it("gives each program an empty folder", async () => {
    await run({ file: "write", path: "left", data: "" });
    const [outcome] = await run({ call: "read", args: [{ path: "left" }] });
    expect(outcome!.error!.code).toBe("ENOENT");
  });

  it("clears away what the library itself wrote where a program stood", async () => {
    expect((await run({ call: "leave", args: ["left"] }, { call: "read", args: ["left"] }))[1]!.value).toBe("left");
    const [outcome] = await run({ call: "list_of", args: ["."] });
    expect(outcome!.value).toEqual([]);
  });

  it("shortens very long texts by a rule", async () => {
    const [outcome] = await run({ call: "long_text" });
    const digest = createHash("sha256")
      .update(Buffer.from("ab".repeat(1_000_000), "utf16le"))
      .digest("hex");
    expect(outcome!.value).toBe(`${"ab".repeat(100)}…<sha256:${digest}>`);
  });
});
