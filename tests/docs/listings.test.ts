/** The listings of the documents do what the documents say. */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROOT } from "../../scripts/run.mjs";
import { groupsOf, Runner } from "./listings.ts";

const DOCUMENTS = ["README.md", ...readdirSync(join(ROOT, "docs")).map((name) => `docs/${name}`)];

for (const document of DOCUMENTS.filter((path) => path.endsWith(".md"))) {
  const groups = groupsOf(document);
  describe.runIf(groups.length > 0)(document, () => {
    let folder: string;
    let runner: Runner;

    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), "pairity-listings-"));
      runner = new Runner(folder);
    });

    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    for (const [index, group] of groups.entries()) {
      it(`listing ${index + 1} prints ${JSON.stringify(group.output)}`, async () => {
        for (const printed of await runner.print(group)) expect(printed).toBe(group.output);
      });
    }
  });
}

it("finds listings at all", () => {
  expect(DOCUMENTS.flatMap(groupsOf).length).toBeGreaterThan(0);
});
