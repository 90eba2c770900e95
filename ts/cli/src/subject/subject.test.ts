import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LoweredStep, Program } from "../program/program.ts";
import { HOSTS, outcomesOf, SampleLibrary } from "./sample-library.ts";
import { SubjectFault, SubjectRefused } from "./spec.ts";

const sources = {
  python: `
import ctypes, os, socket, sys, time
calls = 0
def one(): return 1
# Spelt so that the worker does not recognise its own folder.
def where(): return os.path.dirname(os.getcwd()) + os.sep
def noise():
    print("noise" * 1000)
    os.write(2, b"this is the end")
def abort(): os.abort()
def crash(): os.kill(os.getpid(), 11)
def leave(code): os._exit(code)
def hang():
    while True: time.sleep(60)
def hog():
    kept = []
    while True: kept.append(bytearray(16 * 1024 * 1024))
def count():
    global calls
    calls += 1
    return calls
def note_slowly(path):
    end = time.monotonic() + 0.3
    while time.monotonic() < end: pass
    with open(path, "a") as file: file.write("x")
def only_after_three():
    if count() > 3: os.abort()
    return 0
def connect(path):
    global client
    client = socket.socket(socket.AF_UNIX); client.connect(path)
def start_child(path):
    import subprocess
    # It holds the connection until it ends.
    connect(path)
    subprocess.Popen(["sleep", "600"], pass_fds=[client.fileno()])
def connect_and_hold_the_lock(path):
    connect(path)
    client.send(b"x")
    ctypes.PyDLL(None).pause()
`,
  node: `
import { spawn } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
let calls = 0;
export const one = () => 1;
export const where = () => path.dirname(process.cwd()) + path.sep;
export const noise = () => { console.log("noise".repeat(1000)); console.error("this is the end"); };
export const abort = () => process.abort();
export const crash = () => process.kill(process.pid, "SIGSEGV");
export const leave = (code) => process.exit(code);
export const hang = () => { for (;;); };
export const hog = () => { const kept = []; for (;;) kept.push(Buffer.alloc(16 * 1024 * 1024, 1)); };
export const count = () => ++calls;
export const note_slowly = (path) => { for (const end = Date.now() + 300; Date.now() < end; ); fs.appendFileSync(path, "x"); };
export const only_after_three = () => { if (++calls > 3) process.abort(); return 0; };
export const connect = (path) => new Promise((resolve) => {
  const client = net.connect(path, () => client.write("x", () => resolve(null)));
});
export const start_child = (path) => new Promise((resolve) => {
  const client = net.connect(path, () => { spawn("sleep", ["600"], { stdio: ["ignore", client] }); resolve(null); });
});
export const connect_and_hold_the_lock = async (path) => { await connect(path); hang(); };
`,
};

const call = (name: string, ...args: LoweredStep[]): Program => ({ steps: [{ call: name }, ...args] });
const int = (number: number) => ({ int: String(number) });

let library: SampleLibrary;
beforeAll(() => {
  library = new SampleLibrary(sources);
});
afterAll(() => library.close());

