/** Throw-away libraries for tests: one module for each host, written into a temporary folder. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CaseFile, LoweredStep, Outcome, Result } from "../program/program.ts";
import type { SubjectSpec } from "./spec.ts";
import { Subject } from "./subject.ts";

/** The hosts that tests run in. */
export const HOSTS = ["python", "node"] as const;

/** One of {@link HOSTS}. */
export type TestHost = (typeof HOSTS)[number];

/** A library as source text. */
export interface Sources {
  python: string;
  node: string;
}

/** The interpreter that tests use; the repository's environment is on no path of its own. */
export const PYTHON: string = process.env.PAIRITY_TEST_PYTHON ?? "python3";

/** The Node that tests use. */
export const NODE: string = process.env.PAIRITY_TEST_NODE ?? process.execPath;

/** A folder with the module `sample` for both hosts. */
export class SampleLibrary {
  readonly root: string = realpathSync(mkdtempSync(join(tmpdir(), "pairity-sample-")));
  readonly #subjects: Subject[] = [];

  constructor(sources: Sources) {
    const folder = join(this.root, "node_modules/sample");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(this.root, "sample.py"), sources.python);
    writeFileSync(
      join(folder, "package.json"),
      '{"name": "sample", "version": "1.2.3", "type": "module", "exports": "./index.js"}',
    );
    writeFileSync(join(folder, "index.js"), sources.node);
  }

  /** A subject of the library in one host; {@link close} ends it. */
  subject(host: TestHost, options: Partial<SubjectSpec> = {}): Subject {
    const command = host === "python" ? [PYTHON] : [NODE];
    const subject = new Subject({
      host,
      command,
      module: "sample",
      root: this.root,
      observe: {},
      twins: {},
      deadline: 20,
      ...options,
    });
    this.#subjects.push(subject);
    return subject;
  }

  /** End all subjects and remove the folder. */
  async close(): Promise<void> {
    await Promise.all(this.#subjects.splice(0).map((subject) => subject.close()));
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** Run one program and return its outcomes; a death is a failure of the test. */
export async function transcriptOf(subject: Subject, steps: LoweredStep[]): Promise<Outcome[]> {
  const [result] = await subject.run([{ steps }]);
  return outcomesOf(result!);
}

/** The outcomes of a result that is a transcript. */
export function outcomesOf(result: Result): Outcome[] {
  if ("transcript" in result) return result.transcript;
  throw new Error(`the subject died: ${JSON.stringify(result)}`);
}

/** Fixtures of one text per host. */
export type Fixtures = NonNullable<CaseFile["fixtures"]>;
