/** The command as a user meets it: exit codes, files, interrupts, mistakes in the call. */
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { sampleReport } from "../../ts/cli/src/report/sample.ts";
import { reportJsonSchema } from "../../ts/cli/src/report/schema.ts";
import { surfaceJsonSchema } from "../../ts/cli/src/surface/schema.ts";
import { layOutReference } from "./reference/reference.ts";

const MAIN = fileURLToPath(new URL("../../ts/cli/src/main.ts", import.meta.url));
const TSX = fileURLToPath(import.meta.resolve("tsx"));
const pair = layOutReference();

interface Ended {
  code: number | null;
  out: string;
  err: string;
}

interface Call {
  folder?: string;
  env?: Record<string, string>;
  /** Interrupt when standard error holds this. */
  interruptAt?: string;
  /** Called right before the interrupt. */
  before?: () => void;
}

/** Run the command in a folder of its own. */
function pairity(args: string[], call: Call = {}): Promise<Ended> {
  const folder = call.folder ?? mkdtempSync(join(tmpdir(), "pairity-test-"));
  return new Promise((resolve) => {
    const env = { ...process.env, PYTHONPATH: pair.pythonRoot, NO_COLOR: "1", ...call.env };
    const child = spawn(process.execPath, ["--import", TSX, MAIN, ...args], {
      cwd: folder,
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const ended: Ended = { code: null, out: "", err: "" };
    let isInterrupted = false;
    child.stdout.on("data", (chunk) => {
      ended.out += chunk;
    });
    child.stderr.on("data", (chunk) => {
      ended.err += chunk;
      if (call.interruptAt === undefined || isInterrupted || !ended.err.includes(call.interruptAt)) return;
      isInterrupted = true;
      call.before?.();
      child.kill("SIGINT");
    });
    child.on("close", (code) => resolve({ ...ended, code }));
  });
}

const PAIR = ["--python", "python3", "--node-root", pair.nodeRoot];
const check = (...args: string[]) => ["check", "ledger", "ledger", ...PAIR, ...args];

/** A Node package beside the reference one that is wrong in one place. */
function brokenTwin(): string {
  const { nodeRoot } = layOutReference();
  const source = readFileSync(join(nodeRoot, "node_modules", "ledger", "index.js"), "utf8");
  const types = readFileSync(join(nodeRoot, "node_modules", "ledger", "index.d.ts"), "utf8");
  const checks = readFileSync(join(nodeRoot, "node_modules", "ledger", "checks.js"), "utf8");
  const folder = join(nodeRoot, "node_modules", "broken");
  writeFiles(folder, {
    "package.json": JSON.stringify({
      name: "broken",
      version: "1.0.0",
      type: "module",
      main: "index.js",
      types: "index.d.ts",
    }),
    "index.js": source.replace("zero: 0", "zero: 1"),
    "index.d.ts": types,
    "checks.js": checks,
  });
  return nodeRoot;
}

function writeFiles(folder: string, files: Record<string, string>): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
}

describe("a pair that agrees", () => {
  it("ends with 0, and two runs with one seed print the same JSON, timing apart", async () => {
    const [first, second] = await Promise.all([
      pairity(check("--programs", "400", "--json")),
      pairity(check("--programs", "400", "--json")),
    ]);
    const strip = (text: string) => ({ ...JSON.parse(text), timing: null });
    expect(first.code, first.err).toBe(0);
    expect(strip(first.out)).toEqual(strip(second.out));
    expect(strip(first.out).findings).toEqual([]);
  });

  it("is not green when nothing was run", async () => {
    const { code, out } = await pairity(check("--programs", "0"));
    expect(code).toBe(2);
    expect(out).toContain("nothing was exercised");
  });

  it("says what would run and runs nothing", async () => {
    const { code, err, out } = await pairity(check("--dry-run"));
    expect(code, err).toBe(0);
    expect(err).toContain("would replay 0 case files and run 20,000 random programs");
    expect(out).toBe("");
  });
});

describe("a pair that differs", () => {
  const nodeRoot = brokenTwin();
  const broken = (...args: string[]) => [
    "check",
    "ledger",
    "broken",
    "--python",
    "python3",
    "--node-root",
    nodeRoot,
    "--programs",
    "600",
    ...args,
  ];

  it("ends with 1, writes every form of the report, and repro runs the finding again", async () => {
    const folder = mkdtempSync(join(tmpdir(), "pairity-test-"));
    const files = ["--junit", "out/junit.xml", "--sarif", "out/findings.sarif", "--html", "out/report.html"];
    const { code, out, err } = await pairity(broken(...files), { folder });
    expect(code, err).toBe(1);
    expect(out).toContain("Ledger.counts");
    expect(readFileSync(join(folder, "out/junit.xml"), "utf8")).toContain('failures="1"');
    expect(JSON.parse(readFileSync(join(folder, "out/findings.sarif"), "utf8")).runs[0].results).toHaveLength(1);
    expect(readFileSync(join(folder, "out/report.html"), "utf8")).toContain("Ledger.counts");
    const [, id] = /Ledger.counts {2}([0-9a-f]{8})/.exec(out)!;
    const again = await pairity(["repro", id!], { folder, env: { PYTHONPATH: pair.pythonRoot } });
    expect(again.code, again.err).toBe(1);
    expect(again.out).toContain("shown again in fresh processes");
  });

  it("is accepted once it is known, until the difference is gone", async () => {
    const folder = mkdtempSync(join(tmpdir(), "pairity-test-"));
    expect((await pairity(broken("--update-known"), { folder })).code).toBe(0);
    const known = JSON.parse(readFileSync(join(folder, "pairity.known.json"), "utf8"));
    expect(known.known).toHaveLength(1);
    expect((await pairity(broken(), { folder })).code).toBe(0);
    const gone = await pairity(check("--programs", "100"), { folder });
    expect(gone.code).toBe(1);
    expect(gone.out).toContain("it no longer happens");
  });

  it("makes a module that is there and does not load a finding with the loader's own text", async () => {
    const root = mkdtempSync(join(tmpdir(), "pairity-test-"));
    writeFiles(join(root, "node_modules", "sick"), {
      "package.json": JSON.stringify({ name: "sick", version: "1.0.0", main: "index.js" }),
      "index.js": "throw new Error('GLIBC_9.99 not found');",
    });
    const { code, out } = await pairity(["check", "ledger", "sick", "--python", "python3", "--node-root", root]);
    expect(code).toBe(1);
    expect(out).toContain("GLIBC_9.99 not found");
    expect(out).not.toContain("    at ");
  });
});

describe("what is printed as JSON", () => {
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
  const published = (name: string) =>
    readFileSync(new URL(`../../schemas/${name}.schema.json`, import.meta.url), "utf8");
  const errorsOf = (name: string, text: string) => {
    const isValid = ajv.compile(JSON.parse(published(name)));
    isValid(JSON.parse(text));
    return isValid.errors ?? [];
  };

  it("follows the published schemas, for a pair that agrees and for one that differs", async () => {
    const broken = ["check", "ledger", "broken", "--python", "python3", "--node-root", brokenTwin()];
    const [surface, agreed, differs] = await Promise.all([
      pairity(["surface", "ledger", "ledger", ...PAIR, "--json"]),
      pairity(check("--programs", "200", "--json")),
      pairity([...broken, "--programs", "600", "--json"]),
    ]);
    expect(errorsOf("surface", surface.out)).toEqual([]);
    expect(errorsOf("report", agreed.out)).toEqual([]);
    expect(JSON.parse(differs.out).findings).not.toEqual([]);
    expect(errorsOf("report", differs.out)).toEqual([]);
  });

  it("is refused by the schemas when a part is missing or strange", async () => {
    expect(errorsOf("report", JSON.stringify({ ...sampleReport(), verdict: undefined }))).not.toEqual([]);
    expect(errorsOf("report", JSON.stringify({ ...sampleReport(), surprise: 1 }))).not.toEqual([]);
    expect(errorsOf("report", JSON.stringify(sampleReport()))).toEqual([]);
  });

  it("has schemas as they are generated", () => {
    expect(published("surface")).toBe(surfaceJsonSchema());
    expect(published("report")).toBe(reportJsonSchema());
  });
});

describe("an interrupt", () => {
  it("reports what was found so far, ends with 130 and leaves no process behind", async () => {
    const mark = randomUUID();
    let alive = 0;
    const { code, out, err } = await pairity(check("--programs", "2000000", "--json"), {
      env: { PAIRITY_TEST_MARK: mark },
      interruptAt: "random programs: ",
      before: () => {
        alive = withMark(mark).length;
      },
    });
    // The command and its workers are seen while they live; so their absence afterwards means something.
    expect(alive).toBeGreaterThanOrEqual(3);
    expect(code, err).toBe(130);
    expect(JSON.parse(out)).toMatchObject({ interrupted: true, verdict: { exit: 130 } });
    expect(withMark(mark)).toEqual([]);
  });
});

/** Processes that carry a mark in their environment. */
function withMark(mark: string): string[] {
  return readdirSync("/proc").filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      return readFileSync(`/proc/${pid}/environ`, "utf8").includes(mark);
    } catch {
      return false;
    }
  });
}

