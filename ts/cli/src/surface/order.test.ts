import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { PYTHON } from "../subject/sample-library.ts";

const WORKERS = fileURLToPath(new URL("../../workers", import.meta.url));

/** The names of a class whose native attributes come in some order, between members that were written. */
function namesOf(order: readonly string[]): string {
  const source = `
import sys, types
sys.path.insert(0, ${JSON.stringify(WORKERS)})
import surface_modules
native = [one for one in vars(types.FrameType).values() if isinstance(one, types.GetSetDescriptorType)]
assert len(native) >= 3
members = {"first": 1}
members.update(zip(${JSON.stringify(order)}, native))
members["last"] = 2
print([name for name, _ in surface_modules.own_members(types.SimpleNamespace(**members))])
`;
  const { stdout, stderr } = spawnSync(PYTHON, ["-c", source], { encoding: "utf8" });
  if (stderr !== "") throw new Error(stderr);
  return stdout.trim();
}

test("native attributes are read in one order, whichever the extension has in this process", () => {
  const expected = "['first', 'delta', 'keys', 'target', 'last']";
  expect(namesOf(["target", "keys", "delta"])).toBe(expected);
  expect(namesOf(["keys", "delta", "target"])).toBe(expected);
});
