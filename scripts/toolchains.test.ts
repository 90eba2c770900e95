import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { NODE, ROOT } from "./run.mjs";

/** Stands in for the environment that the repository has, so that the set-up looks for a Python. */
const NO_ENVIRONMENT = "/nonexistent";

describe.skipIf(process.platform === "win32")("the set-up on a machine", () => {
  let bin = "";

  beforeEach(() => {
    bin = mkdtempSync(join(tmpdir(), "pairity-bin-"));
  });

  afterEach(() => rmSync(bin, { recursive: true, force: true }));

  function install(name: string, ...lines: string[]): void {
    const file = join(bin, name);
    writeFileSync(file, ["#!/bin/sh", ...lines, ""].join("\n"));
    chmodSync(file, 0o755);
  }

  function check(): { status: number | null; message: string } {
    const source = `
      import { checkToolchains, SetUpError } from ${JSON.stringify(join(ROOT, "scripts/toolchains.mjs"))};
      try { checkToolchains(${JSON.stringify(NO_ENVIRONMENT)}); } catch (error) {
        if (!(error instanceof SetUpError)) throw error;
        console.error(error.message);
        process.exitCode = 2;
      }`;
    const { status, stderr } = spawnSync(NODE, ["--input-type=module", "--eval", source], {
      env: { PATH: bin },
      encoding: "utf8",
    });
    return { status, message: stderr.trim() };
  }

  function installRust(version = "1.95.0"): void {
    install("cargo", `echo "cargo ${version}"`);
    install("rustc", `echo "rustc ${version}"`);
  }

  /** A Python that reports a version and can or cannot import what a virtual environment needs. */
  function installPython(name: string, version: string, hasVenv = true): void {
    install(name, `case "$2" in *ensurepip*) ${hasVenv ? "echo ok" : "exit 1"};; *) echo ${version};; esac`);
  }

  const missing: [string, () => void, RegExp][] = [
    ["without Rust", () => installPython("python3", "3.12"), /^cargo was not found: install Rust 1\.\d+ .*\.$/],
    ["with an old Rust", () => installRust("1.70.0"), /^Rust 1\.70 is too old: .*\.$/],
    ["without Python", () => installRust(), /^Python was not found: install Python 3\.11 .*\.$/],
    [
      "with an old Python",
      () => {
        installRust();
        installPython("python3", "3.9");
      },
      /^Python 3\.9 is too old: install Python 3\.11 .*\.$/,
    ],
    [
      "with a Python that has no venv",
      () => {
        installRust();
        installPython("python3", "3.11", false);
      },
      /^Python 3\.11 has no venv module: .*python3-venv.*\.$/,
    ],
  ];
  for (const [machine, prepare, sentence] of missing) {
    it(`${machine} says in one sentence what to install`, () => {
      prepare();
      const { status, message } = check();
      expect(message).toMatch(sentence);
      expect(status).toBe(2);
    });
  }

  it("takes a newer Python by its own name when python3 is too old", () => {
    installRust();
    installPython("python3", "3.9");
    installPython("python3.13", "3.13");
    expect(check()).toEqual({ status: 0, message: "" });
  });
});