describe.each(HOSTS)("a subject in %s", (host) => {
  it("greets with its runtime", async () => {
    const subject = library.subject(host);
    const { runtime, module } = await subject.start();
    expect(runtime).toMatch(host === "python" ? /^CPython 3\./ : /^Node v/);
    expect(module).toBe("sample");
  });

  it("is refused with the loader's own text when the module is not there", async () => {
    const subject = library.subject(host, { module: "no_such_module" });
    const refusal = await subject.start().catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(SubjectRefused);
    expect((refusal as SubjectRefused).message).toContain("no_such_module");
    expect((refusal as SubjectRefused).classes).toContain(host === "python" ? "ModuleNotFoundError" : "Error");
  });

  it("is refused when its interpreter is not there", async () => {
    const subject = library.subject(host, { command: ["/no/such/interpreter"] });
    await expect(subject.start()).rejects.toThrow(/ENOENT/);
  });

  it("refuses a program that is no program as a fault of the tool", async () => {
    const subject = library.subject(host);
    const run = subject.run([{ steps: [{ call: "one", args: [{ int: "1.5" }] }] }]);
    await expect(run).rejects.toThrow(SubjectFault);
  });

  it("answers the innocent programs around those that end the process, each with its own death", async () => {
    const subject = library.subject(host);
    const programs = [call("one"), call("abort"), call("one"), call("crash"), call("leave"), call("one")];
    programs[4] = { steps: [{ call: "one" }, { call: "leave", args: [int(7)] }] };
    const results = await subject.run(programs);
    for (const index of [0, 2, 5]) expect(outcomesOf(results[index]!)[0]).toMatchObject({ step: 0 });
    expect(results[1]).toMatchObject({ death: "abort", signal: "SIGABRT", step: 0 });
    expect(results[3]).toMatchObject({ death: "signal", signal: "SIGSEGV", step: 0 });
    expect(results[4]).toMatchObject({ death: "exit", code: 7, step: 1 });
  });

  it("ends a program that gives no sign of life, and goes on", async () => {
    const subject = library.subject(host, { deadline: 1 });
    const results = await subject.run([call("hang"), call("one")]);
    expect(results[0]).toMatchObject({ death: "hang", seconds: 1, step: 0 });
    expect(outcomesOf(results[1]!)).toHaveLength(1);
  });

  it("keeps what the library prints out of the protocol, and the end of standard error for a death", async () => {
    const subject = library.subject(host);
    const results = await subject.run([
      call("noise"),
      { steps: [{ call: "noise" }, { call: "leave", args: [int(3)] }] },
    ]);
    expect(outcomesOf(results[0]!)).toHaveLength(1);
    expect(results[1]).toMatchObject({ death: "exit", code: 3, step: 1 });
    expect((results[1] as { stderr: string }).stderr).toContain("this is the end");
  });

  it("names a program that dies only after others in the same process", async () => {
    const subject = library.subject(host);
    const results = await subject.run(Array.from({ length: 4 }, () => call("only_after_three")));
    expect(results.map((result) => "death" in result)).toEqual([false, false, false, true]);
    expect(results[3]).toMatchObject({ death: "abort", history: true, step: 0 });
  });

  it("does not run again what took long and was answered before the process ended", async () => {
    const subject = library.subject(host);
    const path = join(library.root, `noted-${host}`);
    const slow = { steps: [{ call: "note_slowly", args: [path] }] };
    const results = await subject.run([slow, call("abort"), slow]);
    expect(results.map((result) => "death" in result)).toEqual([false, true, false]);
    expect(readFileSync(path, "utf8")).toBe("xx");
  });

  it("starts no process when it is closed", async () => {
    const subject = library.subject(host);
    await subject.run([call("one")]);
    await subject.close();
    await expect(subject.runAlone(call("one"))).rejects.toThrow(SubjectFault);
    expect(subject.counts.processes).toBe(1);
  });

  it("runs a program alone in a process of its own", async () => {
    const subject = library.subject(host);
    await subject.run([call("count"), call("count")]);
    expect(await subject.runAlone(call("count"))).toMatchObject({
      transcript: [{ value: host === "python" ? { int: "1" } : { num: "1.0" } }],
    });
  });

  it("splits many programs into batches and keeps their order", async () => {
    const subject = library.subject(host, { batch: 7 });
    const results = await subject.run(Array.from({ length: 50 }, () => call("count")));
    const counts = results.map((result) => Object.values(outcomesOf(result)[0]!.value as object)[0] as string);
    expect(counts.map(Number)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  });

  it("removes its scratch folder", async () => {
    const subject = library.subject(host);
    const [written] = await subject.run([{ steps: [{ file: "write", path: "a", data: "" }, { call: "where" }] }]);
    const folder = outcomesOf(written!)[1]!.value as string;
    expect(existsSync(folder)).toBe(true);
    await subject.close();
    expect(existsSync(folder)).toBe(false);
  });
});

it("caps the memory of Python from inside: the library meets an error", async () => {
  const subject = library.subject("python", { maxMemory: 400 * 2 ** 20 });
  const [result] = await subject.run([call("hog")]);
  expect(outcomesOf(result!)[0]!.error?.classes).toContain("MemoryError");
});

it("caps the memory of Node from outside: the process is ended", async () => {
  const subject = library.subject("node", { maxMemory: 400 * 2 ** 20 });
  const results = await subject.run([call("hog"), call("one")]);
  expect(results[0]).toMatchObject({ death: "memory", step: 0 });
  expect((results[0] as { bytes: number }).bytes).toBeGreaterThan(400 * 2 ** 20);
  expect(outcomesOf(results[1]!)).toHaveLength(1);
});

describe.each(HOSTS)("nothing of %s is left behind", (host) => {
  /** Listens for connections that the library opens; whoever holds one is alive. */
  async function listen(): Promise<{ path: string; server: Server; opened: Promise<void>; closed: Promise<void> }> {
    const path = join(library.root, `socket-${host}-${Math.random().toString(36).slice(2)}`);
    const server = createServer();
    let close = () => {};
    const closed = new Promise<void>((resolve) => {
      close = resolve;
    });
    const opened = new Promise<void>((resolve) => {
      server.once("connection", (socket) => {
        resolve();
        socket.resume().once("close", close).on("error", close);
      });
    });
    await new Promise<void>((resolve) => server.listen(path, resolve));
    return { path, server, opened, closed };
  }

  it("when the subject is closed, also what the library started", async () => {
    const { path, server, opened, closed } = await listen();
    const subject = library.subject(host);
    await subject.run([{ steps: [{ call: "start_child", args: [path] }] }]);
    await opened;
    await subject.close();
    await closed;
    server.close();
  });

  it.each(["SIGKILL", "SIGINT"] as const)("when the parent gets %s while the library blocks", async (signal) => {
    const { path, server, opened, closed } = await listen();
    const parent = spawn(process.execPath, ["--import", "tsx", join(import.meta.dirname, "sample-parent.ts")], {
      env: { ...process.env, SAMPLE: JSON.stringify({ host, root: library.root, path }) },
      stdio: "inherit",
      cwd: fileURLToPath(new URL("../../../../", import.meta.url)),
    });
    await opened;
    parent.kill(signal);
    await closed;
    server.close();
  });
});