describe("a mistake in the call is one clear sentence and ends with 2", () => {
  const folder = mkdtempSync(join(tmpdir(), "pairity-test-"));
  writeFiles(folder, {
    "config.json": '{\n  "naems": {}\n}\n',
    "known.json": '{"schema": 1, "known": [{"id": "x"}]}',
  });
  writeFiles(join(folder, "cases"), { "box.json": '{"class": "Box", "programs": [{"steps": [{"nwe": "Box"}]}]}' });
  const cases: [string, string[], RegExp][] = [
    [
      "a Python module that is not installed",
      ["check", "no_such_module", "ledger", ...PAIR],
      /no Python module "no_such_module"/,
    ],
    [
      "a Node package that is not installed",
      ["check", "ledger", "no-such-package", ...PAIR],
      /no Node package "no-such-package"/,
    ],
    [
      "an interpreter that is not there",
      ["check", "ledger", "ledger", "--python", "/no/such/python"],
      /no Python at --python \/no\/such\/python/,
    ],
    [
      "a folder that is not there",
      ["check", "ledger", "ledger", "--node-root", "/no/such"],
      /--node-root \/no\/such is no folder/,
    ],
    ["a number that is none", check("--programs", "many"), /--programs takes a whole number/],
    ["an unknown option", check("--progams", "1"), /unknown option '--progams'/],
    ["a configuration with an unknown key", check("--config", "config.json"), /config\.json:2: naems/],
    ["known differences without a reason", check("--known", "known.json"), /known\.json: known\.0/],
    ["a case file with an unknown step", check("--cases", "cases"), /box\.json: .*steps/],
    ["cases that are not there", check("--cases", "nowhere"), /--cases nowhere is no folder/],
    ["a finding that nobody has", ["repro", "12345678"], /No run is remembered here/],
  ];
  it.each(cases)("%s", async (_, args, message) => {
    const { code, out, err } = await pairity(args, { folder });
    expect(code, err).toBe(2);
    expect(err).toMatch(message);
    expect(err).not.toContain("    at ");
    expect(out).toBe("");
  });
});
