/** Published pairs, checked without any configuration: what a person found in them is found, and nothing else is claimed. */
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { NODE } from "../../scripts/run.mjs";
import type { Report } from "../../ts/cli/src/report/report.ts";
import { install, type Place, Unreachable } from "./installed.ts";

/** What one person found in a pair by hand: each divergence as the finding that it has to be, or why none reaches it. */
interface Expectations {
  python: Place;
  node: Place;
  onlyPython: string[];
  onlyNode: string[];
  /** Where a stub disagrees with its own module. */
  stubs: string[];
  /** Causes, members and answers are patterns, since inputs are random: which of two like members shows it is a matter of luck. */
  findings: { says: string; severity: string; cause: string; member: string; python: string; node: string }[];
  missed: { says: string; why: string }[];
  /** Random programs, where fewer than by default are enough. */
  programs?: number;
  /** Every finding that was reviewed in the output of a run, as severity, cause and member: nothing else may be claimed. */
  reviewed?: string[];
}

const here = fileURLToPath(new URL(".", import.meta.url));
const MAIN = fileURLToPath(new URL("../../ts/cli/dist/main.js", import.meta.url));

/** Run the command as its users do; what it tells about its progress is not read. */
function command(args: string[], cwd: string): Promise<{ code: number; report: Report }> {
  return new Promise((resolve, reject) => {
    const child = spawn(NODE, [MAIN, ...args], { cwd, stdio: ["ignore", "pipe", "ignore"] });
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
    });
    child.once("error", reject);
    child.once("close", (code) => {
      try {
        resolve({ code: code ?? -1, report: JSON.parse(text) as Report });
      } catch (cause) {
        reject(new Error(`the command ended with ${code} and printed no report`, { cause }));
      }
    });
  });
}

async function check({ python, node, programs }: Expectations): Promise<{ code: number; report: Report } | null> {
  try {
    const places = await install(python, node);
    const pair = ["--python", places.python, "--node-root", places.nodeRoot];
    const size = programs === undefined ? [] : ["--programs", String(programs)];
    return await command(["check", python.module, node.module, ...pair, ...size, "--json"], places.nodeRoot);
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    console.warn(`skipped, since the registry is unreachable: ${error.message}`);
    return null;
  }
}

const files = readdirSync(here).filter((name) => name.endsWith(".json"));
for (const file of files) {
  const pair = JSON.parse(readFileSync(join(here, file), "utf8")) as Expectations;

  describe(`${pair.python.module} and ${pair.node.module}`, () => {
    let checked: Awaited<ReturnType<typeof check>>;

    beforeAll(async () => {
      checked = await check(pair);
    });

    /** A test that needs the packages; without a registry it is skipped, and says so. */
    const test = (name: string, body: (report: Report, code: number) => void) =>
      it(name, (context) => {
        if (checked === null) context.skip("the registry is unreachable");
        else body(checked.report, checked.code);
      });

    test("end with findings, all of them confirmed in fresh processes", (report, code) => {
      expect(code).toBe(1);
      expect(report.findings.length).toBeGreaterThan(0);
      const unstable = new Set(report.unstable.map((one) => one.id));
      expect(report.findings.filter((one) => unstable.has(one.id))).toEqual([]);
    });

    test("show what one side alone offers, and where a stub is wrong", ({ alignment }) => {
      expect(alignment.onlyPython).toEqual(expect.arrayContaining(pair.onlyPython));
      expect(alignment.onlyNode).toEqual(expect.arrayContaining(pair.onlyNode));
      const stubs = alignment.contradictions.map((one) => one.contradiction.where);
      expect(stubs).toEqual(expect.arrayContaining(pair.stubs));
    });

    for (const { says, severity, cause, member, python, node } of pair.findings) {
      test(`differ: ${says}`, ({ findings }) => {
        const alike = findings.filter((one) => one.severity === severity && new RegExp(`^(${cause})$`).test(one.cause));
        const answers = alike
          .filter((one) => new RegExp(member).test(one.member))
          .map((one) => [one.answers.python, one.answers.node]);
        const fits = ([left = "", right = ""]: string[]) =>
          new RegExp(python).test(left) && new RegExp(node).test(right);
        expect(answers.some(fits), `${severity} ${cause}: ${JSON.stringify(answers)}`).toBe(true);
      });
    }

    const { reviewed } = pair;
    if (reviewed !== undefined) {
      test("claim nothing that was not reviewed, and most of what was", ({ findings }) => {
        const claimed = findings.map((one) => `${one.severity} ${one.cause} ${one.member}`);
        expect(claimed.filter((one) => !reviewed.includes(one))).toEqual([]);
        expect(new Set(claimed).size).toBeGreaterThanOrEqual(reviewed.length / 2);
      });
    }

    for (const { says, why } of pair.missed) it.todo(`differ: ${says} (${why})`);
  });
}
